"""What the brand books by day and month: staff statistics and costs, added up over the blocks."""

from __future__ import annotations

import numpy as np

from workshop.sample import calendar, truth, vocabulary
from workshop.sample.columns import Counts, Dates, Frame, Money, Numbers, Times, words
from workshop.sample.contacts import ASSIGNED_BY_ADMIN, BY_CUSTOMER, Contacts, leaves, left_at, staff_ids
from workshop.sample.orders import CHANNELS, Orders
from workshop.sample.people import People
from workshop.sample.plan import DAY, Plan
from workshop.sample.purchases import HOLDOUT, NEVER, Members

COST_KINDS = ["traffic", "delivery", "staff", "other"]
DELIVERY_CENTS = np.array([0, 620, 620, 780, 620, 650, 620])  # an order, by channel
SALARY_CENTS = 780_000  # a month


class Ledger:
    """Counts by day, from the first day of the plan on."""

    def __init__(self, plan: Plan) -> None:
        self.plan = plan
        self.added = np.zeros((plan.staff_count, plan.days), np.int64)
        self.returned = np.zeros_like(self.added)  # second spells
        self.deleted = np.zeros_like(self.added)  # contacts who deleted the member of staff
        self.registered = np.zeros((len(vocabulary.SOURCES), plan.days), np.int64)
        self.ordered = np.zeros((len(CHANNELS), plan.days), np.int64)
        campaigns = len(calendar.campaigns(plan))
        self.treated, self.held_out, self.extra = (np.zeros(campaigns, np.int64) for _ in range(3))

    def book(self, people: People, contacts: Contacts, orders: Orders, members: Members) -> None:
        """Add a block."""
        new = contacts.add_way != ASSIGNED_BY_ADMIN
        lost = contacts.delete_type == BY_CUSTOMER
        np.add.at(self.added, (contacts.staff[new], self._day(contacts.created[new])), 1)
        np.add.at(self.returned, (contacts.returns.staff, self._day(contacts.returns.created)), 1)
        np.add.at(self.deleted, (contacts.staff[lost], self._day(contacts.deleted[lost])), 1)
        np.add.at(self.registered, (people.source[people.account_person], self._day(people.account_time)), 1)
        np.add.at(self.ordered, (orders.channel, self._day(orders.time)), 1)
        held_out = members.variant == HOLDOUT
        self.treated += np.bincount(members.campaign[~held_out], minlength=len(self.treated))
        self.held_out += np.bincount(members.campaign[held_out], minlength=len(self.treated))
        self.extra += np.bincount(members.campaign[members.extra_day != NEVER], minlength=len(self.treated))

    def _day(self, time: np.ndarray) -> np.ndarray:
        return time // DAY - self.plan.first_day

    def staff_daily_frame(self) -> Frame:
        """Return the table wecom_staff_daily: a row for each member of staff and day at work."""
        plan, rng = self.plan, self.plan.rng("wecom_staff_daily")
        grid = np.meshgrid(np.arange(plan.days), np.arange(plan.staff_count), indexing="ij")
        day, staff = (axis.ravel() for axis in grid)
        last = np.where(leaves(staff), left_at(plan) // DAY - plan.first_day, plan.days)
        kept = day <= last
        day, staff = day[kept], staff[kept]
        size = len(day)
        skill = plan.rng("staff_skill").random(plan.staff_count)[staff]
        chats = rng.poisson(4 + 2 * self.added[staff, day])
        new = self.added[staff, day] + self.returned[staff, day]
        return {
            "userid": staff_ids(staff),
            "stat_time": Times((plan.first_day + day) * DAY),
            "new_apply_cnt": Counts(new + rng.poisson(0.4, size)),
            "new_contact_cnt": Counts(new),
            "chat_cnt": Counts(chats),
            "message_cnt": Counts(chats * 3 + rng.poisson(5, size)),
            "reply_percentage": Numbers((60 + 38 * rng.beta(2 + 6 * skill, 2, size)).round(1)),
            "avg_reply_time": Numbers(((2 + 20 * (1 - skill)) * rng.gamma(4, 0.25, size)).round(1)),
            "negative_feedback_cnt": Counts(self.deleted[staff, day]),
        }

    def costs_frame(self) -> Frame:
        """Return the table costs: traffic by source and day, delivery, staff and other by month."""
        plan, rng = self.plan, self.plan.rng("costs")
        per_head = np.array([cents for _, _, _, cents in vocabulary.SOURCES])[:, None]
        traffic = (self.registered * per_head * rng.uniform(0.7, 1.3, self.registered.shape)).astype(np.int64)
        dates = np.arange(plan.first_day, plan.last_day + 1)
        month = dates.astype("datetime64[D]").astype("datetime64[M]")
        firsts = np.flatnonzero(np.append(True, month[1:] != month[:-1]))
        share = np.diff(np.append(firsts, plan.days)) / 30  # of a month that lies in the data
        delivery = np.add.reduceat(self.ordered, firsts, axis=1) * DELIVERY_CENTS[:, None]
        salaries = (share * plan.staff_count * SALARY_CENTS).astype(np.int64)
        other = (share * rng.uniform(300_000, 600_000, len(firsts)) * (1 + plan.customers / 5000)).astype(np.int64)

        channels = list(dict.fromkeys([*vocabulary.SOURCE_CODES, *CHANNELS, "all"]))
        rows = []
        for kind, day_of, amounts, names in (
            (0, np.arange(plan.days), traffic, vocabulary.SOURCE_CODES),
            (1, firsts, delivery, CHANNELS),
            (2, firsts, salaries[None], ["wecom"]),
            (3, firsts, other[None], ["all"]),
        ):
            row, column = np.nonzero(amounts)
            place = np.array([channels.index(name) for name in names])
            rows.append((plan.first_day + day_of[column], place[row], np.full(len(row), kind), amounts[row, column]))
        date, channel, kind, amount = (np.concatenate(parts) for parts in zip(*rows, strict=True))
        order = np.lexsort((channel, kind, date))
        return {
            "cost_date": Dates(date[order]),
            "channel": words(channel[order], channels),
            "cost_kind": words(kind[order], COST_KINDS),
            "amount": Money(amount[order]),
        }

    def campaign_effects_truth(self) -> Frame:
        """Return truth/campaign_effects: one row a campaign."""
        made = calendar.campaigns(self.plan)
        if_sent = np.array([campaign.extra_if_sent for campaign in made], float)
        return {
            "campaign_id": calendar.campaign_ids(np.arange(len(made))),
            "campaign_kind": words(np.array([calendar.KINDS.index(c.kind) for c in made], int), calendar.KINDS),
            "extra_orders_if_sent": Numbers(if_sent),
            "intention_to_treat_effect": Numbers((if_sent * truth.SENT_STATUS_SHARE[1]).round(6)),
            "treatment_count": Counts(self.treated),
            "holdout_count": Counts(self.held_out),
            "extra_orders": Counts(self.extra),
        }
