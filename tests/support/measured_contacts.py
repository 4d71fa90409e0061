"""Contacts a day, counted row by row from what is staged: an external contact at a time, event by event, with a queue of who waits.

Nothing is shared with the SQL of measurement: no windows, no running sums, no chains of joins.
"""

from __future__ import annotations

from collections import Counter, defaultdict, deque
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from statistics import median

from reference import business_date

LOSSES = {"del_follow_user": "by_customer", "del_external_contact": "by_staff", "transfer": "transfer"}
MOST_HANDOVERS = 63


@dataclass
class Relation:
    """A member of staff and an external contact, from the first spell to the loss, as far as the newest date knows."""

    userid: str
    external_userid: str
    begun_at: datetime
    channel: str
    customer_id: str | None = None
    ended_at: datetime | None = None
    end_kind: str | None = None
    begin_kind: str = "new"


class Brand:
    """What is staged of a built brand: `rows(table)` as dicts, the newest date, the person of an identifier."""

    def __init__(self, built):
        self.built = built
        self.dates = [row["as_of_date"] for row in self.rows("intermediate.int_as_of_dates")]
        self.newest = max(self.dates)
        self.people = {(row["identifier_type"], row["identifier"]): row["customer_id"] for row in self.rows("intermediate.int_identity__resolved")}

    def rows(self, relation: str) -> list[dict]:
        import duckdb

        with duckdb.connect(str(self.built), read_only=True) as connection:
            result = connection.execute(f"select * from {relation}")
            names = [column[0] for column in result.description]
            return [dict(zip(names, row, strict=True)) for row in result.fetchall()]

    def person(self, external_userid: str | None, unionid: str | None = None) -> str | None:
        return self.people.get(("external_userid", external_userid)) or self.people.get(("unionid", unionid))

    def is_seen(self, moment: datetime | None) -> bool:
        return moment is not None and business_date(moment) <= self.newest


def relations(brand: Brand) -> list[Relation]:
    """Return every relation begun by the newest date, with its channel and how it began and ended."""
    ways = brand.rows("staging.stg_wecom_contact_ways")
    spells = defaultdict(list)
    for row in brand.rows("staging.stg_wecom_contacts"):
        spells[row["external_userid"], row["userid"]].append(row)
    found = defaultdict(list)
    for (external_userid, userid), rows in spells.items():
        found[external_userid] += _runs(brand, userid, external_userid, sorted(rows, key=lambda row: row["createtime"]), ways)
    for runs in found.values():
        known = max((run.customer_id for run in runs if run.customer_id), default=None)
        for run in runs:
            run.customer_id = known
        _hand_over(runs)
    return [run for runs in found.values() for run in runs]


def _runs(brand: Brand, userid: str, external_userid: str, rows: list[dict], ways: list[dict]) -> list[Relation]:
    runs: list[Relation] = []
    goes_on = False
    for row, following in zip(rows, [*rows[1:], None], strict=True):
        if not brand.is_seen(row["createtime"]):
            continue
        again = following["createtime"] if following else None
        deleted = row["deleted_at"]
        is_lost = deleted is not None and deleted >= row["createtime"] and (again is None or deleted <= again)
        if not goes_on:
            runs.append(Relation(userid, external_userid, row["createtime"], _channel(row, ways)))
        person = brand.person(external_userid, row["unionid"])
        runs[-1].customer_id = max(filter(None, [runs[-1].customer_id, person]), default=None)
        goes_on = not is_lost and brand.is_seen(again)
        if is_lost and brand.is_seen(deleted):
            runs[-1].ended_at, runs[-1].end_kind = deleted, LOSSES.get(row["delete_type"], "unknown")
    return runs


def _channel(row: dict, ways: list[dict]) -> str:
    day = business_date(row["createtime"])
    names = [
        (way["created_date"] or date(2000, 1, 1), way["config_id"], way["channel_name"])
        for way in ways
        if row["state"] is not None and way["state"] == row["state"] and way["channel_name"] is not None
    ]
    names = sorted(name for name in names if name[0] <= day)
    return names[0][2] if names else row["state"] or "none"


def _hand_over(runs: list[Relation]) -> None:
    """Walk through one external contact's events: who is handed over waits, who begins takes up the one that waits longest."""
    given = sorted((run for run in runs if run.end_kind == "transfer"), key=lambda run: (run.ended_at, run.userid, run.begun_at))
    for run in given[MOST_HANDOVERS:]:
        run.end_kind = "unknown"
    given = given[:MOST_HANDOVERS]
    events = [(run.ended_at, 0, number, run) for number, run in enumerate(given)]
    events += [(run.begun_at, 1, run.userid, run) for run in runs if not (run in given and run.ended_at == run.begun_at)]
    waiting: deque[Relation] = deque()
    for _, is_begin, _, run in sorted(events, key=lambda event: event[:3]):
        if not is_begin:
            waiting.append(run)
        elif waiting:
            run.begin_kind, run.channel = "transfer", waiting.popleft().channel


