"""Who said that they may be contacted, and who must not be: counted afresh from the raw rows, row by row."""

from __future__ import annotations

from datetime import date, datetime

from reference.identity import IDENTIFIERS, People, business_date

CHANNELS = ("all", "wecom_chat", "moments", "community", "sms", "phone", "email", "app_push", "official_account", "mini_program")
PURPOSES = ("marketing", "service")
REASONS = ("complaint", "do_not_contact", "legal", "deceased")
START = datetime(2000, 1, 1)


def consents(tables: dict[str, list[dict]], newest: date) -> set[tuple]:
    """Return (customer_id, channel, purpose, status, changed_at, changed_date) of every change that counts on the newest date."""
    people, found, lost = People(tables, newest), set(), []
    for row in tables["consents"]:
        at, is_lost = row["changed_at"] or START, row["changed_at"] is not None and row["changed_at"] < START
        is_withdrawn = row["status"] == "withdrawn"
        if business_date(at) > newest or (is_lost and not is_withdrawn):
            continue
        at = START if is_lost else at
        purpose = row["purpose"] or "marketing"
        purposes = (purpose,) if purpose in PURPOSES else PURPOSES if is_withdrawn else ()
        for customer_id in everybody(people, row) if is_withdrawn else those_alone(people, row):
            for each in purposes:
                change = (customer_id, channel_of(row), each, row["status"])
                found.add((*change, at, day_of(at)))
                lost += [change] if is_lost else []
    granted = {(customer_id, purpose, at) for customer_id, _, purpose, status, at, _ in found if status == "granted"}
    found |= {(*change, at, day_of(at)) for change in lost for customer_id, purpose, at in granted if (customer_id, purpose) == (change[0], change[2])}
    return found


def blocks(tables: dict[str, list[dict]], newest: date) -> set[tuple]:
    """Return (customer_id, channel, reason, blocked_at, blocked_date, blocked_until_date) of every block begun on the newest date."""
    people, found = People(tables, newest), set()
    for row in tables["contact_blocks"]:
        at = row["blocked_at"] if row["blocked_at"] is not None and row["blocked_at"] >= START else None
        begun, until = business_date(at), row["blocked_until"]
        if begun is not None and begun > newest:
            continue
        until = until if until is not None and until >= (begun or START.date()) else None
        reason = row["reason"] if row["reason"] in (*REASONS, None) else "other"
        found |= {(customer_id, channel_of(row), reason, at, begun, until) for customer_id in everybody(people, row)}
    return found


def everybody(people: People, row: dict) -> set[str]:
    """Return every person of a sighting that has an identifier of the row in it."""
    seen = {node for kind in IDENTIFIERS if row[kind] is not None for node in people.seen_with.get((kind, row[kind]), ())}
    return {people.customer_of[node] for node in seen if node in people.customer_of}


def those_alone(people: People, row: dict) -> set[str]:
    """Return the persons of the identifiers that are nobody else's."""
    named = [(kind, row[kind]) for kind in IDENTIFIERS if row[kind] is not None]
    return {people.customer_of[node] for node in named if node in people.customer_of and node not in people.shared}


def channel_of(row: dict) -> str:
    channel = row["channel"] or "all"
    return channel if channel in CHANNELS else "other"


def day_of(at: datetime) -> date:
    """Return the business date; of what is known from the start, the start."""
    return START.date() if at == START else business_date(at)
