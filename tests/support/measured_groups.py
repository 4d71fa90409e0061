"""Groups a day, how long they and their members last, and what they do by month, counted row by row from what is staged."""

from __future__ import annotations

from collections import Counter, defaultdict
from dataclasses import dataclass
from datetime import date, datetime

from measured_contacts import Brand, days_between
from reference import business_date

SCENES = {1: "invited", 2: "link", 3: "qr_code"}
QUITS = {0: "by_member", 1: "removed"}


@dataclass
class Membership:
    """Somebody outside the company in a group, from the join to the end."""

    chat_id: str
    member_id: str
    joined_date: date
    scene: str
    customer_id: str | None
    ended_date: date | None = None
    end_kind: str | None = None


def chats_of(brand: Brand) -> dict[str, dict]:
    """Return the groups there by the newest date: kind, created and dismissed_at."""
    firsts: dict[str, date] = {}
    for row in brand.rows("staging.stg_wecom_group_members"):
        if brand.is_seen(row["join_time"]):
            firsts[row["chat_id"]] = min(firsts.get(row["chat_id"], date.max), row["joined_date"])
    listed = {row["chat_id"]: row for row in brand.rows("staging.stg_wecom_group_chats")}
    chats = {}
    for chat_id in firsts.keys() | listed.keys():
        row = listed.get(chat_id, {})
        created = min(filter(None, [row.get("created_date"), firsts.get(chat_id)]), default=None)
        dismissed = row.get("dismissed_at")
        if created is None or created > brand.newest:
            continue
        is_over = brand.is_seen(dismissed) and business_date(dismissed) >= created
        chats[chat_id] = {"kind": row.get("group_kind") or "unknown", "created": created, "dismissed_at": dismissed if is_over else None}
    return chats


def memberships(brand: Brand, chats: dict[str, dict]) -> list[Membership]:
    joins = defaultdict(list)
    for row in brand.rows("staging.stg_wecom_group_members"):
        if row["type"] == 2 and row["chat_id"] in chats:
            joins[row["chat_id"], row["userid"]].append(row)
    found: list[Membership] = []
    for (chat_id, member_id), rows in joins.items():
        goes_on = False
        rows.sort(key=lambda row: row["join_time"])
        for row, following in zip(rows, [*rows[1:], None], strict=True):
            if not brand.is_seen(row["join_time"]):
                continue
            person = brand.person(member_id, row["unionid"])
            if not goes_on:
                found.append(Membership(chat_id, member_id, row["joined_date"], SCENES.get(row["join_scene"], "unknown"), person))
            found[-1].customer_id = max(filter(None, [found[-1].customer_id, person]), default=None)
            kind, at = _end(row, following["join_time"] if following else None, chats[chat_id]["dismissed_at"])
            goes_on = kind == "rejoined" and brand.is_seen(at)
            if brand.is_seen(at) and kind != "rejoined":
                found[-1].end_kind, found[-1].ended_date = kind, business_date(at)
    return found


def _end(row: dict, again: datetime | None, dismissed: datetime | None) -> tuple[str | None, datetime | None]:
    """Return the first of what can end a membership; of two at one moment a quit comes first, then a new join."""
    quit_at = row["quit_time"]
    ends = []
    if quit_at is not None and quit_at >= row["join_time"] and (again is None or quit_at <= again):
        ends.append((quit_at, 0, QUITS.get(row["quit_scene"], "unknown")))
    elif again is not None:
        ends.append((again, 1, "rejoined"))
    if dismissed is not None:
        ends.append((max(dismissed, row["join_time"]), 2, "dismissed"))
    return (min(ends)[2], min(ends)[0]) if ends else (None, None)


