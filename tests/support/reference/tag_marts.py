"""The marts about tags, counted afresh in loops: long values, sizes, overlaps, health.

They read `customer_tags` (itself compared in tags.py), the notes set by hand and the products bought, as lists of rows;
what a tag is comes from the columns' metadata in customer_tags.yml.
"""

from __future__ import annotations

from collections import defaultdict
from datetime import date, datetime
from decimal import Decimal
from functools import cache
from math import ceil, floor
from pathlib import Path

import yaml

METADATA = Path(__file__).resolve().parents[3] / "models" / "tags" / "customer_tags.yml"
LOST_AFTER_DAYS = 300
SAME_CUSTOMERS = 0.99
# What says how sure a tag is, where it is not its own share.
SURE_BY = {"habitual_sku_id": "habitual_sku_share", "next_product_sku_id": "next_product_share", "expected_orders_90d": "p_alive", "clv_365d": "p_alive"}
Rows = list[dict]


@cache
def tag_metadata() -> dict[str, dict]:
    """Return `{code: meta.tag with the data type}` of the columns of customer_tags that are tags."""
    models = yaml.safe_load(METADATA.read_text(encoding="utf-8"))["models"]
    columns = next(model for model in models if model["name"] == "customer_tags")["columns"]
    tags = {column["name"]: (column, column.get("config", {}).get("meta", {}).get("tag")) for column in columns}
    return {name: {**tag, "type": column["data_type"]} for name, (column, tag) in tags.items() if tag}


def predictive_tags() -> set[str]:
    return {code for code, tag in tag_metadata().items() if tag["life_stage"] == "predictive"}


def text(value: object) -> str:
    return str(value).lower() if isinstance(value, bool) else str(value)


def customer_tag_values(customers: Rows, notes: Rows, products: Rows) -> dict[tuple, tuple]:
    """Return `{(customer, date, code): (value, kind, life stage, source, confidence)}`."""
    found: dict[tuple, tuple] = {}
    metadata = tag_metadata()
    least = _high_value(customers)
    notes_of = defaultdict(list)
    for note in notes:
        notes_of[note["customer_id"]].append(note)
    for row in customers:
        who = row["customer_id"], row["as_of_date"]
        for code, tag in metadata.items():
            if row[code] is not None:
                is_predicted = tag["life_stage"] == "predictive"
                share = row.get(SURE_BY.get(code, code if is_predicted else f"{code}_share"))
                sure = 1.0 if share is None else share
                found[who + (code,)] = (text(row[code]), tag["kind"], tag["life_stage"], "model" if is_predicted else "system", sure)
        if row["orders_count_365d"] > 0 and float(row["net_amount_365d"]) >= least[row["as_of_date"]] - 1e-9:
            found[who + ("A",)] = ("true", "tier", "behaviour", "system", 1.0)
        times = row["repurchase_count"]
        if times > 0:
            found[who + (f"F{times}",)] = (str(times), "consumption", "behaviour", "system", 1.0)
        for note in _newest(notes_of[row["customer_id"]], row["as_of_date"]):
            by = "questionnaire" if note["tagged_by"] in (None, "questionnaire") else "staff"
            value = "true" if note["tag_value"] is None else note["tag_value"]
            found[who + (f"{note['tag_group']}.{note['tag_name']}",)] = (value, "static", "manual", by, 1.0)
    for row in products:
        code = f"T{row['sku_id']}-{row['orders_count']}"
        found[row["customer_id"], row["as_of_date"], code] = (str(row["orders_count"]), "consumption", "behaviour", "system", 1.0)
    return found


def _high_value(customers: Rows) -> dict[date, float]:
    """The 90th percentile of the year's net amount among the year's buyers, by date, between the two nearest."""
    amounts = defaultdict(list)
    for row in customers:
        if row["orders_count_365d"] > 0:
            amounts[row["as_of_date"]].append(float(row["net_amount_365d"]))
    least = {}
    for day, values in amounts.items():
        values.sort()
        place = (len(values) - 1) * 9 / 10
        low, high = values[floor(place)], values[ceil(place)]
        least[day] = low + (high - low) * (place - floor(place))
    return least


