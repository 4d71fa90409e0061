"""Cells of customers by date, scheme, class and channel, and the flows between classes, with small ones merged or left out."""

from __future__ import annotations

from collections import defaultdict

from tagmart.dashboard.frames import Frame
from tagmart.dashboard.hiding import hidden, merged

ALL, OTHER = "_all", "_other"
MOST_CLASSES, MOST_CHANNELS = 16, 12
MEASURES = ["customers", "buyers", "repeat_buyers", "active", "contacts", "orders_365d", "net_amount_365d"]
KEYS = ["as_of_date", "scheme_code", "segment_code", "channel"]
Groups = dict[tuple[str, str], set[str]]  # by date and scheme the classes that are shown on their own


class Cells:
    """Cells of all dates: `rows` for the page, `shown` the classes that stand alone, by date and scheme. Classes and channels are those that are large now."""

    def __init__(self, least: int, newest: Frame):
        self.least, self.rows, self.shown = least, [], {}
        self.large_classes = {(scheme, key) for scheme, counts in _by(newest, "scheme_code", "segment_code").items() for key in _largest(counts, MOST_CLASSES)}
        self.large_channels = set(_largest(_by(newest, "scheme_code", "channel")[ALL], MOST_CHANNELS))

    def add(self, as_of_date: str, cells: Frame) -> None:
        """Merge and leave out what is too small at one date; nothing is shown of a date that has fewer customers than a cell needs."""
        if sum(_by(cells, "scheme_code", "segment_code")[ALL].values()) < self.least:
            return
        channels = self._shown(_by(cells, "scheme_code", "channel")[ALL], self.large_channels)
        classes = {
            scheme: self._shown(counts, {key for known, key in self.large_classes if known == scheme})
            for scheme, counts in _by(cells, "scheme_code", "segment_code").items()
        }
        sums: dict[tuple, list] = defaultdict(lambda: [0] * len(MEASURES))
        for row in cells.dicts():
            scheme = row["scheme_code"]
            segment = row["segment_code"] if row["segment_code"] in classes[scheme] else OTHER
            channel = row["channel"] if row["channel"] in channels else OTHER
            for key in ((segment, channel), (segment, ALL)):
                total = sums[(scheme, *key)]
                total[:] = [before + row[name] for before, name in zip(total, MEASURES)]
        for scheme, shown in classes.items():
            self.shown[as_of_date, scheme] = shown
            table = {(segment, channel): total[0] for (known, segment, channel), total in sums.items() if known == scheme and channel != ALL}
            out = hidden(table, self.least) if scheme != ALL else set()
            for (known, segment, channel), total in sums.items():
                if known == scheme and (segment, channel) not in out:
                    self.rows.append([as_of_date, scheme, segment, channel, *(round(value, 4) for value in total)])

    def _shown(self, counts: dict[str, int], large: set[str]) -> set[str]:
        small = merged(counts, self.least)
        rest = {key: count for key, count in counts.items() if key not in large and key not in small}
        together = sum(counts[key] for key in small) + sum(rest.values())
        if 0 < together < self.least:  # too many classes: what is cut off may be small as well
            small |= {min((count, key) for key, count in counts.items() if key not in small and key not in rest)[1]}
        return {*counts} - small - {*rest}

    def frame(self) -> Frame:
        """Columns as_of_date, scheme_code, segment_code, channel (`_all`: all; `_other`: merged) and MEASURES."""
        return Frame(KEYS + MEASURES, self.rows)


def flows(moves: Frame, shown: Groups, least: int) -> Frame:
    """Customers from class to class between two dates, in the classes of `shown`; small cells are left out."""
    tables: dict[tuple, dict] = defaultdict(lambda: defaultdict(int))
    for row in moves.dicts():
        scheme, before, now = row["scheme_code"], row["from_as_of_date"], row["to_as_of_date"]
        start = row["from_segment_code"]
        if start != "_entered" and start not in shown.get((before, scheme), ()):
            start = OTHER
        end = row["to_segment_code"] if row["to_segment_code"] in shown.get((now, scheme), ()) else OTHER
        tables[scheme, before, now][start, end] += row["customers"]
    rows = []
    for key, table in sorted(tables.items()):
        out = hidden(table, least)
        rows += [[*key, *cell, count] for cell, count in sorted(table.items()) if cell not in out]
    return Frame(["scheme_code", "from_as_of_date", "to_as_of_date", "from_segment_code", "to_segment_code", "customers"], rows)


def reasons(changes: Frame, shown_flows: Frame, newest: str, least: int) -> Frame:
    """Of the flows to the newest date that are shown: how many customers moved by a change of which columns; small ones are one."""
    known = {(row["scheme_code"], row["from_segment_code"], row["to_segment_code"]) for row in shown_flows.dicts() if row["to_as_of_date"] == newest}
    counts: dict[tuple, dict[str, int]] = defaultdict(dict)
    for row in changes.dicts():
        counts[row["scheme_code"], row["from_segment_code"], row["to_segment_code"]][row["changed"]] = row["customers"]
    rows = []
    for key in sorted({*counts} & known):
        ranked = sorted(counts[key].items(), key=lambda each: (-each[1], each[0]))
        small = merged(counts[key], least) | {changed for changed, _ in ranked[8:]}
        if 0 < sum(counts[key][changed] for changed in small) < least:
            small.add(min((count, changed) for changed, count in counts[key].items() if changed not in small)[1])
        rows += [[*key, changed, count] for changed, count in ranked if changed not in small]
        if small:
            rows.append([*key, OTHER, sum(counts[key][changed] for changed in small)])
    return Frame(["scheme_code", "from_segment_code", "to_segment_code", "changed", "customers"], rows)


def _by(cells: Frame, outer: str, inner: str) -> dict[str, dict[str, int]]:
    counts: dict[str, dict[str, int]] = defaultdict(lambda: defaultdict(int))
    for row in cells.dicts():
        counts[row[outer]][row[inner]] += row["customers"]
    return counts


def _largest(counts: dict[str, int], most: int) -> list[str]:
    return sorted(counts, key=lambda key: (-counts[key], key))[:most]
