"""Periods and their comparisons as the definitions say, in plain Python: the reference of models/measurement/periods."""

from __future__ import annotations

from calendar import monthrange
from dataclasses import dataclass
from datetime import date, timedelta


@dataclass(frozen=True)
class Period:
    """A month, week or event with its first and last day."""

    code: str
    kind: str
    event_kind: str
    starts: date
    ends: date


def periods(first: date, newest: date, events: list[dict]) -> dict[str, Period]:
    """Return all periods with a day from the first order to the newest date, by code; events have code, kind, starts_on and ends_on."""
    found = {}
    day = first
    while day <= newest:
        begun, monday = day.replace(day=1), day - timedelta(days=day.weekday())
        month = Period(f"month_{day:%Y-%m}", "month", "month", begun, month_end(day))
        week = Period(f"week_{monday}", "week", "week", monday, monday + timedelta(days=6))
        found |= {month.code: month, week.code: week}
        day += timedelta(days=1)
    for event in events:
        if event["starts_on"] <= newest and event["ends_on"] >= first:
            found[event["event_code"]] = Period(event["event_code"], "event", event["event_kind"], event["starts_on"], event["ends_on"])
    return found


def comparisons(known: dict[str, Period], first: date, newest: date) -> dict[tuple[str, str], str]:
    """Return the earlier period of each (period, before or year_before) that both are there, over, and begun with data."""
    pairs = {}
    for later in known.values():
        same = [other for other in known.values() if other.event_kind == later.event_kind and other.starts < later.starts]
        pairs[later.code, "before"] = _before(later, same)
        pairs[later.code, "year_before"] = _year_before(later, same)
        if later.kind == "event" and pairs[later.code, "before"] == pairs[later.code, "year_before"]:
            pairs[later.code, "before"] = None
    return {
        (code, how): earlier.code
        for (code, how), earlier in pairs.items()
        if earlier and known[code].ends <= newest and earlier.ends <= newest and earlier.starts >= first
    }


def closing(period: Period, as_of_dates: list[date]) -> date | None:
    """Return the last month-end among the as-of dates on or before the period's last day."""
    return max((day for day in as_of_dates if day == month_end(day) and day <= period.ends), default=None)


def month_end(day: date) -> date:
    return day.replace(day=monthrange(day.year, day.month)[1])


def _before(later: Period, same: list[Period]) -> Period | None:
    if later.kind == "event":
        return max(same, key=lambda other: (other.starts, other.code), default=None)
    return next((other for other in same if other.ends + timedelta(days=1) == later.starts), None)


def _year_before(later: Period, same: list[Period]) -> Period | None:
    if later.kind == "month":
        return next((other for other in same if (other.starts.year + 1, other.starts.month) == (later.starts.year, later.starts.month)), None)
    off = {other.code: abs((later.starts - other.starts).days - (364 if later.kind == "week" else 365)) for other in same}
    near = [other for other in same if off[other.code] <= (0 if later.kind == "week" else 21)]
    return min(near, key=lambda other: (off[other.code], other.code), default=None)
