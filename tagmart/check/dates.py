"""Dates in rules: days since 1970 for a date, microseconds for a timestamp."""

from __future__ import annotations

import re
from datetime import date, datetime

import z3
from sqlglot import exp

from tagmart.check.terms import Term
from tagmart.check.types import DATE, TIMESTAMP, Type

INTERVAL_DAYS = {"DAY": 1, "DAYS": 1, "WEEK": 7, "WEEKS": 7}
MOMENT = re.compile(r"\d{4}-\d\d-\d\d( \d\d:\d\d:\d\d(\.\d{3}(\d{3})?)?)?")


def interval_days(translator, node: exp.Interval) -> int:
    """Return how many days an interval of a fixed length has."""
    amount, unit = node.this.unnest() if node.this else None, node.text("unit").upper()
    negated = isinstance(amount, exp.Neg)
    amount = amount.this if negated else amount
    try:
        return (-1 if negated else 1) * int(amount.name) * INTERVAL_DAYS[unit]
    except (AttributeError, KeyError, ValueError):
        raise translator.problem(node, "is no fixed number of days: write interval 30 day") from None


def moment(translator, node: exp.Expression, text: str, kind: str) -> Term:
    """Return the term of a date or timestamp written as text."""
    try:
        if not MOMENT.fullmatch(text) or (kind == DATE and len(text) != 10):
            raise ValueError(text)
        if kind == DATE:
            return Term(Type(DATE), z3.IntVal((date.fromisoformat(text) - date(1970, 1, 1)).days))
        since = datetime.fromisoformat(text) - datetime(1970, 1, 1)
    except (ValueError, TypeError):
        raise translator.problem(node, f"is no {kind}: write {kind} 'YYYY-MM-DD{' hh:mm:ss' * (kind == TIMESTAMP)}'") from None
    return Term(Type(TIMESTAMP), z3.IntVal((since.days * 86400 + since.seconds) * 1_000_000 + since.microseconds))
