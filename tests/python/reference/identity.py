"""Who is who: identifiers that were seen together belong to one person, unless too many customers share one."""

from __future__ import annotations

import hashlib
from collections import defaultdict
from datetime import date, datetime
from datetime import timezone as zones
from zoneinfo import ZoneInfo

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

Node = tuple[str, str]


def business_date(moment: datetime | None, timezone: str = "Asia/Shanghai") -> date | None:
    """Return the calendar day of a UTC moment in the business time zone."""
    return None if moment is None else business_time(moment, timezone).date()


def business_time(moment: datetime, timezone: str = "Asia/Shanghai") -> datetime:
    return moment.replace(tzinfo=zones.utc).astimezone(ZoneInfo(timezone))


def newest_date_of(tables: dict[str, list[dict]], timezone: str = "Asia/Shanghai") -> date:
    """Return the latest business date of any event."""
    return max(
        business_date(row[column], timezone)
        for table, column in EVENT_TIMES.items()
        for row in tables.get(table, [])
        if row[column] is not None
    )


def identifiers_of(table: str, row: dict) -> list[Node]:
    """Return the identifiers of a row, strongest first; a group member is a customer only as type 2."""
    values = dict(row)
    if table == "wecom_group_members":
        values["external_userid"] = row["userid"]
        if row["type"] != 2:
            return []
    return [(kind, values[kind]) for kind in IDENTIFIERS if kind in SIGHTED_IN[table] and values[kind] is not None]


class People:
    """Identity as of one newest date: `of(nodes)` is the resolved customer of the first usable identifier."""

    def __init__(self, tables: dict[str, list[dict]], newest: date, max_customers: int = 3,
                 timezone: str = "Asia/Shanghai"):
        seen_together = []
        for table in SIGHTED_IN:
            for row in tables.get(table, []):
                seen = business_date(row[EVENT_TIMES[table]], timezone)
                if seen is None or seen <= newest:
                    seen_together.append(identifiers_of(table, row))
        self.shared = shared_identifiers(seen_together, max_customers)
        groups = [[node for node in nodes if node not in self.shared] for nodes in seen_together]
        self.customer_of = name_components(groups)

    def of(self, nodes: list[Node]) -> str | None:
        for node in nodes:
            if node in self.customer_of:
                return self.customer_of[node]
        return None

    def of_customer(self, customer_id: str | None) -> str | None:
        return self.customer_of.get(("customer_id", customer_id))


def shared_identifiers(seen_together: list[list[Node]], max_customers: int) -> set[Node]:
    """Return the identifiers seen directly with more than `max_customers` customers."""
    customers = defaultdict(set)
    for nodes in seen_together:
        for customer in nodes:
            if customer[0] == "customer_id":
                for node in nodes:
                    if node[0] != "customer_id":
                        customers[node].add(customer)
    return {node for node, of_node in customers.items() if len(of_node) > max_customers}


def name_components(groups: list[list[Node]]) -> dict[Node, str]:
    """Walk the graph of identifiers seen together; give every identifier the name of its component."""
    neighbours = defaultdict(set)
    for nodes in groups:
        for node in nodes:
            neighbours[node].update(nodes)
    names = {}
    for start in neighbours:
        if start in names:
            continue
        component, waiting = {start}, [start]
        while waiting:
            fresh = neighbours[waiting.pop()] - component
            component |= fresh
            waiting.extend(fresh)
        customers = [identifier for kind, identifier in component if kind == "customer_id"]
        smallest = min(f"{kind}:{identifier}" for kind, identifier in component)
        name = min(customers) if customers else "p_" + hashlib.md5(smallest.encode()).hexdigest()[:16]
        names.update(dict.fromkeys(component, name))
    return names
