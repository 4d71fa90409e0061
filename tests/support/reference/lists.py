"""The lists that go out: whom to ask back, who was lost, who is due, who has a birthday or an anniversary."""

from __future__ import annotations

from datetime import date, timedelta

from reference.brand import Brand
from reference.channels import CLASSES, STAFFED

LOST_AFTER_DAYS = 300


def recall_list(brand: Brand, first_day: list[dict]) -> list[dict]:
    actions = {row["customer_id"]: row["action_code"] for row in first_day}
    return [
        _row(brand, customer, segment_code=brand.classes[customer["customer_id"]]["lifecycle"], loss_type=customer["loss_type"],
             churn_probability=0.5 if customer["churn_probability_90d"] is None else customer["churn_probability_90d"],
             last_answered_touchpoint=_last_answered(brand, customer["customer_id"]), action_code=actions.get(customer["customer_id"]))
        for customer in brand.customers.values() if brand.is_fading(customer)
    ]  # fmt: skip


def lost_contacts(brand: Brand) -> list[dict]:
    """Nobody holds them any more; or somebody does, but has not heard of them for as long as makes a customer lost."""
    found = []
    for customer in brand.customers.values():
        lost, active, added = customer["wecom_lost_date"], customer["last_active_date"], customer["wecom_added_date"]
        if lost is not None:
            found.append(_row(brand, customer, loss_type=customer["loss_type"], lost_since_date=lost))
        elif customer["is_wecom_contact"] and all(day is None or (brand.newest - day).days > LOST_AFTER_DAYS for day in (active, added)):
            found.append(_row(brand, customer, loss_type="silent", lost_since_date=max(active or added, added)))
    return found


def repurchase_due(brand: Brand) -> list[dict]:
    names = {row["sku_id"]: row["product_name"] for row in brand.products}
    found = []
    for customer in brand.customers.values():
        due = customer["next_order_due_date"]
        if due is not None and (due - brand.newest).days <= 7 and not brand.is_fading(customer):
            sku = customer["next_product_sku_id"] or customer["habitual_sku_id"]
            found.append(_row(brand, customer, segment_code=brand.classes[customer["customer_id"]]["lifecycle"], next_order_due_date=due,
                              days_until_due=(due - brand.newest).days, sku_id=sku, product_name=names.get(sku)))  # fmt: skip
    return found


def birthday_and_anniversary(brand: Brand) -> list[dict]:
    found = []
    for customer in brand.customers.values():
        added = customer["wecom_added_date"] if customer["is_wecom_contact"] else None
        since = {"registration": customer["registered_date"], "first_order": customer["first_order_date"], "wecom_contact": added}
        days = [(occasion, _next(day, brand.newest), day) for occasion, day in since.items() if day is not None]
        if customer["next_birthday_date"] is not None:
            days.append(("birthday", customer["next_birthday_date"], None))
        for occasion, day, begun in days:
            if (day - brand.newest).days <= 30:
                years = None if begun is None else day.year - begun.year
                found.append(_row(brand, customer, occasion=occasion, occasion_date=day, years_count=years))
    return found


def _next(day: date, after: date) -> date:
    """The first day after `after` on which a date comes round; 29 February is the 28th in years without one."""
    tomorrow = after + timedelta(days=1)
    for days in range(367):
        found = tomorrow + timedelta(days=days)
        is_moved = (day.month, day.day) == (2, 29) and (found.month, found.day) == (2, 28) and (found + timedelta(days=1)).day == 1
        if (found.month, found.day) == (day.month, day.day) or is_moved:
            return found
    raise AssertionError(f"{day} does not come round after {after}.")


def _last_answered(brand: Brand, customer_id: str) -> str | None:
    """Return where the customer last did something themselves; of several touchpoints at that moment the first by name."""
    answers = [row for row in brand.known.touches[customer_id] if row["touchpoint"] is not None and CLASSES[row["event_type"]] != "passive"]
    latest = max((row["occurred_at"] for row in answers), default=None)
    return min((_known_touchpoint(row["touchpoint"]) for row in answers if row["occurred_at"] == latest), default=None)


def _known_touchpoint(name: str) -> str:
    return "other" if name == "smoke_signal" else name


def _row(brand: Brand, customer: dict, **columns) -> dict:
    route = brand.routes[customer["customer_id"]]
    sender = brand.senders[customer["customer_id"]] if route["channel"] in STAFFED else None
    shown = {name: route[name] for name in ("channel", "blocked_reason", "is_over_cap", "is_usable")}
    return {
        "customer_id": customer["customer_id"],
        "as_of_date": brand.newest,
        **columns,
        "value_at_stake": brand.value(customer),
        "sender_userid": sender,
        **shown,
    }
