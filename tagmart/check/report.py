"""Verdicts as text for people and as JSON for CI."""

from __future__ import annotations

import json
from datetime import date
from decimal import Decimal

from tagmart.check.example import Customer
from tagmart.check.prove import OVERLAPS_SHOWN, Verdict


def text(verdict: Verdict) -> str:
    """Return the block of a scheme."""
    head = f"{verdict.code:<16} "
    if verdict.word == "proved":
        classes = "1 class" if verdict.classes == 1 else f"{verdict.classes} classes"
        return f"{head}proved: {classes}, every customer in exactly one"
    overlaps = f"at least {OVERLAPS_SHOWN}" if len(verdict.overlaps) >= OVERLAPS_SHOWN else len(verdict.overlaps)
    counts = [(len(verdict.gaps), "gap"), (overlaps, "overlap"), (len(verdict.unreachable), "unreachable")]
    said = ", ".join(f"{count} {what}{'s' * (count != 1 and what != 'unreachable')}" for count, what in counts if count)
    lines = [head + (f"{verdict.word}: {said}" if said else verdict.word)]
    lines += [f"  {sentence}" for sentence in verdict.errors]
    lines += [f"  {written(customer)} -> no segment" for customer in verdict.gaps]
    lines += [f"  {written(customer)} -> {' and '.join(codes)}" for codes, customer in verdict.overlaps]
    lines += [f"  nobody -> {code}" for code in verdict.unreachable]
    lines += [f"  {verdict.mend}"] if verdict.mend else []
    return "\n".join(lines)


def written(customer: Customer) -> str:
    """Return a customer as `orders_count = 1, gender = 'male', days_since_first_order = NULL`."""
    return ", ".join(f"{name} = {_literal(value)}" for name, value in customer.items()) or "every customer"


def _literal(value: object) -> str:
    if value is None or isinstance(value, bool):
        return {None: "NULL", True: "true", False: "false"}[value]
    if isinstance(value, str):
        return "'" + value.replace("'", "''") + "'"
    return f"{value:f}" if isinstance(value, Decimal) else str(value)


def as_json(verdicts: list[Verdict], problem: str = "") -> str:
    """Return the document of --json; `problem` is what kept all schemes from being read."""
    document: dict = {
        "schemes": [
            {
                "code": verdict.code,
                "verdict": verdict.word,
                "gaps": [{"customer": plain(customer)} for customer in verdict.gaps],
                "overlaps": [{"segments": codes, "customer": plain(customer)} for codes, customer in verdict.overlaps],
                "unreachable": verdict.unreachable,
                "errors": verdict.errors,
            }
            for verdict in verdicts
        ]
    }
    if problem:
        document["errors"] = [problem]
    return json.dumps(document, ensure_ascii=False, indent=2)


def plain(customer: Customer) -> dict:
    """Return a customer as JSON has it: decimals as numbers, dates as ISO text."""
    return {name: float(value) if isinstance(value, Decimal) else str(value) if isinstance(value, date) else value for name, value in customer.items()}


def exit_status(verdicts: list[Verdict]) -> int:
    words = {verdict.word for verdict in verdicts}
    return 2 if "error" in words else 1 if "failed" in words else 0
