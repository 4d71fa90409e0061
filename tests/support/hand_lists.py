"""A small database by hand, with what `tagmart export lists` reads."""

from __future__ import annotations

import datetime as dt
from pathlib import Path

import duckdb

TODAY = dt.date(2025, 6, 30)
WITH_CAPACITY = ("next_best_action", "touch_calendar")
MORE = {"touch_calendar": "due_date date", "birthday_and_anniversary": "occasion varchar"}  # what tells their rows apart besides the customer
LISTS = ("next_best_action", "touch_calendar", "recall_list", "lost_contacts", "repurchase_due", "birthday_and_anniversary", "research_pool")


def row(customer: str, channel: str | None = "sms", **given) -> dict:
    """Return a row of a list: usable over text messages, unless told."""
    return {
        "customer_id": customer, "as_of_date": TODAY, "reason_zh": "末单距今三天。", "value_at_stake": 12.5, "channel": channel,
        "blocked_reason": None, "is_over_cap": False, "is_usable": True, **given,
    }  # fmt: skip


# Of nine rows three go out: a1, b1 and e1.
RECALLED = [
    row("c1", None, blocked_reason="complaint", is_usable=False),
    row("b1", reason_zh='他说："贵，\n再看看"'),
    row("c2", None, blocked_reason="complaint", is_usable=False),
    row("d1", is_over_cap=True, is_usable=False),
    row("e1", "wecom_chat"),
    row("f1", is_usable=None),
    row("a1", value_at_stake=None),
    row("g1", "email"),  # the list says usable, and contact_permissions no longer
    row("h1"),  # nor does it know this customer: deleted since
]
PERMISSIONS = [(customer, channel, channel != "email") for customer in ("a1", "b1", "d1", "e1", "f1", "g1") for channel in ("sms", "wecom_chat", "email")]
IDENTITY = [
    ("phone_hash", "f00d", "b1"), ("phone_hash", "beef", "b1"), ("phone_hash", "cafe", "a1"), ("phone_hash", "dead", "c1"),
    ("openid", "oA", "e1"), ("device_id", "dev1", "a1"), ("customer_id", "a1", "a1"),
]  # fmt: skip


def hand_made(path: Path, rows: dict[str, list[dict]] | None = None, *, without: str = "", column: str = "") -> Path:
    """Write a database with these rows by list, without one table (schema.name); `column` gives recall_list one more, `name varchar`."""
    rows = {"recall_list": RECALLED} if rows is None else rows
    with duckdb.connect(str(path)) as con:
        con.execute("create schema activation; create schema intermediate")
        con.execute("create table intermediate.int_as_of_dates (as_of_date date, is_current boolean)")
        con.execute("insert into intermediate.int_as_of_dates values (?, true), (?, false)", [TODAY, dt.date(2025, 5, 31)])
        con.execute("create table activation.contact_permissions (customer_id varchar, channel varchar, is_allowed boolean)")
        con.executemany("insert into activation.contact_permissions values (?, ?, ?)", PERMISSIONS)
        con.execute("create table intermediate.int_identity__resolved (identifier_type varchar, identifier varchar, customer_id varchar)")
        con.executemany("insert into intermediate.int_identity__resolved values (?, ?, ?)", IDENTITY)
        for name in LISTS:
            capacity = ", is_over_staff_capacity boolean" if name in WITH_CAPACITY else ""
            more = ", ".join(["", *filter(None, [MORE.get(name), column if name == "recall_list" else ""])])
            con.execute(
                f"create table activation.{name} (customer_id varchar, as_of_date date, reason_zh varchar, value_at_stake double, channel varchar, "
                f"blocked_reason varchar, is_over_cap boolean, is_usable boolean{capacity}{more})"
            )
            for each in rows.get(name, []):
                con.execute(f"insert into activation.{name} ({', '.join(each)}) values ({', '.join('?' * len(each))})", list(each.values()))
        if without:
            con.execute(f"drop table {without}")
    return path
