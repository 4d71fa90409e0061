"""What a random brand knows of contacting its people: consents, blocks, chats, messages and orders of the last week, actions
taken, prices, plans.

It is drawn by a random number of its own, so that everything else of a brand stays what it was without it.
"""

from __future__ import annotations

import csv
from datetime import date, datetime, timedelta
from decimal import Decimal
from pathlib import Path
from random import Random

SEEDS = Path(__file__).resolve().parents[2] / "seeds"
CHANNELS = ["wecom_chat", "moments", "community", "sms", "phone", "email", "app_push", "official_account", "mini_program", "all", None, "pigeon"]
REASONS = ["complaint", "do_not_contact", "legal", "deceased", "boredom", None]
TOUCHPOINTS = ["wecom_chat", "wecom_chat", "app_push", "sms", "mini_program", "community", "official_account_article", "official_account_menu", "moments"]


def contacts_of_a_brand(maker, people: list[dict], seed: int, words: int = 0) -> None:
    """Add rows to the tables of a brand in the making (brands._Maker), whose people and their rows are there already.

    `words` draws other consents and blocks for the same people: nothing but activation reads them.
    """
    with drawing_from(maker, Random(f"contacts of {seed}")):
        for product in maker.tables["products"]:
            price = maker.pick([None, Decimal(0), Decimal(80), Decimal(100)])
            product.update(list_price=price, unit_cost=maker.pick([None, Decimal(20), Decimal(55), Decimal(95)]))
        for number, category in enumerate(["tea", "cake", "ink", None]):
            maker.add("products", sku_id=f"soon_{number}", product_name="Soon", category=category, launched_at=soon(maker))
        for product in maker.tables["products"]:
            two_equal_lines(maker, product["sku_id"])
        for number in range(3):
            maker.add("campaigns", campaign_id=f"plan_{number}", campaign_kind="promotion", starts_at=soon(maker))
        for number in range(2):
            ends = maker.pick([None, maker.moment(maker.newest), soon(maker)])
            maker.add(
                "campaigns", campaign_id=f"global_{number}", campaign_kind="global", starts_at=maker.pick([None, maker.moment(), soon(maker)]), ends_at=ends
            )
        for userid in ("staff_1", "staff_2"):
            maker.add("staff", userid=userid, persona="coach", left_at=maker.pick([None, maker.moment(maker.newest), soon(maker)]))
        maker.add("wecom_group_chats", chat_id="chat_2", create_time=None, dismissed_at=maker.pick([None, maker.moment(), soon(maker)]))
        actions = [row["action_code"] for row in csv.DictReader((SEEDS / "action_playbook.csv").open(encoding="utf-8"))]
        staff = sorted({row["userid"] for row in maker.tables["wecom_contacts"]})
        for person in people:
            if person["customer_id"] and maker.random.random() < 0.4:
                maker.order(maker.pick(person["customer_id"]), maker.newest - timedelta(days=maker.random.randrange(8)))
            messages(maker, person, actions, staff)
            if person["customer_id"] and maker.random.random() < 0.1:
                maker.add("campaign_members", campaign_id=maker.pick(["global_0", "global_1"]), customer_id=maker.pick(person["customer_id"]),
                          variant=maker.pick(["holdout", "treatment"]), assigned_at=maker.pick([None, maker.moment()]))  # fmt: skip
    with drawing_from(maker, Random(f"words {words} of {seed}")):
        said(maker, people)


def two_equal_lines(maker, sku_id: str) -> None:
    """Somebody who bought a product once, in two lines that nothing tells apart: when the product changes, both must."""
    bought = maker.moment(maker.newest - timedelta(days=40))
    order_id = f"o{next(maker.numbers)}"
    maker.add("orders", order_id=order_id, customer_id=f"pair_{sku_id}", ordered_at=bought, paid_at=bought, status="completed", order_amount=Decimal(20))
    for line in range(2):
        maker.add("order_items", order_id=order_id, line_no=line, sku_id=sku_id, quantity=1, unit_price=Decimal(10))


def said(maker, people: list[dict]) -> None:
    """Consents and blocks of every channel beside those of brands._Maker.permissions, ending around the newest day."""
    for person in people:
        known = [kind for kind in person if person[kind]]
        for _ in range(maker.pick([0, 0, 0, 1, 2])):
            status = maker.pick(["granted", "withdrawn"])
            day = None if maker.odd() else datetime(1999, 9, 9) if maker.odd(0.3) and status == "withdrawn" else maker.moment()
            maker.add("consents", **some(maker, person, known), channel=maker.pick(CHANNELS), status=status, changed_at=day,
                      purpose=maker.pick(["marketing", "marketing", "service", None, "research"]))  # fmt: skip
        for _ in range(maker.pick([0, 0, 0, 0, 1])):
            until = maker.pick([None, maker.day(), *(maker.newest + timedelta(days=days) for days in (-1, 0, 1, 40))])
            maker.add("contact_blocks", **some(maker, person, known), channel=maker.pick(CHANNELS), reason=maker.pick(REASONS), blocked_until=until,
                      blocked_at=None if maker.odd() else maker.moment())  # fmt: skip


def messages(maker, person: dict, actions: list[str], staff: list[str]) -> None:
    """Chats with members of staff, messages around the beginning of this week, and actions of the playbook that were done."""
    known = [kind for kind in person if person[kind]]
    for _ in range(maker.pick([0, 0, 1, 3, 6])):
        day = maker.newest - timedelta(days=maker.random.randrange(8))
        touch(maker, person, known, day, "message_delivered", content_id=maker.pick([None, maker.pick(actions)]))
    for _ in range(maker.pick([0, 1, 2])):
        touch(maker, person, known, maker.day(), "message_sent", "wecom_chat", staff_userid=maker.pick([*staff, None]))
    for _ in range(maker.pick([0, 2, 4])):
        touch(maker, person, known, maker.day(), maker.pick(["message_opened", "message_delivered"]), content_id=maker.pick(actions))


def touch(maker, person: dict, known: list[str], day: date, event_type: str, touchpoint: str | None = None, **more) -> None:
    touchpoint = touchpoint or maker.pick(TOUCHPOINTS)
    seen = some(maker, person, known)
    maker.add("touchpoints", event_id=f"c{next(maker.numbers)}", occurred_at=maker.moment(day), event_type=event_type, touchpoint=touchpoint, **seen, **more)


def some(maker, person: dict, known: list[str]) -> dict:
    kinds = maker.random.sample(known, min(len(known), 2 if maker.odd() else 1))
    return {kind: maker.pick(person[kind]) for kind in kinds}


def soon(maker) -> datetime:
    return maker.moment(maker.newest + timedelta(days=maker.random.randrange(1, 16)))


class drawing_from:
    """Let a maker draw from another random number, and its own again afterwards."""

    def __init__(self, maker, random: Random):
        self.maker, self.random, self.own = maker, random, maker.random

    def __enter__(self) -> None:
        self.maker.random = self.random

    def __exit__(self, *error) -> None:
        self.maker.random = self.own
