"""Every tag of `customer_tags`, counted afresh for each customer and as-of date from the raw rows."""

from __future__ import annotations

import csv
import statistics
from collections import Counter, defaultdict
from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import date, datetime, timedelta
from decimal import Decimal
from math import floor
from pathlib import Path

import pandas as pd

from reference.contacts import spells
from reference.identity import People, business_date, business_time, identifiers_of, newest_date_of
from reference.money import Money

SEEDS = Path(__file__).resolve().parents[3] / "seeds"
NOT_VALID = ("created", "cancelled", "closed")
GENDERS = ("male", "female", "unknown")
CHANNELS = ("store", "app", "mini_program", "marketplace", "wecom", "live", "web")
LOSS_TYPES = {"del_follow_user": "by_customer", "del_external_contact": "by_staff", "transfer": "transfer"}
PROFILE = ("gender", "province", "city", "occupation", "marital_status", "member_level", "source_channel")
NEW_PRODUCT_DAYS = 30


@dataclass
class Order:
    """An order of a known customer, in the base currency; `refunds` are (date, goods paid back so far, capped)."""

    day: date
    hour: int
    is_valid: bool
    channel: str | None
    amount: Decimal
    payable: Decimal
    has_coupon: bool
    has_promotion: bool
    items: list[dict]
    refunds: list[tuple[date, Decimal]]

    @property
    def reduction(self) -> Decimal:
        return self.amount - self.payable

    @property
    def has_new_product(self) -> bool:
        launches = [item["launched"] for item in self.items if item["launched"] is not None]
        return any(0 <= (self.day - launched).days < NEW_PRODUCT_DAYS for launched in launches)

    def refunded(self, at: date) -> Decimal:
        return max((amount for day, amount in self.refunds if day <= at), default=Decimal(0))

    def is_purchase(self, at: date) -> bool:
        return self.is_valid and self.day <= at and (self.payable == 0 or self.refunded(at) < self.payable)


@dataclass
class Person:
    """Everything that is known of one resolved customer."""

    orders: list[Order] = field(default_factory=list)
    touches: list[dict] = field(default_factory=list)
    contacts: list[dict] = field(default_factory=list)
    joins: list[dict] = field(default_factory=list)
    registrations: list[dict] = field(default_factory=list)
    known: list[date] = field(default_factory=list)


def as_of_dates(newest: date, months: int = 12) -> list[date]:
    """Return the newest date and the month-ends before its own month end."""
    dates = [newest]
    day = newest.replace(day=1)
    for _ in range(months):
        dates.append(day - timedelta(days=1))
        day = dates[-1].replace(day=1)
    return sorted(dates)


def customer_tags(
    tables: dict[str, list[dict]],
    as_of_date: date | None = None,
    *,
    max_customers: int = 3,
    timezone: str = "Asia/Shanghai",
    months: int = 12,
    earliest: date = date(2000, 1, 1),
) -> pd.DataFrame:
    """Return one row per customer known at each as-of date, every tag as a column."""
    newest = as_of_date or newest_date_of(tables, timezone)
    people = gather(tables, newest, max_customers, timezone, earliest)
    seeds = {name: _seed(name) for name in ("age_bands", "price_bands", "city_tiers", "hour_bands")}
    rows = []
    for customer_id, person in people.items():
        for at in as_of_dates(newest, months):
            if person.known and min(person.known) <= at:
                tags = {**_facts(person, at, seeds), **_consumption(person, at, seeds), **_interaction(person, at)}
                tags.update(_both(tags))
                rows.append({"customer_id": customer_id, "as_of_date": at, "is_current": at == newest, **tags})
    return pd.DataFrame(rows, dtype=object)