def daily_contacts(brand: Brand) -> dict[tuple, dict]:
    """Return the columns of daily_contacts by (day, level, channel), counted from day to day."""
    events = defaultdict(list)
    for run in relations(brand):
        for place in (("all", "all"), ("channel", run.channel)):
            events[place].append((business_date(run.begun_at), f"{run.begin_kind}_in", run.customer_id))
            if run.ended_at:
                events[place].append((business_date(run.ended_at), f"{run.end_kind}_out", run.customer_id))
    return {(day, *place): values for place, happened in events.items() for day, values in _days(happened, brand.newest)}


def _days(happened: list[tuple], newest: date):
    by_day = defaultdict(list)
    for day, kind, customer_id in happened:
        by_day[day].append((kind, customer_id))
    total, waiting, holds = 0, 0, Counter()
    for day in days_between(min(by_day), newest):
        kinds = Counter(kind for kind, _ in by_day[day])
        before = {person for person, number in holds.items() if number}
        for kind, person in by_day[day]:
            if person and "transfer" not in kind:
                holds[person] += 1 if kind == "new_in" else -1
        after = {person for person, number in holds.items() if number}
        lost = [kinds["by_customer_out"], kinds["by_staff_out"], kinds["unknown_out"]]
        total += kinds["new_in"] - sum(lost)
        waiting += kinds["transfer_out"] - kinds["transfer_in"]
        yield (
            day,
            {
                "total_count": total, "awaiting_transfer_count": waiting, "new_count": kinds["new_in"], "lost_count": sum(lost),
                "lost_by_customer_count": lost[0], "lost_by_staff_count": lost[1], "lost_unknown_count": lost[2],
                "net_count": kinds["new_in"] - sum(lost), "transferred_in_count": kinds["transfer_in"], "transferred_out_count": kinds["transfer_out"],
                "people_count": len(after), "new_people_count": len(after - before), "lost_people_count": len(before - after),
            },
        )  # fmt: skip


def days_between(first: date, last: date) -> list[date]:
    return [first + timedelta(days=number) for number in range((last - first).days + 1)]


def daily_alerts(brand: Brand, contacts: dict[tuple, dict], groups: dict[tuple, dict], events: list[dict]) -> dict[tuple, dict]:
    """Return the columns of daily_alerts by (day, measure) from the days of contacts and groups, orders, refunds and touches."""
    values = defaultdict(Counter)
    buyers = defaultdict(set)
    for measure, column in (("contacts_new", "new_count"), ("contacts_lost", "lost_count"), ("contacts_net", "net_count")):
        values[measure].update({day: row[column] for (day, level, _), row in contacts.items() if level == "all"})
    for measure, column in (("group_members_joined", "joined_count"), ("group_members_quit", "quit_count")):
        values[measure].update({day: row[column] for (day, level, *_), row in groups.items() if level == "all"})
    for order in brand.rows("intermediate.int_orders__validated"):
        if order["is_valid"]:
            values["orders"][order["ordered_date"]] += 1
            values["net_amount"][order["ordered_date"]] += order["payable_amount"]
            buyers[order["ordered_date"]] |= {order["customer_id"]} - {None}
    for refund in brand.rows("intermediate.int_refunds__dated"):
        if refund["is_valid"]:
            values["net_amount"][refund["refunded_date"]] -= refund["refund_amount"]
            values["orders"][refund["refunded_date"]] += 0
    values["buyers"].update({day: len(buyers[day]) for day in values["orders"]})
    for touch in brand.rows("intermediate.int_touchpoints__unified"):
        if touch["touch_class"] == "active":
            values["active_touches"][touch["occurred_date"]] += 1
    return {
        (day, measure): _judged(day, min(of_days), of_days, events)
        for measure, of_days in values.items()
        if of_days
        for day in days_between(min(of_days), brand.newest)
    }


def _judged(day: date, first: date, values: Counter, events: list[dict]) -> dict:
    past = [float(values[past]) for past in (day - timedelta(weeks=back) for back in range(1, 9)) if past >= first]
    usual = median(past) if past else None
    around = [abs(value - usual) for value in past]
    deviation = None
    if len(past) >= 4:
        deviation = median(around) / 0.6745 or 1.2533 * sum(around) / len(around) or None
    score = (float(values[day]) - usual) / deviation if deviation else None
    event = min((row["event_code"] for row in events if row["starts_on"] <= day <= row["ends_on"]), default=None)
    verdict = "event" if event else "nothing_to_compare" if score is None else "alarm" if abs(score) > 3.5 else "usual"
    direction = "unknown" if usual is None else "above" if values[day] > usual else "below" if values[day] < usual else "level"
    return {
        "measured_value": values[day], "compared_days_count": len(past), "usual_value": usual, "deviation": deviation, "score": score,
        "direction": direction, "event_code": event, "verdict": verdict,
    }  # fmt: skip
