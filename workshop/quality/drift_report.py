"""What drift says to people: one table, the largest move first, with a sentence for each tag."""

from __future__ import annotations

import csv
from dataclasses import dataclass, field
from datetime import date
from pathlib import Path

from workshop.quality.contract import Column
from workshop.quality.drift_measures import Counts, most_moved

SHOWN = 5  # lines at least, so that a quiet month shows what moved most
HEADER = ["tag", "name_en", "name_zh", "verdict", "times_limit", "psi", "psi_limit", "empty_share_before", "empty_share_now", "empty_share_limit", "what_moved"]


@dataclass
class Moved:
    """A tag at two dates: `before` and `after` are customers by bin, `had` and `have` those with a value."""

    tag: Column
    customers: int
    customers_now: int
    before: Counts
    have: int
    fewest: int
    psi_limit: float
    empty_limit: float
    psi: float | None = None
    after: Counts = field(default_factory=dict)
    is_judged: bool = False
    is_over: bool = False

    @property
    def had(self) -> int:
        return sum(self.before.values())

    @property
    def empty_before(self) -> float:
        return 1 - self.had / self.customers

    @property
    def empty_now(self) -> float:
        return 1 - self.have / self.customers_now

    @property
    def size(self) -> float:
        """The larger of both measures, in times of its limit; above 1 is drift."""
        return max((self.psi or 0) / self.psi_limit, abs(self.empty_now - self.empty_before) / self.empty_limit)

    @property
    def verdict(self) -> str:
        return ("drifted" if self.is_over else "stable") if self.is_judged else "not judged"

    def sentence(self) -> str:
        """What moved most."""
        if not self.had and self.have:
            return f"begins: nobody had it before, {self.have:,} customers have it now"
        if not self.is_judged:
            return f"{self.had:,} customers had it, fewer than {self.fewest:,}: chance alone may move it"
        if self.psi is None or abs(self.empty_now - self.empty_before) / self.empty_limit > self.psi / self.psi_limit:
            return f"{_share(self.empty_before)} of the customers did not have it, {_share(self.empty_now)} do not now"
        name, old, new = most_moved(self.before, self.after)
        return f"'{name}' was {_share(old)} of those who have it, and is {_share(new)}"


@dataclass
class Drift:
    """`dates` are the newest as-of date and the one before it with their customers; there may be no second one."""

    dates: list[tuple[date, int]]
    moves: list[Moved]

    def sorted(self) -> list[Moved]:
        """The largest move first; what was not judged last."""
        return sorted(self.moves, key=lambda move: (not move.is_judged, -move.size * move.is_judged, move.tag.name))

    @property
    def drifted(self) -> list[Moved]:
        return [move for move in self.sorted() if move.is_over]


def printed(drift: Drift, file: Path) -> str:
    """The tags that drifted, or those that moved most, as a table."""
    if len(drift.dates) < 2:
        return "Drift: customer_tags has one as-of date, and nothing to compare it with."
    (now, customers_now), (before, customers) = drift.dates
    judged = [move for move in drift.sorted() if move.is_judged]
    shown = judged[: max(len(drift.drifted), SHOWN)]
    lines = [f"Drift of customer_tags: {now} ({customers_now:,} customers) beside {before} ({customers:,})"]
    if shown:
        width = max(len(move.tag.name) for move in shown)
        lines.append(f"{'tag':{width}}  verdict   times its limit  what moved most")
        lines += [f"{move.tag.name:{width}}  {move.verdict:8}  {move.size:15.2f}  {move.sentence()}" for move in shown]
    lines.append(f"{len(judged)} of {len(drift.moves)} tags judged, {len(drift.drifted)} drifted; all of them in {file}")
    return "\n".join(lines)


def write_table(drift: Drift, file: Path) -> None:
    """Every tag with its measures, as CSV that spreadsheets open."""
    file.parent.mkdir(parents=True, exist_ok=True)
    with file.open("w", encoding="utf-8-sig", newline="") as lines:
        writer = csv.writer(lines)
        writer.writerow(HEADER)
        writer.writerows(_row(move) for move in drift.sorted())


def _row(move: Moved) -> list[object]:
    measures = (move.size if move.is_judged else None, move.psi, move.psi_limit, move.empty_before, move.empty_now, move.empty_limit)
    numbers = ["" if value is None else f"{value:.4g}" for value in measures]
    return [move.tag.name, move.tag.name_en, move.tag.name_zh, move.verdict, *numbers, move.sentence()]


def _share(share: float) -> str:
    return f"{share:.1%}"
