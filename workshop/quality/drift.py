"""Drift of the tag mart: the newest as-of date beside the one before it, tag by tag.

Two expectations a tag: that as many customers have it as before, and that its values are distributed as before.
"""

from __future__ import annotations

import csv
import re
from collections import defaultdict
from dataclasses import dataclass
from datetime import date
from pathlib import Path

from great_expectations.expectations import ExpectColumnProportionOfNonNullValuesToBeBetween

from workshop.quality.checking import Checks, expect
from workshop.quality.contract import MART, Column, Contract
from workshop.quality.drift_bins import bins
from workshop.quality.drift_expectation import ExpectColumnToKeepItsShares
from workshop.quality.drift_measures import Counts
from workshop.quality.drift_report import Drift, Moved
from workshop.quality.mart_suite import attach_mart
from workshop.quality.unreadable import Unreadable

MEASURES = ("customers", "psi", "empty_share")
NOW = f"{MART}_now"


@dataclass(frozen=True)
class Limits:
    """`{(tag, measure): limit}`; tag `*` is any that has none of its own."""

    by_tag: dict[tuple[str, str], float]

    def of(self, tag: str, measure: str) -> float:
        return self.by_tag.get((tag, measure), self.by_tag["*", measure])


def read_limits(file: Path, tags: list[Column]) -> Limits:
    """Read a table of limits: tag, measure, limit, reason. What would have no effect is a sentence.

    Raises:
        Unreadable: no such file, no such tag or measure, no number, or a measure without a limit for every tag.
    """
    if not file.is_file():
        raise Unreadable(f"The table of limits '{file}' does not exist.")
    with file.open(encoding="utf-8-sig", newline="") as lines:
        rows = list(csv.DictReader(lines))
    known, by_tag = {"*", *(tag.name for tag in tags)}, {}
    for row in rows:
        tag, measure, limit = row.get("tag"), row.get("measure"), row.get("limit")
        if tag not in known or measure not in MEASURES or not re.fullmatch(r"\d+(\.\d+)?", limit or "") or not float(limit):
            raise Unreadable(f"{file.name}: '{tag},{measure},{limit}' is no tag of {MART} (or *), one of {', '.join(MEASURES)}, and a limit above 0.")
        by_tag[tag, measure] = float(limit)
    if missing := [measure for measure in MEASURES if ("*", measure) not in by_tag]:
        raise Unreadable(f"{file.name}: there is no limit of every tag (*) for {', '.join(missing)}.")
    return Limits(by_tag)


def measure_drift(checks: Checks, file: Path, contract: Contract, limits: Limits) -> Drift:
    """Compare the two newest as-of dates of a built DuckDB file."""
    attach_mart(checks, file)
    dates = checks.sql(f"select as_of_date, count(*) from {MART} group by 1 order by 1 desc limit 2")
    if len(dates) < 2:
        return Drift([(_day(day), count) for day, count in dates], [])
    (now, customers_now), (before, customers) = ((_day(day), count) for day, count in dates)
    present = {*checks.columns(MART)}
    tags = [tag for tag in contract.tags if tag.name in present]
    binned = ", ".join(f"{sql} as {name}" for name, sql in bins(tags, MART, before, checks.sql).items())
    checks.sql(f"create view {NOW} as select {binned} from {MART} where as_of_date = date '{now}'")
    counts = _counts(checks, f"select {binned} from {MART} where as_of_date = date '{before}'")
    have = checks.sql(f"select {', '.join(f'count({tag.name})' for tag in tags)} from {NOW}")[0]
    moves, suite = [], []
    for tag, have_now in zip(tags, have):
        fewest, psi_limit, empty_limit = (limits.of(tag.name, measure) for measure in MEASURES)
        move = Moved(tag, customers, customers_now, counts[tag.name], have_now, int(fewest), psi_limit, empty_limit)
        moves.append(move)
        if move.had >= fewest:
            suite.append(_stays_filled(move))
            if move.have >= fewest:
                suite.append(_stays_distributed(move))
    seen = checks.observed(NOW, suite, f"drift.{MART}")
    for move in moves:
        filled, kept = seen.get(_filled(move.tag.name)), seen.get(_kept(move.tag.name))
        if filled:
            move.is_judged, move.is_over = True, not (filled.success and (kept is None or kept.success))
        if kept:
            move.psi, move.after = kept.result["observed_value"], kept.result["details"]["after"]
    return Drift([(now, customers_now), (before, customers)], moves)


def _stays_filled(move: Moved) -> ExpectColumnProportionOfNonNullValuesToBeBetween:
    name, share, most = move.tag.name, move.had / move.customers, move.empty_limit
    return expect(
        ExpectColumnProportionOfNonNullValuesToBeBetween, _filled(name), [name], column=name, min_value=max(share - most, 0), max_value=min(share + most, 1)
    )


def _stays_distributed(move: Moved) -> ExpectColumnToKeepItsShares:
    name = move.tag.name
    return expect(ExpectColumnToKeepItsShares, _kept(name), [name], column=name, before=move.before, max_value=move.psi_limit)


def _filled(name: str) -> str:
    return f"{name} must be filled for as many customers as before"


def _kept(name: str) -> str:
    return f"{name} must be distributed as before"


def _counts(checks: Checks, binned: str) -> dict[str, Counts]:
    """Customers by tag and bin."""
    found: dict[str, Counts] = defaultdict(dict)
    for name, value, count in checks.sql(f"select name, value, count(*) from (unpivot ({binned}) on columns(*) into name name value value) group by 1, 2"):
        found[name][value] = count
    return found


def _day(value: object) -> date:
    return date.fromisoformat(str(value)[:10])
