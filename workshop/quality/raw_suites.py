"""Suites over the raw tables, built from the raw contract.

Raw data are dirty by nature: staging rejects a bad row with a reason and the build goes on. So a limit
here does not say "a row is bad" but "this delivery is broken": the export lost a column, changed a code
list or a date format, or put amounts into the wrong field.
"""

from __future__ import annotations

from datetime import datetime

import great_expectations.expectations as gxe
from great_expectations.expectations.expectation import Expectation

from workshop.quality.checking import expect
from workshop.quality.raw_cells import PARENTS
from workshop.quality.raw_sources import UNREADABLE_LINES
from workshop.quality.raw_tables import RawTable

# What staging rejects: more than one row in twenty lost to one reason is a broken delivery.
KEPT_ROWS = 0.95
# Descriptive codes outside their list only become 'other': broken when that is the rule, not the exception.
KNOWN_CODES = 0.5
# Columns that must exist and may be null (anonymous orders, unpaid ones): broken when next to none is filled.
FILLED_AT_ALL = 0.01


def raw_suite(table: RawTable, spec: dict, earliest_date: datetime) -> list[Expectation]:
    """The expectations of one raw table, for the contract columns that it has."""
    return [
        *_presence(table, spec),
        *_keys(table, spec),
        *_types(table, spec),
        *_dates(table, spec, earliest_date),
        *_codes(table, spec),
        *_amounts(table, spec),
    ]


def _mostly(share: float, values_count: int) -> float:
    """The share as a limit that one bad value alone never breaks, however small the table."""
    return share if values_count < 2 else min(share, (values_count - 1) / values_count)


def _presence(table: RawTable, spec: dict) -> list[Expectation]:
    suite = [expect(gxe.ExpectColumnToExist, f"{column} must exist", [column], column=column) for column in spec["must_exist"]]
    any_of = spec.get("any_of", [])
    if any_of and not set(any_of) & set(table.columns):
        suite.append(expect(gxe.ExpectColumnToExist, f"one of {', '.join(any_of)} must exist", any_of, column=any_of[0]))
    # An optional table without rows is a table without rows; without an order nothing can be built.
    if table.name == "orders":
        suite.append(expect(gxe.ExpectTableRowCountToBeBetween, "must have at least 1 row", [], min_value=1))
    if table.file.suffix.lower() != ".parquet":
        suite.append(_readable_lines(table))
    for column in spec["must_exist"]:
        if column not in (*spec["key"], *spec.get("needs", [])) and column in table.columns:
            suite.append(
                expect(
                    gxe.ExpectColumnValuesToNotBeNull,
                    f"{column} must be filled in some rows",
                    [column],
                    column=column,
                    mostly=FILLED_AT_ALL,
                )
            )
    return suite


def _readable_lines(table: RawTable) -> Expectation:
    """Lines with too few or too many columns, open quotes or broken bytes are not in the view: they were counted."""
    return gxe.UnexpectedRowsExpectation(
        description="must be readable line by line",
        meta={"columns": [], "mostly": KEPT_ROWS},
        unexpected_rows_query=f"""
            select lines_count as bad, lines_count + rows_count as total
            from (select count(*) as rows_count from {{batch}}) as counted
            cross join {UNREADABLE_LINES}
            where table_name = '{table.name}'
                and lines_count > greatest(1, {1 - KEPT_ROWS} * (lines_count + rows_count))""",
    )


def _keys(table: RawTable, spec: dict) -> list[Expectation]:
    any_of = spec.get("any_of", [])
    suite = [
        expect(
            gxe.ExpectColumnValuesToNotBeNull,
            f"{column} must be filled",
            [column],
            column=column,
            mostly=_mostly(KEPT_ROWS, table.rows_count),
        )
        for column in (*(spec["key"] if not any_of else []), *spec.get("needs", []))
        if column in table.columns
    ]
    if set(any_of) & set(table.columns):
        suite.append(_anybody(table, any_of))
    if any_of or set(spec["key"]) <= set(table.columns):
        suite.append(_own_key(table, spec))
    if table.name in PARENTS:
        parent, key = PARENTS[table.name]
        if table.has_parent:
            suite.append(
                expect(
                    gxe.ExpectColumnValuesToBeInSet,
                    f"{key} must be one of {parent}.{key}",
                    [f"{key}__orphan"],
                    column=f"{key}__orphan",
                    value_set=[""],
                    mostly=_mostly(KEPT_ROWS, table.filled[key]),
                )
            )
    return suite


