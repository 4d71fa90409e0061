"""The suite over `tags.customer_tags`: the names, ranges and identities that docs/definitions.md promises.

The mart is built by this project, so its rules have no tolerance, except where dirty raw amounts come
through by design (`MOST_ROWS`).
"""

from __future__ import annotations

from pathlib import Path

import great_expectations.expectations as gxe
from great_expectations.expectations.expectation import Expectation
from great_expectations.expectations.row_conditions import Column
from sqlalchemy.exc import SQLAlchemyError

from workshop.quality import mart_columns as columns_of
from workshop.quality.checking import Checks, expect, first_line, quoted
from workshop.quality.mart_relations import interaction, orders, predictive, windows
from workshop.quality.mart_rules import between, no_row, not_above
from workshop.quality.unreadable import Unreadable

MART = "customer_tags"


def attach_mart(checks: Checks, file: Path) -> None:
    """Make the view `customer_tags` of a built DuckDB file, opened for reading only."""
    try:
        checks.sql(f"attach {quoted(file)} as built (read_only)")
    except SQLAlchemyError as error:
        raise Unreadable(f"The DuckDB file '{file}' could not be opened: {first_line(error)}") from error
    try:
        checks.sql(f"create view {MART} as select * from built.tags.{MART}")
    except SQLAlchemyError as error:
        raise Unreadable(f"The DuckDB file '{file}' has no table tags.{MART}: {first_line(error)}") from error


def mart_suite() -> list[Expectation]:
    """Every expectation on customer_tags."""
    return [
        # One expectation for all of them: Great Expectations takes as long for each column as for the whole set.
        expect(
            gxe.ExpectTableColumnsToMatchSet,
            "must have every column that docs/definitions.md names",
            [],
            column_set=[*columns_of.KEYS, *columns_of.tags()],
            exact_match=False,
        ),
        *_grain(),
        *_ranges(),
        *[not_above(lower, upper) for lower, upper in columns_of.ORDERED_PAIRS],
        *orders(),
        *windows(),
        *interaction(),
        *predictive(),
    ]


def _grain() -> list[Expectation]:
    return [
        expect(gxe.ExpectTableRowCountToBeBetween, "must have at least 1 row", [], min_value=1),
        *[expect(gxe.ExpectColumnValuesToNotBeNull, f"{column} must be filled", [column], column=column) for column in columns_of.ALWAYS_FILLED],
        expect(
            gxe.ExpectCompoundColumnsToBeUnique,
            "customer_id, as_of_date must identify a row",
            ["customer_id", "as_of_date"],
            column_list=["customer_id", "as_of_date"],
        ),
        expect(
            gxe.ExpectColumnUniqueValueCountToBeBetween,
            "as_of_date must be exactly 1 date where is_current",
            ["as_of_date", "is_current"],
            column="as_of_date",
            min_value=1,
            max_value=1,
            row_condition=Column("is_current") == True,  # noqa: E712 (builds SQL)
        ),
        no_row(
            "is_current must mark the rows of the newest as_of_date",
            ["is_current", "as_of_date"],
            "is_current is distinct from (as_of_date = (select max(as_of_date) from {batch}))",
        ),
        no_row(
            "as_of_date must be a month-end unless is_current",
            ["as_of_date", "is_current"],
            "not is_current and cast(as_of_date as date) <> last_day(cast(as_of_date as date))",
        ),
    ]


def _ranges() -> list[Expectation]:
    return [
        *[between(column, 0, None) for column in columns_of.not_negative()],
        *[between(column, 0, 1) for column in [*columns_of.SHARES, *columns_of.PROBABILITIES]],
        *[between(column, 0, 1, mostly=columns_of.MOST_ROWS) for column in columns_of.AMOUNT_RATIOS],
        *[between(column, 0, None, mostly=columns_of.MOST_ROWS) for column in columns_of.AMOUNTS],
        *[between(column, 0, days) for column, days in columns_of.ACTIVE_DAYS.items()],
        between("age", 0, 120, mostly=columns_of.MOST_ROWS),
        expect(
            gxe.ExpectColumnValuesToBeInSet,
            f"gender must be one of {', '.join(columns_of.GENDERS)}",
            ["gender"],
            column="gender",
            value_set=columns_of.GENDERS,
        ),
    ]