def gather(tables, newest: date, max_customers: int, timezone: str, earliest: date) -> dict[str, Person]:
    """Sort the raw rows up to the newest date to the people they belong to."""

    def day_of(moment):
        return business_date(moment, timezone)

    def rows(table, column):
        return [row for row in tables.get(table, []) if row[column] is None or day_of(row[column]) <= newest]

    identity = People(tables, newest, max_customers, timezone)
    classes = {row["event_type"]: row["touch_class"] for row in _seed("touchpoint_types")}
    people: dict[str, Person] = defaultdict(Person)
    for order in _orders(tables, rows, day_of, timezone, newest):
        customer_id = identity.of_customer(order[0])
        if customer_id is not None:
            people[customer_id].orders.append(order[1])
            people[customer_id].known.append(order[1].day)
    for row in rows("touchpoints", "occurred_at"):
        customer_id = identity.of(identifiers_of("touchpoints", row))
        if customer_id is not None:
            day = day_of(row["occurred_at"])
            people[customer_id].touches.append({**row, "day": day, "class": classes[row["event_type"]]})
            people[customer_id].known.append(day)
    for row in spells(rows("wecom_contacts", "createtime")):
        customer_id = identity.of([("external_userid", row["external_userid"]), ("unionid", row["unionid"])])
        if customer_id is not None:
            days = {"added": day_of(row["createtime"]), "lost": day_of(row["lost_at"]), "ended": day_of(row["ended_at"])}
            people[customer_id].contacts.append({**row, **days})
            people[customer_id].known += [day for day in days.values() if day is not None]
    for row in rows("wecom_group_members", "join_time"):
        if row["type"] == 2:
            customer_id = identity.of([("external_userid", row["userid"]), ("unionid", row["unionid"])])
            if customer_id is not None:
                people[customer_id].joins.append({"chat_id": row["chat_id"], "day": day_of(row["join_time"])})
                quit_day = _ended(row["join_time"], row["quit_time"], day_of)
                people[customer_id].known += [day_of(row["join_time"])] + ([] if quit_day is None else [quit_day])
    for row in rows("customers", "registered_at"):
        person = people[identity.of_customer(row["customer_id"])]
        person.registrations.append({**row, "day": day_of(row["registered_at"])})
    for person in people.values():
        if person.registrations:
            days = [row["day"] for row in person.registrations if row["day"] is not None]
            person.known.append(min(days, default=earliest))
    for table, column in (("campaign_members", "assigned_at"), ("manual_tags", "tagged_at")):
        for row in rows(table, column):
            people[identity.of_customer(row["customer_id"])].known.append(day_of(row[column]) or earliest)
    return people


def _ended(begun: datetime, ended: datetime | None, day_of) -> date | None:
    """Return the day something ended; an end before the beginning says nothing about it."""
    return None if ended is None or ended < begun else day_of(ended)


def _orders(tables, rows, day_of, timezone, newest) -> Iterable[tuple[str | None, Order]]:
    products = {row["sku_id"]: row for row in tables.get("products", [])}
    promotions = {row["campaign_id"] for row in tables.get("campaigns", []) if row["campaign_kind"] == "promotion"}
    items, refunds = defaultdict(list), defaultdict(list)
    for row in tables.get("order_items", []):
        if row["quantity"] > 0:
            product = products.get(row["sku_id"], {})
            features = {name: product.get(name) for name in ("category", "style", "colour", "size")}
            launched = day_of(product.get("launched_at"))
            item = {**features, "sku_id": row["sku_id"], "quantity": row["quantity"], "launched": launched}
            items[row["order_id"]].append(item)
    for row in rows("refunds", "refunded_at"):
        refunds[row["order_id"]].append((day_of(row["refunded_at"]), row))
    dated = [(day_of(row["ordered_at"]), row) for row in rows("orders", "ordered_at")]
    money = Money(dated, [row for row in tables.get("exchange_rates", []) if row["rate_date"] <= newest])
    for day, row in dated:
        channel = row["channel"] if row["channel"] is None or row["channel"] in CHANNELS else "other"
        yield (
            row["customer_id"],
            Order(
                day=day,
                hour=business_time(row["ordered_at"], timezone).hour,
                is_valid=row["paid_at"] is not None and row["status"] not in NOT_VALID,
                channel=channel,
                amount=money.of(row["order_amount"], row, day),
                payable=money.of(money.payable(row), row, day),
                has_coupon=(row["coupon_amount"] or 0) > 0 or row["coupon_code"] is not None,
                has_promotion=(row["discount_amount"] or 0) > 0 or row["campaign_id"] in promotions,
                items=items[row["order_id"]],
                refunds=money.refunds(row, day, refunds[row["order_id"]]),
            ),
        )


def _facts(person: Person, at: date, seeds) -> dict:
    days = [row["day"] for row in person.registrations if row["day"] is not None]
    registered = min(days, default=None)
    shown = sorted(person.registrations, key=lambda row: row["customer_id"])
    if registered is not None and registered > at:
        shown = []
    tags = {name: next((row[name] for row in shown if row[name] is not None), None) for name in (*PROFILE, "birth_date")}
    if tags["gender"] is not None and tags["gender"] not in GENDERS:
        tags["gender"] = "other"
    born = tags.pop("birth_date")
    age = None if born is None else at.year - born.year - ((at.month, at.day) < (born.month, born.day))
    tags["age"] = age if age is not None and 0 <= age <= 120 else None
    tags["next_birthday_date"] = None if tags["age"] is None else _next_birthday(born, at)
    tags["age_band"] = _band(seeds["age_bands"], tags["age"], "age_band", "min_age", "max_age", inclusive=True)
    tiers = {row["city"]: row["city_tier"] for row in seeds["city_tiers"]}
    tags["city_tier"] = tiers.get(tags["city"])
    tags["registered_date"] = registered if shown else None
    followers = [row["followers_count"] for row in shown if row["followers_count"] is not None]
    tags["followers_count"] = max(followers, default=None)
    return {**tags, **_contact_facts(person, at)}