def _newest(notes: Rows, at: date) -> Rows:
    """The note that counts of each group and name: the latest day, then the latest time, then the first by value and author."""
    of_name = defaultdict(list)
    for note in notes:
        if note["tagged_date"] <= at:
            of_name[note["tag_group"], note["tag_name"]].append(note)

    def order(note):
        day, at, value, by = (note[name] for name in ("tagged_date", "tagged_at", "tag_value", "tagged_by"))
        seconds = -(at - datetime(1970, 1, 1)).total_seconds() if at else 0
        return -day.toordinal(), at is None, seconds, value is None, value or "", by is None, by or ""

    return [min(same, key=order) for same in of_name.values()]


def tag_sizes(customers: Rows) -> dict[tuple, tuple]:
    """Return `{(date, code, value): (customers, share active, share lost, new)}` of text and yes-or-no tags."""
    days = sorted({row["as_of_date"] for row in customers})
    before = dict(zip(days[1:], days))
    rows = {(row["customer_id"], row["as_of_date"]): row for row in customers}
    groups = defaultdict(list)
    words = [code for code, tag in tag_metadata().items() if tag["type"] in ("varchar", "boolean")]
    for row in customers:
        for code in words:
            if row[code] is not None:
                groups[row["as_of_date"], code, text(row[code])].append(row)
    found = {}
    for (day, code, value), members in groups.items():
        earlier = [rows.get((row["customer_id"], before.get(day)), {}).get(code) for row in members]
        active = sum(row["active_days_30d"] > 0 for row in members)
        lost = sum((row["days_since_last_active"] or 0) > LOST_AFTER_DAYS for row in members)
        new = sum(was != row[code] for was, row in zip(earlier, members))
        found[day, code, value] = (len(members), active / len(members), lost / len(members), new)
    return found


def has_tag(value: object) -> bool:
    """Text and dates when known, yes-or-no when yes, numbers above zero."""
    return value > 0 if isinstance(value, (int, float, Decimal)) else value is not None


def tag_overlaps(customers: Rows) -> dict[tuple, tuple]:
    """Return `{(code, other): (customers with both, jaccard)}` on the newest date."""
    having = {code: {row["customer_id"] for row in customers if row["is_current"] and has_tag(row[code])} for code in tag_metadata()}
    return {
        (code, other): (len(one & two), len(one & two) / len(one | two))
        for code, one in having.items()
        for other, two in having.items()
        if code != other and one & two
    }


def tag_health(customers: Rows) -> dict[str, tuple]:
    """Return `{code: (date, customers, coverage, values, last change, age, nearest, its jaccard, same customers)}`."""
    days = sorted({row["as_of_date"] for row in customers})
    current = [row for row in customers if row["is_current"]]
    overlaps = tag_overlaps(customers)
    found = {}
    for code in tag_metadata():
        states = {day: {(row["customer_id"], row[code]) for row in customers if row["as_of_date"] == day and has_tag(row[code])} for day in days}
        changed = [day for was, day in zip([None, *days], days) if states[day] != states.get(was, set())]
        nearest = max(((jaccard, other) for (one, other), (_, jaccard) in overlaps.items() if one == code), default=(None, None))
        tagged = sum(has_tag(row[code]) for row in current)
        last = changed[-1] if changed else None
        found[code] = (
            days[-1],
            len(current),
            tagged / len(current),
            len({round(row[code], 9) if isinstance(row[code], float) else row[code] for row in current} - {None}),
            last,
            (days[-1] - last).days if last else None,
            nearest[1],
            nearest[0],
            (nearest[0] or 0) >= SAME_CUSTOMERS,
        )
    return found
