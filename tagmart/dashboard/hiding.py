"""Which cells are not shown, so that no count below a limit can be read or worked out from the totals beside it.

Cells are merged (one list with a known total) or left out (a table of two ways with known totals of rows and columns). What is left out is
chosen as in complementary suppression of official statistics: see Willenborg and de Waal, Elements of Statistical Disclosure Control (2001).
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Hashable, Mapping

import networkx

Cell = tuple[Hashable, Hashable]


def merged(counts: Mapping[Hashable, int], least: int) -> set:
    """The keys that become one: those with 1 to least - 1 people and, while together they are still too few, the next smallest.

    Keys with nobody stay as they are. Empty when no key is too small; all keys with people when they are too few together.
    """
    order = sorted((count, str(key), key) for key, count in counts.items() if count)
    chosen, together = set(), 0
    for count, _, key in order:
        if count >= least and (not chosen or together >= least):
            break
        chosen.add(key)
        together += count
    return chosen


def hidden(table: Mapping[Cell, int], least: int) -> set[Cell]:
    """The cells of a table, {(row, column): people}, that are left out while the totals of its rows and columns are shown.

    Of what is left out, every row and column holds nobody or at least `least` people, and none of the small cells follows from the totals.
    Totals below `least` are not this function's: merge rows and columns first.
    """
    out = {cell for cell, count in table.items() if 0 < count < least}
    while out:
        more = _too_little(table, out, least) or _determined(table, out, least)
        if not more:
            return out
        out |= more
    return out


def _rests(table: Mapping[Cell, int], out: set[Cell]) -> dict[tuple[int, Hashable], int]:
    """People left out of each row (0, key) and column (1, key)."""
    rests: dict[tuple[int, Hashable], int] = defaultdict(int)
    for cell in out:
        for side in (0, 1):
            rests[side, cell[side]] += table[cell]
    return rests


def _smallest(table: Mapping[Cell, int], out: set[Cell], lines: set[tuple[int, Hashable]]) -> set[Cell]:
    """The smallest shown cell of any of the rows and columns, or nothing."""
    shown = [(count, str(cell), cell) for cell, count in table.items() if count and cell not in out and ((0, cell[0]) in lines or (1, cell[1]) in lines)]
    return {min(shown)[2]} if shown else set()


def _too_little(table: Mapping[Cell, int], out: set[Cell], least: int) -> set[Cell]:
    """One more cell for a row or column whose rest is a small count by itself."""
    for line, rest in sorted(_rests(table, out).items(), key=str):
        if rest < least and (more := _smallest(table, out, {line})):
            return more
    return set()


def _determined(table: Mapping[Cell, int], out: set[Cell], least: int) -> set[Cell]:
    """One more cell where the totals give a small one away: it lies on no cycle of cells that a reader does not know.

    A reader knows no cell that is absent, whether it is left out or empty, unless its row or column has no rest.
    """
    rests = _rests(table, out)
    rows, columns = ([line for line in rests if line[0] == side] for side in (0, 1))
    unknown = networkx.Graph((row, column) for row in rows for column in columns if (row[1], column[1]) in out or not table.get((row[1], column[1])))
    for row, column in sorted(networkx.bridges(unknown), key=str):
        row, column = sorted((row, column), key=lambda line: line[0])
        if 0 < table.get((row[1], column[1]), 0) < least:
            if more := _smallest(table, out, {row, column}) or _smallest(table, out, set(rows) | set(columns)):
                return more
            return {cell for cell, count in table.items() if count and cell not in out}
    return set()
