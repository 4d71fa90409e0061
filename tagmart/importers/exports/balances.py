"""What the exports hold, counted on their own lines, beside what was written."""

from __future__ import annotations

from collections.abc import Iterable

from tagmart.contract import raw_contract
from tagmart.importers.data_set import Balance
from tagmart.importers.exports.cells import named
from tagmart.importers.exports.profile import Profile, Recipe
from tagmart.importers.exports.recipes import kept_sql, once_key

Recipes = Iterable[tuple[Profile, Recipe]]


def balances(table: str, recipes: Recipes, written: set[str]) -> list[Balance]:
    """Return the balances of one raw table: its rows, and each of its amounts that is a sum of cells."""
    recipes = list(recipes)
    rows = " + ".join(f"({_rows(*pair)})" for pair in recipes)
    found = [Balance(f"{_unit(recipes)} = {table}", f"select {rows}", f"select count(*) from raw.{table}")]
    for column, kind in raw_contract()[table]["columns"].items():
        cells = [_cells(recipe.columns.get(column)) for _, recipe in recipes]
        if kind != "money" or not column.endswith("_amount") or column not in written or not all(cells):
            continue
        sums = " + ".join(f"({_sum(*pair, cell)})" for pair, cell in zip(recipes, cells, strict=True))
        what = " and ".join(dict.fromkeys(_said(cell) for cell in cells))
        found.append(Balance(f"{what} = {table}.{column}", f"select {sums}", f"select coalesce(sum(number({column})), 0) from raw.{table}"))
    return found


def _unit(recipes: list[tuple[Profile, Recipe]]) -> str:
    return " and ".join(dict.fromkeys(_lines(recipe) for _, recipe in recipes))


def _lines(recipe: Recipe) -> str:
    what = f"parts of {recipe.unpack['field']}" if recipe.unpack else f"lines of {recipe.source}"
    return f"{what}, once per {' and '.join(recipe.once_per)}" if recipe.once_per else what


def _rows(profile: Profile, recipe: Recipe) -> str:
    kept = kept_sql(profile, recipe)
    if not recipe.once_per:
        return f"select count(*) from ({kept})"
    return f"select count(*) from (select distinct {', '.join(once_key(recipe))} from ({kept}))"


def _cells(expression: object) -> dict[str, int] | None:
    """Return {field: sign} of an amount that is a field, or adds and subtracts fields."""
    if isinstance(expression, str):
        return {expression: 1}
    if not isinstance(expression, dict) or set(expression) - {"add", "subtract"}:
        return None
    name, parts = next(iter(expression.items()))
    if not all(isinstance(part, str) for part in parts):
        return None
    return {part: -1 if name == "subtract" and place else 1 for place, part in enumerate(parts)}


def _said(cells: dict[str, int]) -> str:
    return "".join(f"{' - ' if sign < 0 else ' + '}{name}" for name, sign in cells.items()).removeprefix(" + ")


def _sum(profile: Profile, recipe: Recipe, cells: dict[str, int]) -> str:
    """Add up every cell of the source that counts, apart from lines with a cell that is no amount."""
    key = ", ".join(once_key(recipe)) if recipe.once_per else "row_no, part_no"
    firsts = [f"coalesce(arg_min({named(name)}, row_no) filter (filled({named(name)}) is not null), '') as cell_{place}" for place, name in enumerate(cells)]
    reads = " and ".join(f"not unreadable(cell_{place})" for place in range(len(cells)))
    reads += " and filled(cell_0) is not null" if min(cells.values()) < 0 else ""
    total = " + ".join(f"{sign} * coalesce(number(cell_{place}), 0)" for place, sign in enumerate(cells.values()))
    return f"select coalesce(sum({total}), 0) from (select {', '.join(firsts)} from ({kept_sql(profile, recipe)}) group by {key}) where {reads}"
