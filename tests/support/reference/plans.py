"""The plan under the caps: one message a customer and day, so many a week and channel, so many a member of staff and day."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Callable
from datetime import date, timedelta

from reference.brand import Brand
from reference.channels import CHANNELS

FLAGS = ("is_over_cap", "is_over_staff_capacity", "is_usable")


def next_best_actions(brand: Brand, options: list[dict], confirmations: int) -> list[dict]:
    """Return what each customer gets on the first day; confirmations go to those for whom they make most of a difference."""
    tomorrow = brand.newest + timedelta(days=1)
    chosen, queues = [], defaultdict(list)
    for mine in _by(lambda row: row["customer_id"], [row for row in options if row["due_date"] == tomorrow]).values():
        staffed = _best([row for row in mine if _needs_staff(row)])
        other = _best([row for row in mine if not _needs_staff(row)])
        if staffed is None:
            chosen.append(_judged(other))
            continue
        otherwise = other["expected_value"] if other is not None and _is_possible(other) else 0
        queues[staffed["sender_userid"]].append((otherwise - staffed["expected_value"], staffed["customer_id"], staffed, other))
    for queue in queues.values():
        for place, (loss, _, staffed, other) in enumerate(sorted(queue, key=lambda entry: entry[:2])):
            if loss <= 0 and place < confirmations:
                chosen.append(_judged(staffed))
            else:
                chosen.append(_judged(staffed, is_over_staff_capacity=True) if other is None or not _is_possible(other) else _judged(other))
    return chosen


def touch_calendar(brand: Brand, options: list[dict], first_day: list[dict], confirmations: int) -> list[dict]:
    """Fill the later days: the best a day; in each week the first day, then what is worth most; then what staff can confirm."""
    tomorrow = brand.newest + timedelta(days=1)
    rows = [{**row} for row in first_day]
    for day in _by(lambda row: (row["customer_id"], row["due_date"]), [row for row in options if row["due_date"] > tomorrow]).values():
        rows.append(_judged(_best(day)))
    weeks = _by(lambda row: (row["customer_id"], row["channel"], _monday(row["due_date"])), [row for row in rows if row["is_usable"]])
    for (customer_id, channel, monday), week in weeks.items():
        already = brand.permissions[customer_id][channel]["messages_this_week_count"] if monday == _monday(tomorrow) else 0
        left = max(int(CHANNELS[channel]["weekly_cap"]) - already, 0)
        for row in sorted(week, key=lambda row: (row["due_date"] != tomorrow, -row["expected_value"], row["due_date"]))[left:]:
            row.update(is_over_cap=True, is_usable=False)
    sent = Counter()
    for row in sorted((row for row in rows if row["is_usable"] and row["sender_userid"]), key=lambda row: (-row["expected_value"], row["customer_id"])):
        sent[row["sender_userid"], row["due_date"]] += 1
        if sent[row["sender_userid"], row["due_date"]] > confirmations:
            row.update(is_over_staff_capacity=True, is_usable=False)
    return rows


def _is_possible(row: dict) -> bool:
    return row["blocked_reason"] is None and not row["is_over_cap"]


def _needs_staff(row: dict) -> bool:
    return row["sender_userid"] is not None and not row["is_over_cap"]


def _best(rows: list[dict]) -> dict | None:
    """What can go out comes first, then what is worth most, then the preferred channel."""
    places = {channel: int(row["preference"]) for channel, row in CHANNELS.items()}
    return min(rows, key=lambda row: (not _is_possible(row), -row["expected_value"], places.get(row["channel"], 99), row["action_code"]), default=None)


def _judged(row: dict, is_over_staff_capacity: bool = False) -> dict:
    return {**row, "is_over_staff_capacity": is_over_staff_capacity, "is_usable": _is_possible(row) and not is_over_staff_capacity}


def _by(key: Callable[[dict], object], rows: list[dict]) -> dict:
    groups = defaultdict(list)
    for row in rows:
        groups[key(row)].append(row)
    return groups


def _monday(day: date) -> date:
    return day - timedelta(days=day.weekday())
