"""Who was in a campaign and what they bought, put together from rows in plain Python."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import date, timedelta
from decimal import Decimal
from pathlib import Path

from compared import rows_of

SCHEMES = ["lifecycle", "rfm", "aipl", "journey", "value_level", "price_attitude", "identity"]
DEPTHS = {"message_delivered": 1, "moments_shown": 1, "message_opened": 2, "message_clicked": 3}


@dataclass
class Person:
    """A customer in a trial; classes by scheme, depths by touchpoint."""

    customer_id: str
    variant: str
    assigned: date | None
    sent_status: int | None
    net: Decimal = Decimal(0)
    orders: int = 0
    before_net: Decimal = Decimal(0)
    before_orders: int = 0
    classes: dict[str, str] = field(default_factory=dict)
    depths: dict[str, int] = field(default_factory=dict)


@dataclass
class Trial:
    """A campaign, or a month of a hold-out from everything."""

    campaign_id: str
    starts: date
    ends: date
    is_global: bool
    touchpoint: str
    people: list[Person]


class Brand:
    """The rows of a built brand that campaigns are measured from."""

    def __init__(self, database: Path):
        self.dates = sorted(row["as_of_date"] for row in rows_of(database, "intermediate.int_as_of_dates"))
        names = {r["identifier"]: r["customer_id"] for r in rows_of(database, "intermediate.int_identity__resolved") if r["identifier_type"] == "customer_id"}
        self.campaigns = {row["campaign_id"]: row for row in rows_of(database, "intermediate.int_campaigns__dated")}
        self.orders, refunds = defaultdict(list), defaultdict(Decimal)
        for row in rows_of(database, "intermediate.int_refunds__dated"):
            refunds[row["order_id"]] += row["refund_amount"]
        valid = [row for row in rows_of(database, "intermediate.int_orders__validated") if row["is_valid"]]
        self.months = sorted({row["ordered_date"].replace(day=1) for row in rows_of(database, "intermediate.int_orders__validated")})
        for row in valid:
            net = row["payable_amount"] - refunds[row["order_id"]]
            if row["customer_id"] and (net > 0 or row["payable_amount"] == 0):
                self.orders[row["customer_id"]].append((row["ordered_date"], net))
        self.tags = {(r["customer_id"], r["as_of_date"]): r for r in rows_of(database, "tags.customer_tags")}
        self.segments = {(r["customer_id"], r["as_of_date"], r["scheme_code"]): r["segment_code"] for r in rows_of(database, "segments.customer_segments")}
        self.members = defaultdict(lambda: defaultdict(list))
        for row in rows_of(database, "staging.stg_campaign_members"):
            starts = self.campaigns.get(row["campaign_id"], {}).get("starts_date")
            assigned = row["assigned_date"] or starts
            if assigned is None or assigned <= self.dates[-1]:
                self.members[row["campaign_id"]][names[row["customer_id"]]].append((row["variant"], assigned, row["sent_status"]))
        self.touches = defaultdict(list)
        for row in rows_of(database, "intermediate.int_touchpoints__unified"):
            if row["event_type"] in DEPTHS and row["customer_id"]:
                self.touches[row["campaign_id"]].append(row)

    def trials(self) -> Iterator[Trial]:
        for campaign_id in self.campaigns | self.members:
            campaign = self.campaigns.get(campaign_id, dict.fromkeys(["starts_date", "ends_date", "campaign_kind", "touchpoint"]))
            starts, ends, place = campaign["starts_date"], campaign["ends_date"], campaign["touchpoint"] or "unknown"
            assigned = [row[1] for rows in self.members.get(campaign_id, {}).values() for row in rows if row[1]]
            starts = starts or min(assigned, default=None)
            if campaign["campaign_kind"] == "global":
                for month in self.months:
                    last = (month + timedelta(days=31)).replace(day=1) - timedelta(days=1)
                    if (starts is None or starts <= month) and (ends is None or ends >= last):
                        yield self._filled(Trial(campaign_id, month, last, True, place, []))
                continue
            if starts:
                ends = ends if ends and ends >= starts else starts + timedelta(days=30)
                yield self._filled(Trial(campaign_id, starts, ends, False, place, []))

    def _filled(self, trial: Trial) -> Trial:
        for customer_id, rows in self.members.get(trial.campaign_id, {}).items():
            assigned = min((row[1] for row in rows if row[1]), default=None)
            variants, status = {row[0] for row in rows}, [row[2] for row in rows]
            best = next((code for code in (1, 3, 2, 0) if code in status), None)
            if assigned is None or assigned <= (trial.starts if trial.is_global else trial.ends):
                trial.people.append(Person(customer_id, "contaminated" if len(variants) > 1 else min(variants), assigned, best))
        self._touch(trial, has_members=trial.campaign_id in self.members)
        for person in trial.people:
            first = max(person.assigned or trial.starts, trial.starts)
            bought = [net for day, net in self.orders[person.customer_id] if first <= day <= trial.ends]
            person.net, person.orders = sum(bought, Decimal(0)), len(bought)
            day = max((day for day in self.dates if person.assigned and day < person.assigned), default=None)
            if (known := self.tags.get((person.customer_id, day))) is not None:
                person.before_net, person.before_orders = known["net_amount_365d"], known["orders_count_365d"]
            person.classes = {scheme: self.segments.get((person.customer_id, day, scheme), "not_known_before") for scheme in SCHEMES} | {"all": "all"}
        return trial

    def _touch(self, trial: Trial, has_members: bool) -> None:
        people = {person.customer_id: person for person in trial.people}
        for row in sorted(self.touches[trial.campaign_id], key=lambda row: row["occurred_date"]):
            if trial.is_global or not trial.starts <= row["occurred_date"] <= trial.ends:
                continue
            if not has_members and row["customer_id"] not in people:
                people[row["customer_id"]] = Person(row["customer_id"], "touched", row["occurred_date"], None)
                trial.people.append(people[row["customer_id"]])
            if (person := people.get(row["customer_id"])) is not None:
                place = row["touchpoint"] or trial.touchpoint
                person.depths[place] = max(person.depths.get(place, 0), DEPTHS[row["event_type"]])
