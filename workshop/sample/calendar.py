"""The campaigns of the brand: when, what kind, and how many extra orders each really causes."""

from __future__ import annotations

import datetime
from dataclasses import dataclass

import numpy as np

from workshop.sample import truth
from workshop.sample.columns import Frame, Ids, Money, Times, words
from workshop.sample.draw import DAY
from workshop.sample.plan import Plan

EVERY_DAYS = 20  # an ordinary campaign starts
LENGTH_DAYS = 7  # and lasts
WARM_UP_DAYS = 40  # before the first one, so that there are buyers to address
KINDS = ["promotion", "new_product", "content", "recall", "event"]
TOUCHPOINTS = ["app_push", "sms", "wecom_chat", "official_account_article", "moments"]
ROTATION = ["promotion", "content", "new_product", "recall", "promotion", "event"]
THEMES = {
    "promotion": "囤粮满减",
    "new_product": "新品尝鲜",
    "content": "科学养宠课",
    "recall": "好久不见回归礼",
    "event": "线下萌宠日",
}
FESTIVALS = [("618年中囤粮节", (6, 10), (6, 18)), ("双11宠粮狂欢", (11, 1), (11, 11))]
ANNOUNCED_AT = 9 * 3600  # members are assigned, and an hour later written to
SENT_AT = 10 * 3600


@dataclass(frozen=True)
class Campaign:
    """One campaign; days since 1970-01-01, both ends included."""

    name: str
    kind: str
    touchpoint: str
    start_day: int
    end_day: int
    member_share: float
    extra_if_sent: float  # extra orders for each person reached, on average

    @property
    def intention_to_treat(self) -> float:
        """Extra orders for each person assigned to treatment, reached or not."""
        return self.extra_if_sent * truth.SENT_STATUS_SHARE[1]


def campaigns(plan: Plan) -> list[Campaign]:
    """Return the campaigns in order of their start; all of them end before the data do."""
    made = []
    starts = range(plan.first_day + WARM_UP_DAYS, plan.last_day - 2 * LENGTH_DAYS, EVERY_DAYS)
    for number, start in enumerate(starts):
        kind = ROTATION[number % len(ROTATION)]
        month = (datetime.date(1970, 1, 1) + datetime.timedelta(days=start)).month
        made.append(
            Campaign(
                name=f"{month}月{THEMES[kind]}",
                kind=kind,
                touchpoint=TOUCHPOINTS[number % len(TOUCHPOINTS)],
                start_day=start,
                end_day=start + LENGTH_DAYS - 1,
                member_share=truth.MEMBER_SHARE,
                extra_if_sent=truth.EXTRA_ORDERS_IF_SENT[kind],
            )
        )
    for year in range(plan.last_date.year - plan.days // 365 - 1, plan.last_date.year + 1):
        for name, first, last in FESTIVALS:
            start, end = ((datetime.date(year, *day) - datetime.date(1970, 1, 1)).days for day in (first, last))
            if start >= plan.first_day + WARM_UP_DAYS and end < plan.last_day:
                made.append(
                    Campaign(
                        f"{year}{name}", "promotion", "sms", start, end,
                        truth.FESTIVAL_MEMBER_SHARE, truth.FESTIVAL_EXTRA_ORDERS,
                    )
                )  # fmt: skip
    return sorted(made, key=lambda campaign: (campaign.start_day, campaign.name))


def campaign_ids(numbers: np.ndarray) -> Ids:
    """Return the campaign_id column for positions in `campaigns(plan)`; -1 is null."""
    return Ids(np.where(numbers >= 0, numbers + 1, -1), prefix="M", width=4)


def promotion_by_day(plan: Plan) -> np.ndarray:
    """Return the promotion that runs on each day, -1 for none, shape (days,); a festival comes first."""
    running = np.full(plan.days, -1)
    ordered = sorted(enumerate(campaigns(plan)), key=lambda pair: pair[1].member_share)
    for number, campaign in ordered:
        if campaign.kind == "promotion":
            running[campaign.start_day - plan.first_day : campaign.end_day - plan.first_day + 1] = number
    return running


def campaigns_frame(plan: Plan) -> Frame:
    """Return the table campaigns."""
    made = campaigns(plan)
    rng = plan.rng("campaigns")
    reach = np.array([campaign.member_share for campaign in made]) * plan.customers
    cost = 50_000 + np.round(reach * rng.uniform(20, 60, len(made))).astype(np.int64)
    return {
        "campaign_id": campaign_ids(np.arange(len(made))),
        "campaign_name": words(np.arange(len(made)), [campaign.name for campaign in made]),
        "campaign_kind": words(np.array([KINDS.index(c.kind) for c in made], int), KINDS),
        "touchpoint": words(np.array([TOUCHPOINTS.index(c.touchpoint) for c in made], int), TOUCHPOINTS),
        "starts_at": Times(np.array([c.start_day * DAY + SENT_AT for c in made], np.int64)),
        "ends_at": Times(np.array([(c.end_day + 1) * DAY - 1 for c in made], np.int64)),
        "cost_amount": Money(cost),
    }