def _anybody(table: RawTable, any_of: list[str]) -> Expectation:
    """A row that names nobody is rejected."""
    columns = [column for column in any_of if column in table.columns]
    return gxe.UnexpectedRowsExpectation(
        description=f"one of {', '.join(columns)} must be filled",
        meta={"columns": columns, "mostly": KEPT_ROWS},
        unexpected_rows_query=f"""
            select count(*) as bad, {table.rows_count} as total from {{batch}} where coalesce({", ".join(columns)}) is null
            having count(*) > greatest(1, {(1 - KEPT_ROWS) * table.rows_count})""",
    )


def _own_key(table: RawTable, spec: dict) -> Expectation:
    """Rows of one key that differ: staging keeps one of them. Identical rows (a file sent twice) are harmless."""
    key = [column for column in spec["key"] if column in table.columns]
    names = ", ".join(key)
    # 1 and 1.0 are one line number.
    values = ", ".join(column if spec["columns"][column] == "text" else f"{column}__value" for column in key)
    # A key that cannot be read is said to be unreadable.
    filled = " and ".join(f"{column}__misread = ''" if column in table.readable else f"{column} is not null" for column in key)
    # A key of which only some columns need be filled may have gaps.
    filled = "true" if spec.get("any_of") else filled
    return gxe.UnexpectedRowsExpectation(
        description=f"{names} must identify a row",
        meta={"columns": key, "mostly": KEPT_ROWS},
        unexpected_rows_query=f"""
            with different_rows as (
                select {values}, hash({", ".join(table.columns)}) as content, count(*) as rows_count
                from {{batch}} where {filled} group by all
            ),
            keys as (
                select count(*) - 1 as lost_count, sum(rows_count) as rows_count from different_rows group by {values}
            )
            select sum(lost_count) as bad, sum(rows_count) as total from keys
            having sum(lost_count) > greatest(1, {1 - KEPT_ROWS} * sum(rows_count))""",
    )


def _types(table: RawTable, spec: dict) -> list[Expectation]:
    """A column that only describes costs a value and not the row: lost in more than one in twenty, it is worth as much."""
    return [
        expect(
            gxe.ExpectColumnValuesToBeInSet,
            f"{column} must be readable as {'identifier' if kind == 'text' else kind}",
            [f"{column}__misread"],
            column=f"{column}__misread",
            value_set=[""],
            mostly=_mostly(KEPT_ROWS, table.filled[column]),
        )
        for column, kind in spec["columns"].items()
        if column in table.readable
    ]


def _dates(table: RawTable, spec: dict, earliest_date: datetime) -> list[Expectation]:
    column = spec.get("event_at")
    if column not in table.columns:
        return []
    return [
        expect(
            gxe.ExpectColumnValuesToBeBetween,
            f"{column} must not lie before {earliest_date:%Y-%m-%d}",
            [f"{column}__value"],
            column=f"{column}__value",
            min_value=earliest_date,
            mostly=_mostly(KEPT_ROWS, table.filled[column]),
        )
    ]


def _codes(table: RawTable, spec: dict) -> list[Expectation]:
    suite = []
    for column, known in table.codes.items():
        codes = spec["codes"][column]
        source = f"in the seed {codes['seed']}" if "seed" in codes else f"one of {', '.join(known)}"
        is_decisive = codes["unknown"] == "reject"
        suite.append(
            expect(
                gxe.ExpectColumnValuesToBeInSet,
                f"{column} must be {source}",
                [column],
                column=column,
                # What staging makes of an unknown word may be written there already.
                value_set=known if is_decisive else [*known, "other"],
                mostly=_mostly(KEPT_ROWS if is_decisive else KNOWN_CODES, table.filled[column]),
            )
        )
    return suite


def _amounts(table: RawTable, spec: dict) -> list[Expectation]:
    return [
        expect(
            gxe.ExpectColumnValuesToBeBetween,
            f"{column} must not be negative",
            [f"{column}__value"],
            column=f"{column}__value",
            min_value=0,
            mostly=_mostly(KEPT_ROWS, table.filled[column]),
        )
        for column in spec.get("not_negative", [])
        if column in table.columns
    ]
