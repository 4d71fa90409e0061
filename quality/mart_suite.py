"""The suite over `tags.customer_tags`: the names, ranges and identities that DEFINITIONS (section 3) promises.

The mart is built by this project, so its rules have no tolerance, except where dirty raw amounts come
through by design (`MOST_ROWS`).
"""

from __future__ import annotations

import operator
from pathlib import Path

import great_expectations.expectations as gxe
from great_expectations.expectations.expectation import Expectation
from great_expectations.expectations.row_conditions import Column, Condition
from sqlalchemy.exc import SQLAlchemyError

from quality.checking import Checks, expect, first_line, quoted
from quality.unreadable import Unreadable

MART = "customer_tags"

KEYS = ["customer_id", "as_of_date", "is_current"]
FACTS = """gender age age_band province city city_tier occupation marital_status member_level source_channel
    channel_state registered_date first_touch_date is_wecom_contact wecom_staff_count wecom_added_date
    wecom_lost_date loss_type groups_joined_count""".split()
CONSUMPTION = """first_order_date last_order_date orders_count orders_count_30d orders_count_90d orders_count_365d
    net_amount net_amount_30d net_amount_90d net_amount_365d days_since_last_order days_since_first_order
    average_order_amount repurchase_count median_days_between_orders next_order_due_date is_due_to_repurchase
    days_to_first_order items_count refund_rate discount_share coupon_order_share promotion_order_share
    new_product_order_share favourite_category favourite_style favourite_colour favourite_size price_band
    preferred_channel preferred_hour_band habitual_sku_id""".split()
INTERACTION = """active_days_7d active_days_15d active_days_30d last_active_date days_since_last_active
    passive_touch_count_15d active_touch_count_15d product_views_30d carts_30d favourites_30d coupons_claimed_30d
    articles_read_30d dwell_seconds_30d product_view_to_order_rate_90d messages_delivered_30d messages_opened_30d
    messages_clicked_30d follows_account reviews_count shares_count referrals_count ugc_count
    group_messages_30d""".split()
PREDICTIVE = """churn_probability_30d churn_probability_90d expected_orders_90d clv_365d price_sensitivity
    next_product_sku_id""".split()

ALWAYS_FILLED = [
    *KEYS,
    *("orders_count", "orders_count_30d", "orders_count_90d", "orders_count_365d", "repurchase_count"),
]
NOT_NEGATIVE = """wecom_staff_count groups_joined_count orders_count orders_count_30d orders_count_90d
    orders_count_365d repurchase_count days_since_last_order days_since_first_order median_days_between_orders
    days_since_last_active passive_touch_count_15d active_touch_count_15d
    product_views_30d carts_30d favourites_30d coupons_claimed_30d articles_read_30d dwell_seconds_30d
    product_view_to_order_rate_90d messages_delivered_30d messages_opened_30d messages_clicked_30d reviews_count
    shares_count referrals_count ugc_count group_messages_30d expected_orders_90d clv_365d""".split()
# Shares of a customer's own orders: outside 0 to 1 they are computed wrongly.
SHARES = """coupon_order_share promotion_order_share new_product_order_share""".split()
PROBABILITIES = "churn_probability_30d churn_probability_90d price_sensitivity".split()
# Ratios and sums of raw amounts: a refund or discount larger than its order, or more items returned
# than bought, is possible in a single case and wrong as a habit.
MOST_ROWS = 0.95
AMOUNT_RATIOS = ["refund_rate", "discount_share"]
AMOUNTS = ["net_amount", "net_amount_30d", "net_amount_90d", "net_amount_365d", "average_order_amount", "items_count"]
# The column on the left never exceeds the one on the right.
ORDERED_PAIRS = [
    ("orders_count_30d", "orders_count_90d"),
    ("orders_count_90d", "orders_count_365d"),
    ("orders_count_365d", "orders_count"),
    ("days_since_last_order", "days_since_first_order"),
    ("active_days_7d", "active_days_15d"),
    ("active_days_15d", "active_days_30d"),
    ("first_order_date", "last_order_date"),
    ("last_order_date", "next_order_due_date"),
    # Nothing that happened after the as-of date is known on that date.
    *[
        (column, "as_of_date")
        for column in """registered_date first_touch_date first_order_date last_order_date last_active_date
            wecom_added_date wecom_lost_date""".split()
    ],
]
ACTIVE_DAYS = {"active_days_7d": 7, "active_days_15d": 15, "active_days_30d": 30}
ORDER_WINDOWS = (30, 90, 365)
GENDERS = ["male", "female", "unknown", "other"]


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
            "must have every column that DEFINITIONS names",
            [],
            column_set=[*KEYS, *FACTS, *CONSUMPTION, *INTERACTION, *PREDICTIVE],
            exact_match=False,
        ),
        *_grain(),
        *_ranges(),
        *[_not_above(lower, upper) for lower, upper in ORDERED_PAIRS],
        *_orders(),
        *_windows(),
        *_interaction(),
        *_predictive(),
    ]


def _grain() -> list[Expectation]:
    return [
        expect(gxe.ExpectTableRowCountToBeBetween, "must have at least 1 row", [], min_value=1),
        *[
            expect(gxe.ExpectColumnValuesToNotBeNull, f"{column} must be filled", [column], column=column)
            for column in ALWAYS_FILLED
        ],
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
        _no_row(
            "is_current must mark the rows of the newest as_of_date",
            ["is_current", "as_of_date"],
            "is_current is distinct from (as_of_date = (select max(as_of_date) from {batch}))",
        ),
        _no_row(
            "as_of_date must be a month-end unless is_current",
            ["as_of_date", "is_current"],
            "not is_current and cast(as_of_date as date) <> last_day(cast(as_of_date as date))",
        ),
    ]


