"""The SQL of the view of one raw table: its cells by staging's own steps, as text and as values.

For each column `c` of the contract that the file has:
    c            text: the code that a word stands for, the identifier, or the clean cell; null when it holds nothing
    c__value     what staging reads, for a column that is not text
    c__misread   of what staging may find unreadable: the text as it stands in the file when it is, '' when it was
                 read, null when there is none (so that a failure can show the text)
    c__orphan    of the column that names the row's parent: the identifier when no such parent is there, else ''
"""

from __future__ import annotations

from types import SimpleNamespace

# Rows of these tables that name no known row of the other are rejected by staging as orphans.
PARENTS = {"order_items": ("orders", "order_id"), "refunds": ("orders", "order_id")}

NUMBERS = ("money", "integer", "number")


def table_sql(staging: SimpleNamespace, table: str, spec: dict, raw: dict, parent_columns: list[str]) -> str:
    """`select …` over `raw` ({from, columns}): parent_columns are those of the parent's view, if it is there."""
    columns = list(raw["columns"])
    # A relation needs a column even when the file has none that is known.
    if not columns:
        return f"select null as no_known_column from {raw['from']}"
    cells = staging.cell_rules(table)
    people = [column for column in staging.person_identifiers() if column in columns]
    words = f"select word from {staging.ref('stg_null_identifiers')}" if people else ""
    nothing = "".join(f", coalesce(lower(clean__{column}) in ({words}), false) as nothing__{column}" for column in people)
    kept = ", ".join(f"{staging.kept_value(column, spec)} as kept__{column}" for column in columns)
    parts = [part for column in columns for part in _column(staging, column, spec, raw["columns"][column], people)]
    if table in PARENTS and PARENTS[table][1] in parent_columns and PARENTS[table][1] in columns:
        parent, key = PARENTS[table]
        text = _text(key, spec, people)
        parts.append(f"case when {text} in (select {key} from {parent} where {key} is not null) then '' else {text} end as {key}__orphan")
    # A step a level, as in macro judged_rows: DuckDB would write a reading out again wherever it is named.
    return (
        f"select {', '.join(parts)} from (select *, {kept} from (select *{nothing} from "
        f"{staging.typed_rows(raw['from'], columns, spec, raw, cells)} as read_cells) as known_cells) as kept_cells"
    )


def is_asked_to_be_readable(staging: SimpleNamespace, column: str, spec: dict) -> bool:
    """Whether staging may find a value of the column unreadable: free text and words for codes never are."""
    return staging.is_unreadable(column, spec) != "false"


def _column(staging: SimpleNamespace, column: str, spec: dict, written: dict, people: list[str]) -> list[str]:
    text = _text(column, spec, people)
    parts = [f"{text} as {column}"]
    if spec["columns"][column] != "text":
        parts.append(f"typed__{column} as {column}__value")
    if is_asked_to_be_readable(staging, column, spec):
        misread = staging.is_unreadable(column, spec)
        if column in spec.get("describes", []) and spec["columns"][column] in NUMBERS:
            # Too large to be true: the value is lost. One below zero is too, and has a rule of its own.
            misread = f"({misread} or (kept__{column} is null and typed__{column} > 0))"
        parts.append(f"case when {misread} then trim(cast({written['name']} as varchar)) when {text} is not null then '' end as {column}__misread")
    return parts


def _text(column: str, spec: dict, people: list[str]) -> str:
    clean = f"cast(clean__{column} as varchar)"
    if spec["columns"][column] != "text":
        return clean
    text = f"coalesce(typed__{column}, {clean})"
    return f"case when not nothing__{column} then {text} end" if column in people else text
