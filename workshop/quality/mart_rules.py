"""Rules of the suite over the mart, each one sentence and the expectation that checks it."""

from __future__ import annotations

import operator

import great_expectations.expectations as gxe
from great_expectations.expectations.expectation import Expectation
from great_expectations.expectations.row_conditions import Column, Condition

from workshop.quality.checking import expect


def between(column: str, low: float | None, high: float | None, mostly: float = 1, where: str | None = None) -> Expectation:
    """A range, for all rows or `where="orders_count = 0"`; nulls are not looked at."""
    if low == high:
        must = f"must be {low}"
    elif low is None or high is None:
        must = f"must be at least {low}" if high is None else f"must be at most {high}"
    else:
        must = f"must lie between {low} and {high}"
    columns, arguments = [column], {}
    if where:
        must, columns = f"{must} where {where}", [column, where.split()[0]]
        arguments["row_condition"] = condition(where)
    return expect(
        gxe.ExpectColumnValuesToBeBetween,
        f"{column} {must}",
        columns,
        column=column,
        min_value=low,
        max_value=high,
        mostly=mostly,
        **arguments,
    )


def filled(column: str, where: str) -> Expectation:
    """Never null where `orders_count > 0`, say."""
    return expect(
        gxe.ExpectColumnValuesToNotBeNull, f"{column} must be filled where {where}", [column, where.split()[0]], column=column, row_condition=condition(where)
    )


def null(column: str, where: str) -> Expectation:
    """Always null where `orders_count = 0`, say."""
    return expect(
        gxe.ExpectColumnValuesToBeNull, f"{column} must be null where {where}", [column, where.split()[0]], column=column, row_condition=condition(where)
    )


def condition(rule: str) -> Condition:
    """`orders_count = 0` as a row condition of Great Expectations."""
    column, sign, number = rule.split()
    return {"<": operator.lt, ">": operator.gt, "=": operator.eq}[sign](Column(column), int(number))


def not_above(lower: str, upper: str) -> Expectation:
    return expect(
        gxe.ExpectColumnPairValuesAToBeGreaterThanB,
        f"{lower} must not exceed {upper}",
        [lower, upper],
        column_A=upper,
        column_B=lower,
        or_equal=True,
        ignore_row_if="either_value_is_missing",
    )


def no_row(must: str, columns: list[str], broken: str) -> Expectation:
    """A rule that Great Expectations has no words for, as SQL that is true for a row that breaks it.

    The query counts instead of listing: on a broken mart of millions of rows the list would be fetched.
    """
    return gxe.UnexpectedRowsExpectation(
        description=must,
        meta={"columns": columns},
        unexpected_rows_query=(
            f"select count_if(is_broken) as bad, count(*) as total from (select {broken} as is_broken from {{batch}}) as judged having count_if(is_broken) > 0"
        ),
    )
