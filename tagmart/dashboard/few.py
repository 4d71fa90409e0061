"""Rows of marts without those that count too few customers, in ways that the total beside them does not give away."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Hashable

from tagmart.dashboard.frames import Frame
from tagmart.dashboard.hiding import merged, shown_beside


def of_enough(frame: Frame, least: int, *counts: str) -> Frame:
    """Without rows that count too few; a count of nobody stays. For rows whose totals are not shown."""
    return frame.where(lambda row: all(not row[count] or row[count] >= least for count in counts))


def without_few(frame: Frame, least: int, count: str, *values: str) -> None:
    """Empty a count that is too small, and what follows from it."""
    places = [frame.columns.index(name) for name in (count, *values)]
    for row in frame.rows:
        if 0 < (row[places[0]] or 0) < least:
            for place in places:
                row[place] = None


def alone(frame: Frame, least: int, group: str, key: str) -> Frame:
    """Without the keys of a group that are too small, and as many more as it takes that they are not worked out from a total."""
    counts: dict[Hashable, dict] = defaultdict(dict)
    for row in frame.dicts():
        counts[row[group]][row[key]] = (row["customers"],)
    small = {name: merged(of_group, least) for name, of_group in counts.items()}
    return frame.where(lambda row: row[key] not in small[row[group]])


def beside(frame: Frame, least: int, whole: str, group: str | None, counts: tuple[str, ...]) -> Frame:
    """Of each group the row of scheme `whole`, if it counts enough, and the classes of other schemes that may be shown beside it."""

    def numbers(row: dict) -> tuple[int, ...]:
        return tuple(row[count] or 0 for count in counts)

    wholes: dict[Hashable, tuple[int, ...]] = {}
    parts: dict[tuple, dict[str, tuple[int, ...]]] = defaultdict(dict)
    for row in frame.dicts():
        if row["scheme_code"] == whole:
            wholes[row.get(group)] = numbers(row)
        else:
            parts[row.get(group), row["scheme_code"]][row["segment_code"]] = numbers(row)
    enough = {key for key, of_whole in wholes.items() if all(not count or count >= least for count in of_whole)}
    shown = {key: shown_beside(classes, wholes[key[0]], least) for key, classes in parts.items() if key[0] in enough}
    return frame.where(
        lambda row: row.get(group) in enough and (row["scheme_code"] == whole or row["segment_code"] in shown[row.get(group), row["scheme_code"]])
    )
