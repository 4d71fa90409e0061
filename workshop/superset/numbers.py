"""What each chart has to show, as plain SQL over the build, and whether it does."""

from __future__ import annotations

import math
from dataclasses import dataclass
from datetime import datetime, timezone
from decimal import Decimal
from pathlib import Path

import duckdb
import yaml

EXPECTED = Path(__file__).parent / "expected.yml"


@dataclass(frozen=True)
class Compared:
    """A chart: how many rows it shows and should show, and the sum of all numbers but dates that it shows; `fault` says the first difference."""

    name: str
    shown: int
    expected: int
    total: float
    fault: str | None


def expected(connection: duckdb.DuckDBPyConnection) -> dict[str, list[dict]]:
    """{file of a chart: its rows by the names that Superset gives to columns and metrics}."""
    found = {}
    for chart, sql in yaml.safe_load(EXPECTED.read_text(encoding="utf-8")).items():
        connection.execute(sql)
        names = [column[0] for column in connection.description]
        found[chart] = [dict(zip(names, row)) for row in connection.fetchall()]
    return found


def compare(name: str, shown: list[dict], wanted: list[dict]) -> Compared:
    """Rows in any order; numbers may differ by the last digits of a double."""
    ours, theirs = sorted(map(_plain, wanted), key=repr), sorted(map(_plain, shown), key=repr)
    fault = None if len(ours) == len(theirs) else f"{len(theirs)} rows in place of {len(ours)}"
    for one, other in zip(ours, theirs):
        if not fault and not _equal(one, other):
            fault = f"{dict(other)} in place of {dict(one)}"
    if not ours:
        fault = "the build has no row for it"
    dated = {name for row in wanted for name, value in row.items() if hasattr(value, "year")}
    total = math.fsum(value for row in theirs for name, value in row if isinstance(value, float) and name not in dated)
    return Compared(name, len(theirs), len(ours), total, fault)


def _plain(row: dict) -> list[tuple]:
    """A row with texts first, so that rows of one key are neighbours whatever a number's last digit is."""
    cells = {name: _cell(value) for name, value in row.items()}
    return sorted(cells.items(), key=lambda cell: (isinstance(cell[1], float), cell[0]))


def _cell(value):
    if value is None or isinstance(value, str):
        return value
    if hasattr(value, "year"):
        return 1000 * datetime(value.year, value.month, value.day, tzinfo=timezone.utc).timestamp()
    return float(value) if isinstance(value, (int, float, Decimal)) else value


def _equal(one: list[tuple], other: list[tuple]) -> bool:
    same_names = [name for name, _ in one] == [name for name, _ in other]
    return same_names and all(_same(left, right) for (_, left), (_, right) in zip(one, other))


def _same(left, right) -> bool:
    if isinstance(left, float) and isinstance(right, float):
        return math.isclose(left, right, rel_tol=1e-9, abs_tol=1e-9)
    return left == right
