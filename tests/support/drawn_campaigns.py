"""Campaigns for a random brand: large, small and odd ones, months of a hold-out from everything, lists with twins and lists that never were."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime, timedelta
from random import Random

from tagmart.contract import raw_contract

ACTIONS = ["general_keep_reminder", "general_keep_tips", "general_win_back_digest", "loyal_referral", "prospect_welcome", "article_17"]
SHARES = {"even": 0.5, "skewed": 0.5, "most": 0.8, "broken": 0.5, "late": 0.5, "open": 0.6, "alone": 1.0, "unfounded": 0.5, "hold": 0.7, "hold_again": 0.5}


def with_campaigns(tables: dict[str, list[dict]], seed: int, newest: datetime) -> dict[str, list[dict]]:
    """Return the brand with other campaigns, members of them, and touches that campaigns made."""
    random = Random(f"campaigns {seed}")
    people = sorted({row["customer_id"] for table in ("customers", "orders") for row in tables[table] if row["customer_id"]})
    campaigns = list(_campaigns(random, newest))
    buyers = {row["customer_id"] for row in tables["orders"] if row["paid_at"]}
    members = list(_members(random, people, buyers, {row["campaign_id"]: row for row in campaigns}, newest))
    touches = [*tables["touchpoints"], *_touches(random, people, newest)]
    for touch in touches:
        if random.random() < 0.4:
            touch |= {"campaign_id": random.choice([*SHARES, "unlisted"]), "content_id": random.choice([*ACTIONS, None])}
    return {**tables, "campaigns": campaigns, "campaign_members": members, "touchpoints": touches}


def _row(table: str, **values) -> dict:
    return dict.fromkeys(raw_contract()[table]["columns"]) | values


def _campaigns(random: Random, newest: datetime) -> Iterator[dict]:
    """`unfounded` has members and no campaign, `unlisted` a campaign and no members; `late` still runs; `broken` ends before it starts."""
    for campaign_id in [*SHARES, "unlisted", "empty"]:
        days = random.choice([60, 100, 200, 330, 480])
        starts = newest - timedelta(days=5 if campaign_id == "late" else days)
        ends = starts + timedelta(days=random.choice([0, 20, 45, 55]))
        if campaign_id.startswith("hold"):
            starts, ends = random.choice([(None, None), (newest - timedelta(days=150), newest - timedelta(days=40))])
        ends = {"open": None, "broken": starts and starts - timedelta(days=3), "late": newest + timedelta(days=1)}.get(campaign_id, ends)
        if campaign_id != "unfounded":
            kind = "global" if campaign_id.startswith("hold") else random.choice(["promotion", "recall", None])
            where = random.choice(["sms", "wecom_chat", None])
            yield _row(
                "campaigns", campaign_id=campaign_id, campaign_name=campaign_id.title(), campaign_kind=kind, starts_at=starts, ends_at=ends, touchpoint=where
            )


def _members(random: Random, people: list[str], buyers: set[str], campaigns: dict[str, dict], newest: datetime) -> Iterator[dict]:
    for campaign_id, share in SHARES.items():
        starts = campaigns.get(campaign_id, campaigns["even"])["starts_at"] or campaigns["even"]["starts_at"]
        for customer_id in people:
            if random.random() < 0.9:
                drawn = share if campaign_id != "skewed" else 0.7 if customer_id in buyers else 0.3
                variant = "treatment" if random.random() < drawn else "holdout"
                assigned = random.choice([starts - timedelta(days=1)] * 8 + [None, min(newest, starts + timedelta(days=random.randrange(40)))])
                status = random.choice([0, 1, 1, 2, 3, 7, None])
                yield _row("campaign_members", campaign_id=campaign_id, customer_id=customer_id, variant=variant, assigned_at=assigned, sent_status=status)


def _touches(random: Random, people: list[str], newest: datetime) -> Iterator[dict]:
    for number in range(600):
        yield _row(
            "touchpoints",
            event_id=f"sent_{number}",
            customer_id=random.choice([*people, None]),
            occurred_at=newest - timedelta(days=random.randrange(400)),
            event_type=random.choice(["message_delivered", "message_delivered", "moments_shown", "message_opened", "message_clicked"]),
            touchpoint=random.choice(["sms", "wecom_chat", "moments", None]),
        )