def _next_birthday(born: date, at: date) -> date:
    """The first day after `at` with the month and day of `born`; who was born on 29 February has the 28th in years without one."""
    for year in (at.year, at.year + 1):
        leap = year % 4 == 0 and (year % 100 != 0 or year % 400 == 0)
        birthday = date(year, born.month, 28 if (born.month, born.day) == (2, 29) and not leap else born.day)
        if birthday > at:
            break
    return birthday


def _contact_facts(person: Person, at: date) -> dict:
    added = [row for row in person.contacts if row["added"] <= at]
    lost = [row for row in person.contacts if row["lost"] is not None and row["lost"] <= at]
    staff_count = len({row["userid"] for row in added if row["ended"] is None or row["ended"] > at})
    really_lost = [(row["deleted_at"], LOSS_TYPES.get(row["delete_type"], "unknown"), row["lost"]) for row in lost]
    really_lost = [loss for loss in really_lost if loss[1] != "transfer"]
    last_loss = max(really_lost, default=None) if staff_count == 0 else None
    states = [(row["createtime"], row["state"]) for row in added if row["state"] is not None]
    joins = [row for row in person.joins if row["day"] <= at]
    firsts = [row["day"] for row in joins] + [row["added"] for row in added]
    firsts += [row["day"] for row in person.touches if row["day"] <= at]
    return {
        "is_wecom_contact": staff_count > 0,
        "wecom_staff_count": staff_count,
        "wecom_added_date": min((row["added"] for row in added), default=None),
        "wecom_lost_date": last_loss[2] if last_loss else None,
        "loss_type": last_loss[1] if last_loss else None,
        "channel_state": min(states)[1] if states else None,
        "groups_joined_count": len({row["chat_id"] for row in joins}),
        "first_touch_date": min(firsts, default=None),
    }


def _consumption(person: Person, at: date, seeds) -> dict:
    bought = [order for order in person.orders if order.is_purchase(at)]
    count = len(bought)
    days = sorted({order.day for order in bought})
    gaps = [(later - earlier).days for earlier, later in zip(days, days[1:], strict=False)]
    median = float(statistics.median(gaps)) if gaps else None
    due = days[-1] + timedelta(days=floor(median + 0.5)) if gaps else None
    net = [order.payable - order.refunded(at) for order in bought]
    items = [item for order in bought for item in order.items]
    items_count = sum(item["quantity"] for item in items)
    payable = sum((order.payable for order in bought), Decimal(0))
    unit_price = payable / items_count if items_count else None
    tags = {
        "first_order_date": days[0] if days else None,
        "last_order_date": days[-1] if days else None,
        "previous_order_date": days[-2] if gaps else None,
        "orders_count": count,
        "net_amount": sum(net, Decimal(0)),
        "days_since_last_order": (at - days[-1]).days if days else None,
        "days_since_first_order": (at - days[0]).days if days else None,
        "average_order_amount": _share(sum(net), count),
        "repurchase_count": max(count - 1, 0),
        "median_days_between_orders": median,
        "next_order_due_date": due,
        "is_due_to_repurchase": due is not None and due <= at,
        "items_count": items_count,
        "refund_rate": _refund_rate(person, at, count),
        "discount_share": _share(sum(order.reduction for order in bought), sum(order.amount for order in bought)),
        "coupon_order_share": _share(sum(order.has_coupon for order in bought), count),
        "promotion_order_share": _share(sum(order.has_promotion for order in bought), count),
        "new_product_order_share": _share(sum(order.has_new_product for order in bought), count),
        "price_band": _band(seeds["price_bands"], unit_price, "price_band", "min_price", "max_price"),
    }
    for window in (30, 90, 365):
        recent = [index for index, order in enumerate(bought) if order.day > at - timedelta(days=window)]
        tags[f"orders_count_{window}d"] = len(recent)
        tags[f"net_amount_{window}d"] = sum((net[index] for index in recent), Decimal(0))
    hours = {int(row["hour_of_day"]): row["hour_band"] for row in seeds["hour_bands"]}
    for name in ("category", "style", "colour", "size"):
        times = _totals((item[name], item["quantity"]) for item in items)
        tags[f"favourite_{name}"], tags[f"favourite_{name}_share"] = _favourite(times, items_count)
    times = _totals((item["sku_id"], item["quantity"]) for item in items)
    tags["habitual_sku_id"], tags["habitual_sku_share"] = _favourite(times, items_count)
    channels = _totals((order.channel, 1) for order in bought)
    tags["preferred_channel"], tags["preferred_channel_share"] = _favourite(channels, count)
    bands = _totals((hours[order.hour], 1) for order in bought)
    tags["preferred_hour_band"], tags["preferred_hour_band_share"] = _favourite(bands, count)
    return tags