def daily_groups(brand: Brand, chats: dict[str, dict], members: list[Membership]) -> dict[tuple, dict]:
    """Return the columns of daily_groups by (day, level, kind, chat), counted from day to day."""
    events = defaultdict(list)

    def happens(chat_id: str, day: date, kind: str) -> None:
        for place in (("all", "all", "all"), ("kind", chats[chat_id]["kind"], "all"), ("chat", chats[chat_id]["kind"], chat_id)):
            events[place].append((day, kind))

    for chat_id, chat in chats.items():
        happens(chat_id, chat["created"], "groups_created_count")
        if chat["dismissed_at"]:
            happens(chat_id, business_date(chat["dismissed_at"]), "groups_dismissed_count")
    for member in members:
        happens(member.chat_id, member.joined_date, JOINS[member.scene])
        if member.end_kind:
            happens(member.chat_id, member.ended_date, LEAVES[member.end_kind])
    found = {}
    for place, happened in events.items():
        total = groups = 0
        counts = Counter(happened)
        for day in days_between(min(day for day, _ in happened), brand.newest):
            row = {column: counts[day, column] for column in [*JOINS.values(), *LEAVES.values(), "groups_created_count", "groups_dismissed_count"]}
            row["joined_count"] = sum(row[column] for column in JOINS.values())
            row["quit_count"] = sum(row[column] for column in LEAVES.values()) - row["left_with_group_count"]
            row["lost_count"] = row["quit_count"] + row["left_with_group_count"]
            row["net_count"] = row["joined_count"] - row["lost_count"]
            total += row["net_count"]
            groups += row["groups_created_count"] - row["groups_dismissed_count"]
            found[(day, *place)] = {**row, "total_count": total, "groups_count": groups}
    return found


JOINS = {
    "invited": "joined_invited_count",
    "link": "joined_by_link_count",
    "qr_code": "joined_by_qr_code_count",
    "unknown": "joined_unknown_count",
}
LEAVES = {"by_member": "quit_by_member_count", "removed": "removed_count", "unknown": "quit_unknown_count", "dismissed": "left_with_group_count"}


def lives(brand: Brand, chats: dict[str, dict], members: list[Membership]) -> dict[str, list[tuple[str, int, bool]]]:
    """Return (kind of group, days lived, is over) of every group and every membership."""
    found: dict[str, list] = {"group": [], "member": []}
    for chat in chats.values():
        ended = business_date(chat["dismissed_at"])
        found["group"].append((chat["kind"], ((ended or brand.newest) - chat["created"]).days, ended is not None))
    for member in members:
        days = ((member.ended_date or brand.newest) - member.joined_date).days
        found["member"].append((chats[member.chat_id]["kind"], days, member.end_kind not in (None, "dismissed")))
    return found


def group_activity(brand: Brand, chats: dict[str, dict], members: list[Membership], bought: dict[tuple, tuple]) -> dict[tuple, dict]:
    """Return counts of group_activity by (as-of date, chat); `bought`: (as-of date, customer) -> (orders, amount) of the month."""
    sent = [touch for touch in brand.rows("intermediate.int_touchpoints__unified") if touch["event_type"] == "message_sent" and touch["chat_id"]]
    found = {}
    for day in brand.dates:
        inside = defaultdict(list)
        for member in members:
            if member.joined_date <= day and (member.ended_date is None or member.ended_date > day):
                inside[member.chat_id].append(member.customer_id)
        for chat_id, chat in chats.items():
            if chat["created"] > day:
                continue
            talk = [touch["customer_id"] for touch in sent if touch["chat_id"] == chat_id and day.replace(day=1) <= touch["occurred_date"] <= day]
            people = set(inside[chat_id]) - {None}
            orders = [bought[day, person] for person in people if (day, person) in bought]
            found[day, chat_id] = {
                "members_count": len(inside[chat_id]), "customers_count": len(people), "active_customers_count": len(people & set(talk)),
                "messages_count": len(talk), "buyers_count": sum(count > 0 for count, _ in orders),
                "month_orders_count": sum(count for count, _ in orders), "month_net_amount": sum(amount for _, amount in orders),
            }  # fmt: skip
    return found