def _ranges() -> list[Expectation]:
    return [
        *[_between(column, 0, None) for column in NOT_NEGATIVE],
        *[_between(column, 0, 1) for column in [*SHARES, *PROBABILITIES]],
        *[_between(column, 0, 1, mostly=MOST_ROWS) for column in AMOUNT_RATIOS],
        *[_between(column, 0, None, mostly=MOST_ROWS) for column in AMOUNTS],
        *[_between(column, 0, days) for column, days in ACTIVE_DAYS.items()],
        _between("age", 0, 120, mostly=MOST_ROWS),
        expect(
            gxe.ExpectColumnValuesToBeInSet,
            f"gender must be one of {', '.join(GENDERS)}",
            ["gender"],
            column="gender",
            value_set=GENDERS,
        ),
    ]


def _orders() -> list[Expectation]:
    """What follows from having bought or not: the premises of the segment schemes."""
    suite = []
    for column in ("days_since_last_order", "days_since_first_order", "first_order_date", "last_order_date"):
        suite.append(
            expect(
                gxe.ExpectColumnValuesToNotBeNull,
                f"{column} must be filled where orders_count > 0",
                [column, "orders_count"],
                column=column,
                row_condition=_condition("orders_count > 0"),
            )
        )
        suite.append(
            expect(
                gxe.ExpectColumnValuesToBeNull,
                f"{column} must be null where orders_count = 0",
                [column, "orders_count"],
                column=column,
                row_condition=_condition("orders_count = 0"),
            )
        )
    return [
        *suite,
        _no_row(
            "repurchase_count must be orders_count - 1, at least 0",
            ["repurchase_count", "orders_count"],
            "repurchase_count is distinct from greatest(orders_count - 1, 0)",
        ),
        *[
            _no_row(
                f"days_since_{which}_order must be the days from {which}_order_date to as_of_date",
                [f"days_since_{which}_order", f"{which}_order_date", "as_of_date"],
                f"days_since_{which}_order is distinct from "
                f"date_diff('day', cast({which}_order_date as date), cast(as_of_date as date))",
            )
            for which in ("last", "first")
        ],
        *[
            _between(f"net_amount{window}", 0, 0, where=f"orders_count{window} = 0")
            for window in ("", "_30d", "_90d", "_365d")
        ],
    ]


def _windows() -> list[Expectation]:
    """A window holds the last order or it does not; whether its edge day counts is left to the mart."""
    suite = []
    for days in ORDER_WINDOWS:
        column = f"orders_count_{days}d"
        suite.append(_between(column, 1, None, where=f"days_since_last_order < {days}"))
        suite.append(_between(column, 0, 0, where=f"days_since_last_order > {days}"))
    return suite


def _interaction() -> list[Expectation]:
    return [
        _no_row(
            "days_since_last_active must be the days from last_active_date to as_of_date",
            ["days_since_last_active", "last_active_date", "as_of_date"],
            "days_since_last_active is distinct from "
            "date_diff('day', cast(last_active_date as date), cast(as_of_date as date))",
        ),
        expect(
            gxe.ExpectColumnValuesToNotBeNull,
            "wecom_added_date must be filled where is_wecom_contact",
            ["wecom_added_date", "is_wecom_contact"],
            column="wecom_added_date",
            row_condition=Column("is_wecom_contact") == True,  # noqa: E712 (builds SQL)
        ),
    ]


def _predictive() -> list[Expectation]:
    """Predictions are about buyers: who never bought has no purchase history to continue."""
    return [
        *[
            expect(
                gxe.ExpectColumnValuesToBeNull,
                f"{column} must be null where orders_count = 0",
                [column, "orders_count"],
                column=column,
                row_condition=_condition("orders_count = 0"),
            )
            for column in PREDICTIVE
        ],
        _not_above("churn_probability_90d", "churn_probability_30d"),
    ]


def _between(
    column: str, low: float | None, high: float | None, mostly: float = 1, where: str | None = None
) -> Expectation:
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
        arguments["row_condition"] = _condition(where)
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


def _condition(rule: str) -> Condition:
    """`orders_count = 0` as a row condition of Great Expectations."""
    column, sign, number = rule.split()
    return {"<": operator.lt, ">": operator.gt, "=": operator.eq}[sign](Column(column), int(number))


def _not_above(lower: str, upper: str) -> Expectation:
    return expect(
        gxe.ExpectColumnPairValuesAToBeGreaterThanB,
        f"{lower} must not exceed {upper}",
        [lower, upper],
        column_A=upper,
        column_B=lower,
        or_equal=True,
        ignore_row_if="either_value_is_missing",
    )


def _no_row(must: str, columns: list[str], broken: str) -> Expectation:
    """A rule that Great Expectations has no words for, as SQL that is true for a row that breaks it.

    The query counts instead of listing: on a broken mart of millions of rows the list would be fetched.
    """
    return gxe.UnexpectedRowsExpectation(
        description=must,
        meta={"columns": columns},
        unexpected_rows_query=(
            "select count_if(is_broken) as bad, count(*) as total "
            f"from (select {broken} as is_broken from {{batch}}) as judged having count_if(is_broken) > 0"
        ),
    )