def _refund_rate(person: Person, at: date, orders_count: int) -> float | None:
    valid = [order for order in person.orders if order.is_valid and order.day <= at]
    refunded = sum((order.refunded(at) for order in valid), Decimal(0))
    if refunded > 0:
        return _share(refunded, sum(order.payable for order in valid))
    return 0.0 if orders_count > 0 else None


def _interaction(person: Person, at: date) -> dict:
    touches = [row for row in person.touches if row["day"] <= at]
    active = {row["day"] for row in touches if row["class"] in ("active", "advocacy")}
    active |= {order.day for order in person.orders if order.day <= at}

    def within(days, day):
        return day > at - timedelta(days=days)

    def count(window=None, **wanted):
        return sum(1 for row in touches if (window is None or within(window, row["day"])) and all(row[name] == value for name, value in wanted.items()))

    tags = {f"active_days_{window}d": sum(1 for day in active if within(window, day)) for window in (7, 15, 30)}
    return {
        **tags,
        "last_active_date": max(active, default=None),
        "last_passive_touch_date": max((row["day"] for row in touches if row["class"] == "passive"), default=None),
        "last_active_touch_date": max((row["day"] for row in touches if row["class"] == "active"), default=None),
        "last_advocacy_date": max((row["day"] for row in touches if row["class"] == "advocacy"), default=None),
        "days_since_last_active": (at - max(active)).days if active else None,
        "passive_touch_count_15d": count(15, **{"class": "passive"}),
        "active_touch_count_15d": count(15, **{"class": "active"}),
        "product_views_30d": count(30, event_type="product_view"),
        "product_views_90d": count(90, event_type="product_view"),
        "carts_30d": count(30, event_type="add_to_cart"),
        "favourites_30d": count(30, event_type="favourite"),
        "coupons_claimed_30d": count(30, event_type="coupon_claim"),
        "articles_read_30d": count(30, event_type="article_read"),
        "dwell_seconds_30d": sum(row["duration_seconds"] or 0 for row in touches if within(30, row["day"])),
        "messages_delivered_30d": count(30, event_type="message_delivered"),
        "messages_opened_30d": count(30, event_type="message_opened"),
        "messages_clicked_30d": count(30, event_type="message_clicked"),
        "follows_account": count(event_type="follow_account") > 0,
        "reviews_count": count(event_type="review"),
        "shares_count": count(event_type="share"),
        "referrals_count": count(event_type="referral"),
        "ugc_count": count(event_type="ugc_post"),
        "group_messages_30d": sum(
            1
            for row in touches
            if row["event_type"] == "message_sent" and within(30, row["day"]) and (row["chat_id"] is not None or row["touchpoint"] == "community")
        ),
    }


def _both(tags: dict) -> dict:
    """Return the tags that need orders and touches together."""
    touched, ordered = tags["first_touch_date"], tags["first_order_date"]
    views = tags["product_views_90d"]
    return {
        "days_to_first_order": (ordered - touched).days if touched and ordered and touched <= ordered else None,
        "product_view_to_order_rate_90d": min(1.0, tags["orders_count_90d"] / views) if views else None,
    }


def _totals(pairs: Iterable[tuple[str | None, int]]) -> Counter:
    totals = Counter()
    for value, times in pairs:
        if value is not None:
            totals[value] += times
    return totals


def _favourite(times: Counter, choices: int) -> tuple[str | None, float | None]:
    if not times:
        return None, None
    most = max(times.values())
    return min(value for value, count in times.items() if count == most), most / (choices + 1)


def _share(part, whole) -> float | None:
    return float(part) / float(whole) if whole else None


def _band(bands: list[dict], value, name: str, low: str, high: str, *, inclusive: bool = False) -> str | None:
    """Return the band with low <= value < high (<= high when inclusive); an empty high is open."""
    if value is None:
        return None
    for band in bands:
        top = Decimal(band[high]) if band[high] else None
        if Decimal(band[low]) <= value and (top is None or value < top or (inclusive and value == top)):
            return band[name]
    return None


def _seed(name: str) -> list[dict]:
    with (SEEDS / f"{name}.csv").open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))
