"""The caps on built plans, and the best that any plan under them could be worth (exact, by integer programming)."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable
from datetime import date, timedelta
from pathlib import Path

import numpy as np
from compared import rows_of
from reference import plans
from reference.brand import Brand
from reference.channels import CHANNELS, STAFFED
from scipy.optimize import Bounds, LinearConstraint, milp
from scipy.sparse import csr_matrix

Rows = list[dict]


def assert_caps_hold(database: Path, brand: Brand, confirmations: int) -> None:
    """No usable row over a forbidden channel or a cap, one a customer and day, and the calendar begins with the next best action."""
    first = {row["customer_id"]: row for row in rows_of(database, "activation.next_best_action")}
    calendar = rows_of(database, "activation.touch_calendar")
    tomorrow = brand.newest + timedelta(days=1)
    begun = {row["customer_id"]: row for row in calendar if row["due_date"] == tomorrow}
    shown = ("action_code", "channel", "sender_userid", "expected_value", "blocked_reason", *plans.FLAGS)
    assert {name: [row[column] for column in shown] for name, row in begun.items()} == {name: [row[column] for column in shown] for name, row in first.items()}
    sent = [row for row in calendar if row["is_usable"]]
    assert all(brand.permissions[row["customer_id"]][row["channel"]]["is_allowed"] for row in sent)
    assert not [day for day, count in Counter((row["customer_id"], row["due_date"]) for row in sent).items() if count > 1]
    limits = {kind: limit for kind, limit in _limits(brand, confirmations, sent).items() if kind[0] != "day"}
    used = Counter(kind for row in sent for kind in _uses(row, row["sender_userid"]))
    assert not {kind: used[kind] for kind, limit in limits.items() if used[kind] > limit}
    for row in [*calendar, *first.values()]:
        customer = brand.customers[row["customer_id"]]
        assert row["offer"] != "coupon" or customer["orders_count"] == 0 or customer["coupon_order_share"] >= 0.5 or brand.is_fading(customer)


def share_of_the_best(database: Path, brand: Brand, confirmations: int, table: str, is_counted: Callable[[date], bool]) -> tuple[float, float]:
    """Return what the usable rows of a plan are worth, and what the best plan over the same options would be."""
    rows = rows_of(database, "activation.action_options")
    rows = [row for row in rows if row["blocked_reason"] is None and not row["is_over_cap"] and is_counted(row["due_date"])]
    planned = sum(row["expected_value"] for row in rows_of(database, f"activation.{table}") if row["is_usable"])
    return planned, best_value(brand, confirmations, rows)


def best_value(brand: Brand, confirmations: int, options: Rows) -> float:
    if not options:
        return 0.0
    limits = _limits(brand, confirmations, options)
    place = {kind: number for number, kind in enumerate(limits)}
    cells = [(place[kind], number) for number, row in enumerate(options) for kind in _uses(row, row["userid"])]
    matrix = csr_matrix((np.ones(len(cells)), tuple(zip(*cells, strict=True))), shape=(len(limits), len(options)))
    worth = np.array([row["expected_value"] for row in options])
    solved = milp(-worth, constraints=LinearConstraint(matrix, ub=list(limits.values())), integrality=np.ones(len(worth)), bounds=Bounds(0, 1))
    assert solved.success, solved.message
    return -solved.fun


def _limits(brand: Brand, confirmations: int, rows: Rows) -> dict[tuple, int]:
    """Return how many messages each limit that these rows use leaves."""
    tomorrow = brand.newest + timedelta(days=1)
    limits = {}
    for row in rows:
        for kind in _uses(row, row.get("sender_userid") or row.get("userid")):
            limits[kind] = {"day": 1, "staff": confirmations}.get(kind[0])
            if kind[0] == "week":
                is_this_week = kind[3] == tomorrow - timedelta(days=tomorrow.weekday())
                delivered = brand.permissions[kind[1]][kind[2]]["messages_this_week_count"] if is_this_week else 0
                limits[kind] = max(int(CHANNELS[kind[2]]["weekly_cap"]) - delivered, 0)
    return limits


def _uses(row: dict, sender: str | None) -> list[tuple]:
    day = row["due_date"]
    kinds = [("day", row["customer_id"], day), ("week", row["customer_id"], row["channel"], day - timedelta(days=day.weekday()))]
    return kinds + ([("staff", sender, day)] if row["channel"] in STAFFED else [])
