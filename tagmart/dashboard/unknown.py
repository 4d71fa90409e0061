"""What a reader of a table does not know, who sees its totals: may a cell that is left out hold one more, or one less?"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Hashable, Mapping
from itertools import product

import networkx

Cell = tuple[Hashable, Hashable]


def rests_of(table: Mapping[Cell, int], out: set[Cell]) -> dict[tuple[int, Hashable], int]:
    """People left out of each row (0, key) and column (1, key)."""
    rests: dict[tuple[int, Hashable], int] = defaultdict(int)
    for cell in out:
        for side in (0, 1):
            rests[side, cell[side]] += table.get(cell, 0)
    return rests


def unknown_cells(table: Mapping[Cell, int], out: set[Cell], least: int, said: Mapping[Cell, int]) -> networkx.DiGraph:
    """What a reader does not know, as a network: an edge from row to column where a cell might hold one more, back where it might hold one less.

    A reader knows no cell that is absent, whether it is left out or empty, unless its row or column has no rest; where a floor is said, the
    cell lies `least` to 3 * least - 1 above it.
    """
    rests = rests_of(table, out)
    rows, columns = ([line for line, rest in rests.items() if rest and line[0] == side] for side in (0, 1))
    unknown = networkx.DiGraph()
    for row, column in product(rows, columns):
        cell = row[1], column[1]
        count, floor = table.get(cell, 0), said.get(cell)
        if cell in out or not count:
            if floor is None or count < floor + 3 * least - 1:
                unknown.add_edge(row, column)
            if count > (0 if floor is None else floor + least):
                unknown.add_edge(column, row)
    return unknown


def given_away(table: Mapping[Cell, int], out: set[Cell], unknown: networkx.DiGraph, least: int) -> Cell | None:
    """The first small cell that can hold neither one more nor one less: nothing leads around it from its column to its row, or back."""
    for cell in sorted((cell for cell in out if 0 < table.get(cell, 0) < least), key=str):
        row, column = (0, cell[0]), (1, cell[1])
        own = [edge for edge in ((row, column), (column, row)) if unknown.has_edge(*edge)]
        unknown.remove_edges_from(own)
        is_free = networkx.has_path(unknown, column, row) or networkx.has_path(unknown, row, column)
        unknown.add_edges_from(own)
        if not is_free:
            return cell
    return None
