"""When people buy: the BG/NBD process, and who is a member of which campaign."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from workshop.sample import calendar, truth
from workshop.sample.columns import Counts, DrawnIds, Frame, Times, words
from workshop.sample.draw import chance, pick, seconds, spread
from workshop.sample.people import People
from workshop.sample.plan import DAY, Plan

NEVER = -1
VARIANTS = ["treatment", "holdout"]
TREATMENT, HOLDOUT = 0, 1
SENT = 1


@dataclass
class Purchases:
    """Purchase days of the BG/NBD process, one entry a purchase, and its state for each person."""

    person: np.ndarray  # (purchases,)
    day: np.ndarray  # (purchases,) days since 1970-01-01, distinct for a person
    first_day: np.ndarray  # (people,) day of the first purchase, NEVER for none
    repeats: np.ndarray  # (people,) purchases after the first
    dropped_day: np.ndarray  # (people,) day of the purchase after which they never return, NEVER while alive


def make_purchases(plan: Plan, people: People) -> Purchases:
    """Draw purchase days.

    Arrivals are a Poisson process from the first purchase to the end of the data. An arrival at time t
    after the first purchase falls on day ceil(t); when that day is taken, on the next free one, so that
    days are distinct and none is lost. The first G of them happen, G geometric in the dropout chance.
    """
    rng = plan.rng("purchases", people.block)
    count = len(people)
    lag = np.ceil(seconds(rng, truth.FIRST_ORDER_LAG_DAYS, count) / DAY)
    lag = np.where(chance(rng, truth.SAME_DAY_FIRST_ORDER_SHARE, count), 0, lag).astype(np.int64)
    known = np.arange(count) < people.registered
    day = people.registered_at // DAY + lag
    first_day = np.where(known & people.is_buyer & (day <= plan.last_day), day, NEVER)
    time = np.where(first_day == NEVER, 0, plan.last_day - first_day)

    arrivals = rng.poisson(people.purchase_rate * time)
    until_dropout = rng.geometric(people.dropout)
    owner, rank = spread(arrivals)
    # Sorting owner + uniform sorts each person's arrivals at once.
    moment = np.sort(owner + rng.random(len(owner))) - owner
    after = np.ceil(moment * time[owner]).astype(np.int64).clip(1)
    # day - rank must not fall; the offset keeps the running maximum of one person from the next.
    offset = owner * (4 * plan.days + int(arrivals.max(initial=0)))
    after = np.maximum.accumulate(after - rank + offset) - offset + rank
    happens = (rank < until_dropout[owner]) & (after <= time[owner])
    owner, after, rank = owner[happens], after[happens], rank[happens]

    buyers = np.flatnonzero(first_day != NEVER)
    repeats = np.bincount(owner, minlength=count)
    dropped_day = np.full(count, NEVER)
    last = rank == until_dropout[owner] - 1
    dropped_day[owner[last]] = first_day[owner[last]] + after[last]
    return Purchases(
        person=np.concatenate([buyers, owner]),
        day=np.concatenate([first_day[buyers], first_day[owner] + after]),
        first_day=first_day,
        repeats=repeats,
        dropped_day=dropped_day,
    )


@dataclass
class Members:
    """Campaign members of a block, one entry a campaign and person (by the person's first account)."""

    campaign: np.ndarray
    person: np.ndarray
    variant: np.ndarray
    sent_status: np.ndarray
    sent_at: np.ndarray  # seconds, Shanghai; when it was written to them, also given to those not reached
    extra_day: np.ndarray  # day of the extra order that the campaign caused, NEVER for none


def make_members(plan: Plan, people: People, purchases: Purchases) -> Members:
    """Draw members of each campaign, by chance alone into treatment and holdout, and its extra orders."""
    rng = plan.rng("campaign_members", people.block)
    drawn = []
    for number, campaign in enumerate(calendar.campaigns(plan)):
        if campaign.kind in ("content", "event"):
            eligible = people.registered_at < campaign.start_day * DAY
        else:
            # Buyers only, so that extra orders are never somebody's first and BG/NBD stays what it is.
            eligible = (purchases.first_day != NEVER) & (purchases.first_day < campaign.start_day)
        person = np.flatnonzero(eligible)
        person = person[chance(rng, campaign.member_share, len(person))]
        size = len(person)
        variant = np.where(chance(rng, truth.HOLDOUT_SHARE, size), HOLDOUT, TREATMENT)
        status = np.where(variant == TREATMENT, pick(rng, truth.SENT_STATUS_SHARE, size), 0)
        caused = chance(rng, campaign.extra_if_sent, size) & (status == SENT)
        day = rng.integers(campaign.start_day + 1, campaign.end_day + 1, size)
        sent_at = campaign.start_day * DAY + calendar.SENT_AT + rng.integers(0, 7200, size)
        drawn.append((np.full(size, number), person, variant, status, sent_at, np.where(caused, day, NEVER)))
    if not drawn:
        return Members(*(np.zeros(0, np.int64) for _ in range(6)))
    return Members(*(np.concatenate(parts) for parts in zip(*drawn, strict=True)))


def members_frame(people: People, members: Members) -> Frame:
    """Return the table campaign_members."""
    assigned = members.sent_at // DAY * DAY + calendar.ANNOUNCED_AT
    return {
        "campaign_id": calendar.campaign_ids(members.campaign),
        "customer_id": DrawnIds(people.first_account + people.account[members.person] + 1, kind="customer_id"),
        "variant": words(members.variant, [*VARIANTS, "control_b"]),  # the last is only for unknown codes
        "assigned_at": Times(assigned),
        "sent_status": Counts(members.sent_status),
    }
