"""Who is who: identifiers seen together belong to one person, up to a number of known customers; devices join nobody."""

from __future__ import annotations

from collections import defaultdict
from datetime import date, datetime
from datetime import timezone as zones
from zoneinfo import ZoneInfo

from reference.persons import Node, Sighting, who_is_who

IDENTIFIERS = ("customer_id", "unionid", "openid", "external_userid", "phone_hash", "device_id")

# The tables whose rows can move the newest as-of date, and the column that dates them.
EVENT_TIMES = {
    "orders": "ordered_at",
    "refunds": "refunded_at",
    "touchpoints": "occurred_at",
    "customers": "registered_at",
    "wecom_contacts": "createtime",
    "wecom_contact_tags": "tagged_at",
    "wecom_group_members": "join_time",
    "campaign_members": "assigned_at",
    "manual_tags": "tagged_at",
    "consents": "changed_at",
    "contact_blocks": "blocked_at",
}

# Which columns of a table name a person.
SIGHTED_IN = {
    "customers": ("customer_id", "unionid", "openid", "phone_hash"),
    "orders": ("customer_id", "phone_hash", "device_id"),
    "touchpoints": IDENTIFIERS,
    "wecom_contacts": ("unionid", "external_userid"),
    "wecom_group_members": ("unionid", "external_userid"),
    "campaign_members": ("customer_id",),
    "manual_tags": ("customer_id",),
}


def business_date(moment: datetime | None, timezone: str = "Asia/Shanghai") -> date | None:
    """Return the calendar day of a UTC moment in the business time zone."""
    return None if moment is None else business_time(moment, timezone).date()


def business_time(moment: datetime, timezone: str = "Asia/Shanghai") -> datetime:
    return moment.replace(tzinfo=zones.utc).astimezone(ZoneInfo(timezone))


def newest_date_of(tables: dict[str, list[dict]], timezone: str = "Asia/Shanghai") -> date:
    """Return the latest business date of any event."""
    return max(business_date(row[column], timezone) for table, column in EVENT_TIMES.items() for row in tables.get(table, []) if row[column] is not None)


def identifiers_of(table: str, row: dict) -> list[Node]:
    """Return the identifiers of a row, strongest first; a group member is a customer only as type 2."""
    values = dict(row)
    if table == "wecom_group_members":
        values["external_userid"] = row["userid"]
        if row["type"] != 2:
            return []
    return [(kind, values[kind]) for kind in IDENTIFIERS if kind in SIGHTED_IN[table] and values[kind] is not None]


class People:
    """Identity as of one newest date: `of(nodes)` is the resolved customer of the first identifier that has one."""

    def __init__(self, tables: dict[str, list[dict]], newest: date, max_customers: int = 3, timezone: str = "Asia/Shanghai"):
        sightings: list[Sighting] = []
        for table in SIGHTED_IN:
            for row in tables.get(table, []):
                seen = business_date(row[EVENT_TIMES[table]], timezone)
                if seen is None or seen <= newest:
                    sightings.append((identifiers_of(table, row), seen))
        self.customer_of, self.shared = who_is_who(sightings, max_customers)
        self.seen_with: dict[Node, set[Node]] = defaultdict(set)
        for nodes, _ in sightings:
            for node in nodes:
                self.seen_with[node].update(nodes)

    def of(self, nodes: list[Node]) -> str | None:
        for node in nodes:
            if node in self.customer_of:
                return self.customer_of[node]
        return None

    def of_customer(self, customer_id: str | None) -> str | None:
        return self.customer_of.get(("customer_id", customer_id))
