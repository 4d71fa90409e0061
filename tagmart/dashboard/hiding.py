"""Which cells are not shown, so that no count below a limit can be read or worked out from the totals beside it.

Cells are merged (one list with a known total) or left out (a table of two ways with known totals of rows and columns). What is left out is
chosen as in complementary suppression of official statistics: see Willenborg and de Waal, Elements of Statistical Disclosure Control (2001).
"""

from __future__ import annotations

from collections.abc import Hashable, Mapping

import networkx

from tagmart.dashboard.unknown import Cell, given_away, rests_of, unknown_cells


def merged(counts: Mapping[Hashable, tuple[int, ...]], least: int, always: frozenset = frozenset()) -> set:
    """The keys that become one: those with 1 to least - 1 people by any of their counts and, while together they are still too few, the next smallest.

    Empty when no key is too small; all keys when they are too few together. Those of `always` are among them whatever they count.
    """
    chosen = {key for key, of_key in counts.items() if key in always or any(0 < count < least for count in of_key)}
    while any(0 < sum(of_count) < least for of_count in zip(*(counts[key] for key in chosen))):
        more = sorted((of_key, str(key), key) for key, of_key in counts.items() if key not in chosen and any(of_key))
        if not more:
            break
        chosen.add(more[0][2])
    return chosen


def shown_beside(parts: Mapping[Hashable, tuple[int, ...]], whole: tuple[int, ...], least: int) -> set:
    """The parts of a known whole that may be shown: none too small, and what the others leave of the whole is nobody or enough."""
    rest = tuple(of_whole - sum(of_parts) for of_whole, of_parts in zip(whole, zip(*parts.values()))) if parts else whole
    return {*parts} - merged({**parts, None: rest}, least, frozenset({None}))


def hidden(tables: list[Mapping[Cell, int]], least: int) -> set[Cell]:
    """The cells that are left out of a table while the totals of its rows and columns are shown.

    `tables`: one or several counts of the same cells, {(row, column): people}. By each of them every row and column of what is left out holds
    nobody or at least `least` people, and no small cell follows from the totals. Totals below `least` are not this function's: merge rows and
    columns first.
    """
    out = {cell for table in tables for cell, count in table.items() if 0 < count < least}
    while more := next(filter(None, (_too_little(table, out, least) or _determined(table, out, least) for table in tables)), set()):
        out |= more
    return out


def floors(table: Mapping[Cell, int], out: set[Cell], least: int) -> dict[Cell, int]:
    """What is said of large cells that are left out with small ones: at least so many.

    None where the totals beside it would then give a small cell away: those of its row and column are not said, or else none.
    """
    said = {cell: floor for cell in out if (floor := at_least(table.get(cell, 0), least))}
    while said and (determined := given_away(table, out, unknown_cells(table, out, least, said), least)):
        near = {cell for cell in said if cell[0] == determined[0] or cell[1] == determined[1]}
        said = {cell: floor for cell, floor in said.items() if near and cell not in near}
    return said


def at_least(count: int, least: int) -> int:
    """A multiple of 2 * least that lies `least` or more below a count; 0 when it would say nothing.

    The rest, least to 3 * least - 1 people, stays with what is left out, and nobody can tell how many of those it is.
    """
    return max((count - least) // (2 * least) * 2 * least, 0)


def _smallest(table: Mapping[Cell, int], out: set[Cell], lines: set[tuple[int, Hashable]]) -> set[Cell]:
    """The smallest shown cell of any of the rows and columns, or nothing."""
    shown = [(count, str(cell), cell) for cell, count in table.items() if count and cell not in out and ((0, cell[0]) in lines or (1, cell[1]) in lines)]
    return {min(shown)[2]} if shown else set()


def _too_little(table: Mapping[Cell, int], out: set[Cell], least: int) -> set[Cell]:
    """One more cell for a row or column whose rest is a small count by itself."""
    for line, rest in sorted(rests_of(table, out).items(), key=str):
        if 0 < rest < least and (more := _smallest(table, out, {line})):
            return more
    return set()


def _determined(table: Mapping[Cell, int], out: set[Cell], least: int) -> set[Cell]:
    """One more cell where the totals give a small one away."""
    unknown = unknown_cells(table, out, least, {})
    if not (determined := given_away(table, out, unknown, least)):
        return set()
    row, column = (0, determined[0]), (1, determined[1])
    return (
        _closing(table, out, unknown.to_undirected(), row, column)
        or _smallest(table, out, {row, column})
        or _smallest(table, out, {*unknown})
        or {cell for cell, count in table.items() if count and cell not in out}
    )


def _closing(table: Mapping[Cell, int], out: set[Cell], unknown: networkx.Graph, row: tuple, column: tuple) -> set[Cell]:
    """The smallest shown cell that puts the cell of the row and column on a cycle, or nothing."""
    parted = unknown.copy()
    parted.remove_edge(row, column)
    side = networkx.node_connected_component(parted, row)
    across = [
        (count, str(cell), cell)
        for cell, count in table.items()
        if count and cell not in out and (0, cell[0]) in unknown and (1, cell[1]) in unknown and ((0, cell[0]) in side) != ((1, cell[1]) in side)
    ]
    return {min(across)[2]} if across else set()
