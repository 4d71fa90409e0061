"""What a dashboard leaves out cannot be worked out from what it shows: no count below the limit, by a linear programme over all that a reader knows."""

from __future__ import annotations

import numpy
import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st
from scipy.optimize import linprog

from tagmart.dashboard.hiding import floors, hidden, merged, shown_beside

LEAST = 5
counts = st.integers(0, 14) | st.integers(0, 400)
DRAWN = {"deadline": None, "derandomize": True, "database": None}


def test_small_keys_become_one():
    assert merged({"a": (9,), "b": (0,), "c": (5,)}, LEAST) == set()
    assert merged({"a": (9,), "b": (3,), "c": (2,)}, LEAST) == {"b", "c"}
    assert merged({"a": (9,), "b": (3,), "c": (6,)}, LEAST) == {"b", "c"}  # b alone would be the total less a and c
    assert merged({"a": (2,), "b": (1,)}, LEAST) == {"a", "b"}
    assert merged({"a": (9, 1), "b": (20, 0), "c": (30, 8)}, LEAST) == {"a", "b", "c"}  # by their second count a and b are still too few


def test_parts_beside_a_whole():
    assert shown_beside({"a": (9,), "b": (8,)}, (17,), LEAST) == {"a", "b"}
    assert shown_beside({"a": (9,), "b": (8,)}, (19,), LEAST) == {"a"}  # two are missing, so b goes with them
    assert shown_beside({"a": (9,), "b": (3,), "c": (7,)}, (19,), LEAST) == {"a"}
    assert shown_beside({"a": (9, 2), "b": (8, 6)}, (40, 30), LEAST) == {"b"}
    assert shown_beside({}, (3,), LEAST) == set()


def test_a_cell_takes_others_along():
    table = {("row", "a"): 3, ("row", "b"): 20, ("other", "a"): 20, ("other", "b"): 30, ("third", "a"): 50, ("third", "b"): 60}
    assert hidden([table], LEAST) == {("row", "a"), ("row", "b"), ("other", "a"), ("other", "b")}
    assert hidden([{("row", "a"): 5, ("row", "b"): 0}], LEAST) == set()


@settings(max_examples=300, **DRAWN)
@given(st.dictionaries(st.sampled_from("abcdefgh"), st.tuples(counts, counts), min_size=1))
def test_what_is_merged_is_enough_or_everything(keys):
    chosen = merged(keys, LEAST)
    for place in (0, 1):
        together = sum(keys[key][place] for key in chosen)
        assert together == 0 or together >= LEAST or all(key in chosen or not any(keys[key]) for key in keys)
        assert all(keys[key][place] == 0 or keys[key][place] >= LEAST for key in keys if key not in chosen)


def drawn(rows: int, columns: int, cells: list[int]) -> dict:
    """A table whose totals are all nobody or enough."""
    table = {(row, column): cells[row * columns + column] for row in range(rows) for column in range(columns)}
    for side, keys in ((0, range(rows)), (1, range(columns))):
        for key in keys:
            line = [cell for cell in table if cell[side] == key]
            if 0 < sum(table[cell] for cell in line) < LEAST:
                table[line[0]] += LEAST
    return table


def least_and_most(table: dict, out: set, cell: tuple, said: dict | None = None) -> tuple[float, float]:
    """What a reader can say of a cell who knows the totals, the cells that are shown, what is `said` of others, and that nobody is less than nobody."""
    said = said or {}
    unknown = [other for other in table if other in out or not table[other]]
    lines = sorted({(side, other[side]) for other in unknown for side in (0, 1)})
    equal = numpy.array([[float(other[side] == key) for other in unknown] for side, key in lines])
    totals = [sum(table[other] for other in out if other[side] == key) for side, key in lines]
    limits = [(said[other] + LEAST, said[other] + 3 * LEAST - 1) if other in said else (0, None) for other in unknown]
    wanted = numpy.array([float(other == cell) for other in unknown])
    low, high = (linprog(sign * wanted, A_eq=equal, b_eq=totals, bounds=limits, method="highs") for sign in (1, -1))
    assert low.success and high.success
    return low.fun, -high.fun


@settings(max_examples=400, **DRAWN)
@given(st.integers(2, 5), st.integers(2, 5), st.lists(counts, min_size=25, max_size=25))
def test_no_small_cell_follows_from_what_is_shown(rows, columns, cells):
    table = drawn(rows, columns, cells)
    out = hidden([table], LEAST)
    assert out >= {cell for cell, count in table.items() if 0 < count < LEAST}
    for side in (0, 1):
        for key in range((rows, columns)[side]):
            rest = sum(table[cell] for cell in out if cell[side] == key)
            assert rest == 0 or rest >= LEAST
    for cell in out:
        if 0 < table[cell] < LEAST:
            low, high = least_and_most(table, out, cell)
            assert high - low > 0.5, (cell, table[cell], low, high)


@settings(max_examples=400, **DRAWN)
@example(3, 4, [*[0] * 10, 1, 195, *[0] * 13])  # 195 is the least of who is told as 190, and all of its column
@given(st.integers(2, 5), st.integers(2, 5), st.lists(counts, min_size=25, max_size=25))
def test_nor_from_how_large_the_others_are_at_least(rows, columns, cells):
    table = drawn(rows, columns, cells)
    out = hidden([table], LEAST)
    said = floors(table, out, LEAST)
    assert all(floor > 0 and LEAST <= table[cell] - floor < 3 * LEAST for cell, floor in said.items())
    for side in (0, 1):
        for key in range((rows, columns)[side]):
            rest = sum(table[cell] - said.get(cell, 0) for cell in out if cell[side] == key)
            assert rest == 0 or rest >= LEAST
    for cell in out:
        if 0 < table[cell] < LEAST:
            low, high = least_and_most(table, out, cell, said)
            assert high - low > 0.5, (cell, table[cell], low, high)


@pytest.mark.parametrize("seed", range(5))
def test_of_two_counts_neither_follows(seed):
    random = numpy.random.default_rng(seed)
    customers = drawn(5, 5, random.integers(0, 40, 25).tolist())
    spenders = {cell: int(random.integers(0, count + 1)) for cell, count in customers.items()}
    out = hidden([customers, spenders], LEAST)
    for table in (customers, spenders):
        totals = {(side, key): sum(table[cell] for cell in table if cell[side] == key) for side in (0, 1) for key in range(5)}
        for cell in out:
            if 0 < table[cell] < LEAST and min(totals[0, cell[0]], totals[1, cell[1]]) >= LEAST:
                low, high = least_and_most(table, out, cell)
                assert high - low > 0.5
