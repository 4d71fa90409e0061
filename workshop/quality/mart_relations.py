"""What the columns of `customer_tags` say of each other: having bought or not, windows, activity, predictions."""

from __future__ import annotations

import great_expectations.expectations as gxe
from great_expectations.expectations.expectation import Expectation
from great_expectations.expectations.row_conditions import Column

from workshop.quality.checking import expect
from workshop.quality.mart_rules import between, filled, no_row, not_above, null

ORDER_WINDOWS = (30, 90, 365)


def orders() -> list[Expectation]:
    """What follows from having bought or not, beside what dbt's tests say of the same."""
    suite = []
    for column in ("days_since_first_order", "last_order_date"):
        suite += [filled(column, "orders_count > 0"), null(column, "orders_count = 0")]
    return [
        *suite,
        no_row(
            "repurchase_count must be orders_count - 1, at least 0",
            ["repurchase_count", "orders_count"],
            "repurchase_count is distinct from greatest(orders_count - 1, 0)",
        ),
        *[
            no_row(
                f"days_since_{which}_order must be the days from {which}_order_date to as_of_date",
                [f"days_since_{which}_order", f"{which}_order_date", "as_of_date"],
                f"days_since_{which}_order is distinct from date_diff('day', cast({which}_order_date as date), cast(as_of_date as date))",
            )
            for which in ("last", "first")
        ],
        *[between(f"net_amount{window}", 0, 0, where=f"orders_count{window} = 0") for window in ("", "_30d", "_90d", "_365d")],
    ]


def windows() -> list[Expectation]:
    """A window holds the last order or it does not; whether its edge day counts is left to the mart."""
    suite = []
    for days in ORDER_WINDOWS:
        column = f"orders_count_{days}d"
        suite.append(expect(gxe.ExpectColumnValuesToNotBeNull, f"{column} must be filled", [column], column=column))
        suite.append(between(column, 1, None, where=f"days_since_last_order < {days}"))
        suite.append(between(column, 0, 0, where=f"days_since_last_order > {days}"))
    return suite


def interaction() -> list[Expectation]:
    return [
        no_row(
            "days_since_last_active must be the days from last_active_date to as_of_date",
            ["days_since_last_active", "last_active_date", "as_of_date"],
            "days_since_last_active is distinct from date_diff('day', cast(last_active_date as date), cast(as_of_date as date))",
        ),
        expect(
            gxe.ExpectColumnValuesToNotBeNull,
            "wecom_added_date must be filled where is_wecom_contact",
            ["wecom_added_date", "is_wecom_contact"],
            column="wecom_added_date",
            row_condition=Column("is_wecom_contact") == True,  # noqa: E712 (builds SQL)
        ),
    ]


def predictive() -> list[Expectation]:
    """Predictions are about buyers: who never bought has no purchase history to continue. dbt tests the others."""
    return [
        *[null(column, "orders_count = 0") for column in ("expected_orders_90d", "clv_365d")],
        not_above("churn_probability_90d", "churn_probability_30d"),
    ]
