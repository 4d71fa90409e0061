"""The suite over `tags.customer_tags`: rules of its columns that no dbt test on it says already.

Which columns there are, and of what type, stands in the contract of the model. The mart is built by this project, so
its rules have no tolerance, except where dirty raw amounts come through by design (`MOST_ROWS`).
"""

from __future__ import annotations

import re
from pathlib import Path

import great_expectations.expectations as gxe
from great_expectations.expectations.expectation import Expectation
from great_expectations.expectations.row_conditions import Column
from sqlalchemy.exc import SQLAlchemyError

from workshop.quality.checking import Checks, expect, first_line, quoted
from workshop.quality.contract import DATE, MART, WHOLE, Contract
from workshop.quality.mart_relations import interaction, orders, predictive, windows
from workshop.quality.mart_rules import between, no_row, not_above
from workshop.quality.unreadable import Unreadable

# Ratios and sums of raw amounts: a refund or discount larger than its order, or more items returned
# than bought, is possible in a single case and wrong as a habit.
MOST_ROWS = 0.95
OF_RAW_AMOUNTS = ("refund_rate", "discount_share", "average_order_amount", "items_count", "net_amount")
GENDERS = ["male", "female", "unknown", "other"]
PLANNED, BIRTHDAY = "next_order_due_date", "next_birthday_date"  # the dates that may lie after the as-of date


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


def mart_suite(contract: Contract) -> list[Expectation]:
    """Every expectation on customer_tags."""
    return [*_dates(), *_ranges(contract), *_no_future(contract), *orders(), *windows(), *interaction(), *predictive()]


def _dates() -> list[Expectation]:
    return [
        expect(gxe.ExpectTableRowCountToBeBetween, "must have at least 1 row", [], min_value=1),
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


def _ranges(contract: Contract) -> list[Expectation]:
    """By type and name: whole numbers and amounts are not negative, shares and rates lie between 0 and 1."""
    suite = []
    for column in contract.tags:
        name, mostly = column.name, MOST_ROWS if column.name.startswith(OF_RAW_AMOUNTS) else 1
        if active := re.fullmatch(r"active_days_(\d+)d", name):
            suite.append(between(name, 0, int(active[1])))
        elif name == "age":
            suite.append(between(name, 0, 120, mostly=MOST_ROWS))
        elif column.type == "double" and re.search(r"_share$|_rate(_|$)|probability", name):
            suite += [between(name, 0, 1, mostly)] if contract.untested(f"{name} between 0 and 1") else []
        elif column.type in WHOLE or column.type == "double" or column.type.startswith("decimal"):
            suite += [between(name, 0, None, mostly)] if contract.untested(f"{name} >= 0") and contract.untested(f"{name} between 0") else []
    genders = expect(
        gxe.ExpectColumnValuesToBeInSet,
        f"gender must be one of {', '.join(GENDERS)}",
        ["gender"],
        column="gender",
        value_set=GENDERS,
    )
    return [*suite, genders]


def _no_future(contract: Contract) -> list[Expectation]:
    """Nothing that happened after the as-of date is known on that date; and dates follow each other."""
    dates = [column.name for column in contract.tags if column.type == DATE and column.name not in (PLANNED, BIRTHDAY)]
    later = [not_above(date, "as_of_date") for date in dates if contract.untested(f"{date} <= as_of_date")]
    return [*later, not_above("first_order_date", "last_order_date"), not_above("last_order_date", PLANNED), not_above("as_of_date", BIRTHDAY)]
