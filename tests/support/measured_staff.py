"""What members of staff and inviters bring about, counted customer by customer from what is staged."""

from __future__ import annotations

from collections import defaultdict
from datetime import date, datetime
from decimal import Decimal

from measured_contacts import Brand, Relation
from reference import business_date

LATEST = datetime(9999, 1, 1)


def month_purchases(brand: Brand) -> dict[tuple, tuple]:
    """Return (orders, net amount) by (as-of date, customer or None) of the month of each as-of date, as known on it."""
    refunds = defaultdict(list)
    for refund in brand.rows("intermediate.int_refunds__dated"):
        refunds[refund["order_id"]].append(refund)
    found: dict[tuple, tuple] = {}
    for order in brand.rows("intermediate.int_orders__validated"):
        for day in brand.dates:
            if order["is_valid"] and day.replace(day=1) <= order["ordered_date"] <= day:
                back = sum((refund["refund_amount"] for refund in refunds[order["order_id"]] if refund["refunded_date"] <= day), Decimal(0))
                is_undone = back >= order["payable_amount"] > 0
                orders, amount = found.get((day, order["customer_id"]), (0, Decimal(0)))
                found[day, order["customer_id"]] = (orders + (not is_undone), amount + order["payable_amount"] - back)
    return found


def holders(brand: Brand) -> dict[tuple, str]:
    """Return the member of staff whom a customer counts for, by (as-of date, customer): spell by spell, as activation has its senders."""
    left = {row["userid"]: business_date(row["left_at"]) for row in brand.rows("staging.stg_staff")}
    chats = defaultdict(list)
    for touch in brand.rows("intermediate.int_touchpoints__unified"):
        if touch["touchpoint"] == "wecom_chat" and touch["staff_userid"] and touch["customer_id"]:
            chats[touch["customer_id"], touch["staff_userid"]].append(touch)
    spells = brand.rows("intermediate.int_contact_spells__dated")
    found = {}
    for day in brand.dates:
        candidates = defaultdict(list)
        for spell in spells:
            person, userid = spell["customer_id"], spell["userid"]
            is_open = spell["begun_date"] <= day and (spell["ended_date"] is None or spell["ended_date"] > day)
            if person and is_open and not (left.get(userid) and left[userid] <= day):
                last = max((touch["occurred_at"] for touch in chats[person, userid] if touch["occurred_date"] <= day), default=datetime.min)
                candidates[person].append((LATEST - last, LATEST.date() - spell["begun_date"], userid))
        found |= {(day, person): min(rows)[2] for person, rows in candidates.items()}
    return found


def staff_performance(brand: Brand, runs: list[Relation], bought: dict[tuple, tuple]) -> dict[tuple, dict]:
    """Return the counts of staff_performance by (as-of date, kind of holder, userid), for whom there is anything to count."""
    held_by = holders(brand)
    at_risk = {(row["as_of_date"], row["customer_id"]): row["segment_code"] in ("declining", "lost") for row in brand.rows("segments.segment_lifecycle")}
    found: dict[tuple, dict] = defaultdict(lambda: defaultdict(int))
    for day, person in at_risk:
        userid = held_by.get((day, person))
        row = found[(day, "staff", userid) if userid else (day, "unassigned", "unassigned")]
        orders, amount = bought.get((day, person), (0, 0))
        row["customers_count"] += 1
        row["at_risk_count"] += at_risk[day, person]
        row["buyers_count"] += orders > 0
        row["month_orders_count"] += orders
        row["month_net_amount"] += amount
    for (day, person), (orders, amount) in bought.items():
        if person is None:
            found[day, "anonymous", "anonymous"] |= {"month_orders_count": orders, "month_net_amount": amount}
    for run in runs:
        begun, ended = business_date(run.begun_at), business_date(run.ended_at)
        for day in (day for day in brand.dates if begun <= day):
            row = found[day, "staff", run.userid]
            row["contacts_count"] += ended is None or ended > day
            _in_month(row, day, begun, "new_contacts_count" if run.begin_kind == "new" else "transferred_in_count")
            if ended:
                _in_month(row, day, ended, "transferred_out_count" if run.end_kind == "transfer" else "lost_contacts_count")
    return found


def _in_month(row: dict, day: date, happened: date, column: str) -> None:
    row[column] += day.replace(day=1) <= happened <= day


def talks(brand: Brand) -> dict[tuple, dict]:
    """Return chats, messages and the reply rate by (as-of date, userid) from WeCom's daily rows."""
    found: dict[tuple, dict] = {}
    for day in brand.dates:
        rows = defaultdict(list)
        for row in brand.rows("staging.stg_wecom_staff_daily"):
            if day.replace(day=1) <= row["stat_date"] <= day:
                rows[row["userid"]].append(row)
        for userid, days in rows.items():
            rated = [(row["reply_percentage"], row["chat_cnt"] or 0) for row in days if row["reply_percentage"] is not None]
            chats = sum(number for _, number in rated)
            found[day, userid] = {
                "chats_count": sum(row["chat_cnt"] or 0 for row in days), "messages_count": sum(row["message_cnt"] or 0 for row in days),
                "reply_rate": sum(rate / 100 * number for rate, number in rated) / chats if chats else None,
            }  # fmt: skip
    return found


def referral_performance(brand: Brand) -> dict[tuple, dict]:
    """Return the counts of referral_performance by (as-of date, kind of inviter, inviter), from registrations and joins."""
    brought: dict[str, tuple] = {}
    for offer in sorted(_invitations(brand)):
        brought.setdefault(offer[2], offer)
    # Of two who name each other the earlier invitation stands.
    for offer in list(brought.values()):
        other = brought.get(offer[4]) if offer[3] == "customer" else None
        if other and other[3] == "customer" and other[4] == offer[2]:
            brought.pop(max(offer, other, key=lambda one: (one[0], one[2]))[2], None)
    found: dict[tuple, dict] = defaultdict(lambda: defaultdict(int))
    for row in brand.rows("tags.customer_tags"):
        offer = brought.get(row["customer_id"])
        inviter = offer[3:5] if offer and offer[0] <= row["as_of_date"] else ("nobody", "nobody")
        line = found[(row["as_of_date"], *inviter)]
        line["invited_count"] += 1
        line["bought_count"] += row["orders_count"] > 0
        line["orders_count"] += row["orders_count"]
        line["net_amount"] += row["net_amount"]
        line["still_contacts_count"] += row["is_wecom_contact"]
        if row["referrals_count"]:
            found[row["as_of_date"], "customer", row["customer_id"]]["referrals_count"] += row["referrals_count"]
    return found


def _invitations(brand: Brand):
    """Yield (day, rank of the source, invited, kind of inviter, inviter) of who was invited by somebody else who is known."""
    for row in brand.rows("staging.stg_customers"):
        invited, inviter = brand.people.get(("customer_id", row["customer_id"])), brand.people.get(("customer_id", row["referrer_customer_id"]))
        day = row["registered_date"] or date(2000, 1, 1)
        if invited and inviter and invited != inviter and day <= brand.newest:
            yield day, 0, invited, "customer", inviter
    for row in brand.rows("staging.stg_wecom_group_members"):
        invited, by = brand.person(row["userid"], row["unionid"]), row["invitor_userid"]
        if row["type"] == 2 and row["join_scene"] == 1 and by and invited and brand.is_seen(row["join_time"]):
            inviter = brand.people.get(("external_userid", by))
            if inviter != invited:
                yield row["joined_date"], 1, invited, "customer" if inviter else "staff", inviter or by
