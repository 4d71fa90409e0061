"""Recipes as SQL: the lines of one kind of file as rows of one raw table."""

from __future__ import annotations

import re
from collections.abc import Iterable

from tagmart.contract import raw_contract
from tagmart.importers.exports.cells import named, quoted
from tagmart.importers.exports.expressions import conditions, fields_of, text_sql
from tagmart.importers.exports.profile import Profile, Recipe


def table_sql(table: str, recipes: Iterable[tuple[Profile, Recipe]]) -> str:
    """Return the rows of a raw table that all recipes together give; a column that one does not give is null there."""
    recipes = list(recipes)
    given = {column for _, recipe in recipes for column in recipe.columns} | set(raw_contract()[table]["must_exist"])
    columns = [column for column in raw_contract()[table]["columns"] if column in given]
    return " union all ".join(recipe_sql(table, columns, *pair) for pair in recipes)


def recipe_sql(table: str, columns: list[str], profile: Profile, recipe: Recipe) -> str:
    """Return the rows of one recipe, with these columns, each as text."""
    values = ", ".join(f"{_value(table, column, profile, recipe)} as {column}" for column in columns)
    return f"select {values} from ({_once(recipe, kept_sql(profile, recipe))})"


def kept_sql(profile: Profile, recipe: Recipe) -> str:
    """Return the lines, or the parts of their cells, that the recipe takes."""
    lines = f"source.{named(f'{profile.name}_{recipe.source}')}"
    if not recipe.unpack:
        rows = f"select *, 1 as part_no from {lines}"
    else:
        rows = _parts(recipe, lines, recipe.unpack["field"] in profile.kinds[recipe.source].lists)
    return f"select * from ({rows}) where {conditions(recipe.where)}"


def _parts(recipe: Recipe, lines: str, is_list: bool) -> str:
    """One row a part of the cells of a field: part, part_no, and part_of, the header that it stands under."""
    cells = named(recipe.unpack["field"])
    boxes = cells if is_list else f"[struct_pack(head := cast(null as varchar), cell := {cells})]"
    between = recipe.unpack["between"]
    mark = "chr(31) || '\\1'" if re.compile(between).groups else "chr(31)"  # a group belongs to the part that follows
    return f"""
        select * exclude (cell, parts, box_no, place), clean(parts[place]) as part, box_no * 1000000 + place as part_no
        from (
            select *, unnest(range(1, len(parts) + 1)) as place
            from (
                select *, string_split(regexp_replace(coalesce(cell, ''), {quoted(between)}, {mark}, 'g'), chr(31)) as parts
                from (
                    select * exclude (boxes), boxes[box_no].head as part_of, boxes[box_no].cell as cell
                    from (select *, {boxes} as boxes, unnest(range(1, len({boxes}) + 1)) as box_no from {lines})
                )
            )
        )
        where filled(clean(parts[place])) is not null"""


def once_key(recipe: Recipe) -> list[str]:
    """Return the SQL of what makes lines one row. A key that is blank or has lost digits joins nothing."""
    keys = [f"clean({named(name)})" for name in recipe.once_per]
    is_lost = " or ".join(f"{key} is null or spoiled({key})" for key in keys)
    return [*([] if recipe.over_files else ["file_no"]), *keys, f"case when {is_lost} then row_no end"]


def _once(recipe: Recipe, kept: str) -> str:
    """Of the lines of one key the first filled cell of each field counts."""
    if not recipe.once_per:
        return kept
    fields = dict.fromkeys(name for expression in recipe.columns.values() for name in fields_of(expression))
    cells = ", ".join(
        f"coalesce(arg_min({cell}, row_no) filter (filled({cell}) is not null), arg_min({cell}, row_no)) as {cell}"
        for cell in map(named, (name for name in fields if name != "part_no"))
    )
    return f"select min(file_no) as file_no, min(row_no) as row_no, min(part_no) as part_no, {cells} from ({kept}) group by {', '.join(once_key(recipe))}"


def _value(table: str, column: str, profile: Profile, recipe: Recipe) -> str:
    """A cell goes through as it is written; keys are cleaned, so that they meet; times say their zone."""
    if column not in recipe.columns:
        return "cast(null as varchar)"
    value = text_sql(recipe.columns[column], profile.codes)
    rules = raw_contract()[table]
    if rules["columns"][column] == "timestamp":
        return f"zoned({value}, {quoted(profile.timezone)})"
    is_key = column in rules["key"] or column.endswith(("_id", "userid", "unionid", "openid"))
    return f"clean({value})" if is_key and rules["columns"][column] == "text" else value
