"""Cells of customers by date, scheme, class and channel, and the flows between classes, with small ones merged or left out."""

from __future__ import annotations

from collections import defaultdict

from tagmart.dashboard.frames import Frame
from tagmart.dashboard.hiding import floors, hidden, merged

ALL, OTHER = "_all", "_other"
MOST_CLASSES, MOST_CHANNELS = 12, 10
MEASURES = ["customers", "buyers", "repeat_buyers", "active", "contacts", "orders_365d", "net_amount_365d"]
SPENDERS = "spenders"  # an amount is that of the customers who have one: they are counted as well
KEYS = ["as_of_date", "scheme_code", "segment_code", "channel"]
Counts = dict[str, tuple[int, int]]
Groups = dict[tuple[str, str], set[str]]  # by date and scheme the classes that are shown on their own


class Cells:
    """Cells of all dates: `rows` for the page; `shown`, the classes that stand alone, by date and scheme; `channels`, those that do, by date.

    Classes and channels are those that are large now.
    """

    def __init__(self, least: int, newest: Frame):
        self.least, self.rows, self.shown, self.channels = least, [], {}, {}
        self.large_classes = {scheme: _largest(counts, MOST_CLASSES) for scheme, counts in _by(newest, "scheme_code", "segment_code").items()}
        self.large_channels = _largest(_by(newest, "scheme_code", "channel")[ALL], MOST_CHANNELS)

    def add(self, as_of_date: str, cells: Frame) -> None:
        """Merge and leave out what is too small at one date; nothing is shown of a date that has fewer customers than a cell needs."""
        by_class, by_channel = _by(cells, "scheme_code", "segment_code"), _by(cells, "scheme_code", "channel")[ALL]
        if sum(customers for customers, _ in by_channel.values()) < self.least:
            return
        channels = self.channels[as_of_date] = self._shown(by_channel, self.large_channels)
        classes = {scheme: self._shown(counts, self.large_classes.get(scheme, [])) for scheme, counts in by_class.items()}
        sums: dict[tuple, list] = defaultdict(lambda: [0] * (len(MEASURES) + 1))
        for row in cells.dicts():
            scheme = row["scheme_code"]
            segment = row["segment_code"] if row["segment_code"] in classes[scheme] else OTHER
            channel = row["channel"] if row["channel"] in channels else OTHER
            for key in ((scheme, segment, channel), (scheme, segment, ALL)):
                sums[key] = [before + row[name] for before, name in zip(sums[key], (*MEASURES, SPENDERS))]
        for scheme, shown in classes.items():
            self.shown[as_of_date, scheme] = shown
            of_scheme = {key[1:]: total for key, total in sums.items() if key[0] == scheme}
            tables = [{cell: total[place] for cell, total in of_scheme.items() if cell[1] != ALL} for place in (0, -1)]
            out = hidden(tables, self.least)
            self.rows += [[as_of_date, scheme, *cell, *(round(value, 4) for value in total[:-1])] for cell, total in of_scheme.items() if cell not in out]

    def _shown(self, counts: Counts, large: list[str]) -> set[str]:
        small = merged(counts, self.least)
        rest = {key for key in counts if key not in large and key not in small}
        while any(0 < sum(of_count) < self.least for of_count in zip(*(counts[key] for key in small | rest))) and {*counts} - small - rest:
            small.add(min((counts[key], key) for key in counts if key not in small and key not in rest)[1])
        return {*counts} - small - rest

    def frame(self) -> Frame:
        """Columns as_of_date, scheme_code, segment_code, channel (`_all`: all; `_other`: merged) and MEASURES."""
        return Frame(KEYS + MEASURES, self.rows)


def flows(moves: Frame, shown: Groups, least: int) -> Frame:
    """Customers from class to class between two dates, in the classes of `shown`; small cells are left out.

    Where a large cell would go with a small one, it is shown as at least so many (`is_at_least`).
    """
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
        out = hidden([table], least)
        least_of = floors(table, out, least)
        for cell, count in sorted(table.items()):
            said = least_of.get(cell) if cell in out else count
            if said:
                rows.append([*key, *cell, said, cell in out])
    return Frame(["scheme_code", "from_as_of_date", "to_as_of_date", "from_segment_code", "to_segment_code", "customers", "is_at_least"], rows)


def reasons(changes: Frame, shown_flows: Frame, newest: str, least: int) -> Frame:
    """Of the flows to the newest date that are shown exactly: how many customers moved by a change of which columns; small ones are one."""
    exact = (row for row in shown_flows.dicts() if row["to_as_of_date"] == newest and not row["is_at_least"])
    known = {(row["scheme_code"], row["from_segment_code"], row["to_segment_code"]) for row in exact}
    counts: dict[tuple, dict[str, int]] = defaultdict(dict)
    for row in changes.dicts():
        counts[row["scheme_code"], row["from_segment_code"], row["to_segment_code"]][row["changed"]] = row["customers"]
    rows = []
    for key in sorted({*counts} & known):
        ranked = sorted(counts[key].items(), key=lambda each: (-each[1], each[0]))
        small = merged({changed: (count,) for changed, count in ranked}, least) | {changed for changed, _ in ranked[8:]}
        if 0 < sum(counts[key][changed] for changed in small) < least:
            small.add(min((count, changed) for changed, count in counts[key].items() if changed not in small)[1])
        rows += [[*key, changed, count] for changed, count in ranked if changed not in small]
        if small:
            rows.append([*key, OTHER, sum(counts[key][changed] for changed in small)])
    return Frame(["scheme_code", "from_segment_code", "to_segment_code", "changed", "customers"], rows)


def _by(cells: Frame, outer: str, inner: str) -> dict[str, Counts]:
    """Customers, and those whose amounts are in the cell, by two columns."""
    counts: dict[str, Counts] = defaultdict(lambda: defaultdict(lambda: (0, 0)))
    for row in cells.dicts():
        customers, spenders = counts[row[outer]][row[inner]]
        counts[row[outer]][row[inner]] = (customers + row["customers"], spenders + row[SPENDERS])
    return counts


def _largest(counts: Counts, most: int) -> list[str]:
    return sorted(counts, key=lambda key: (-counts[key][0], key))[:most]
