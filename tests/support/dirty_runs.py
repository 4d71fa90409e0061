"""Builds dirty folders one after the other in one process: seeds and the models of absent tables once, in a database that is copied."""

from __future__ import annotations

import shutil
from dataclasses import dataclass, field
from pathlib import Path

import duckdb
import pytest
from dbt_calls import DbtCalls

ONCE = "stg_unreadable_lines stg_column_shapes stg_column_formats stg_raw_days stg_event_horizon stg_rejected_rows stg_row_balance stg_value_losses stg_delivery_accepted int_as_of_dates"
MONEY_AND_PEOPLE = "int_currency__decided int_exchange_rates__dated int_identity__observed int_identity__links int_identity__judged int_identity__shared int_orders__validated int_refunds__dated int_contacts__dated"
WITHOUT_TESTS = ["--exclude-resource-type", "test", "unit_test"]


@dataclass
class Run:
    """`errors`: the message of each failed node or hook; `database`: what was built."""

    success: bool
    database: Path
    errors: list[str] = field(default_factory=list)

    def __enter__(self) -> Run:
        self.connection = duckdb.connect(str(self.database), read_only=True, config={"threads": "1"})
        return self

    def __exit__(self, *_: object) -> None:
        self.connection.close()

    def rows(self, sql: str) -> list[tuple]:
        return self.connection.execute(sql).fetchall()


class Line:
    """A production line: one manifest and one starting database for every folder."""

    def __init__(self, place: Path, patch: pytest.MonkeyPatch):
        self.raw, self.database, self.start = place / "raw", place / "line.duckdb", place / "start.duckdb"
        self.place, self.dbt = place, DbtCalls(place / "target")
        patch.setenv("OPENBLAS_NUM_THREADS", "1")
        self.raw.mkdir()
        (self.raw / "orders.csv").write_text("order_id,customer_id,ordered_at,paid_at,status,order_amount\n1,c1,2025-01-01,2025-01-01,paid,1.00\n")
        selected = [f"+{name}" for name in MONEY_AND_PEOPLE.split()] + ["int_identity__shared", "stg_value_losses", "path:models/staging"]
        assert self._call(["build", *WITHOUT_TESTS, "--select", *selected]).success
        self.database.replace(self.start)

    def run(self, raw: Path, tables: list[str]) -> Run:
        """Build staging, identity, orders, refunds and contacts of a folder that has these tables and no others."""
        shutil.copyfile(self.start, self.database)
        checked = [f"stg_{table}__checked" for table in tables]
        return self._run(raw, ["run", "--full-refresh", "--select", *ONCE.split(), *checked, *MONEY_AND_PEOPLE.split()])

    def build_all(self, raw: Path) -> Run:
        """Build every model from nothing, and run every data test."""
        self.database.unlink(missing_ok=True)
        return self._run(raw, ["build", "--exclude-resource-type", "unit_test"])

    def _run(self, raw: Path, arguments: list[str]) -> Run:
        shutil.rmtree(self.raw, ignore_errors=True)
        raw.replace(self.raw)
        for left in self.place.glob("line.raw"):
            shutil.rmtree(left)
        outcome = self._call(arguments)
        results = getattr(outcome.result, "results", None) or []
        errors = [f"{result.node.name}: {result.message}" for result in results if str(result.status) not in ("success", "pass", "skipped", "no-op")]
        if outcome.exception is not None and not errors:
            errors = [str(outcome.exception)]
        return Run(outcome.success, self.database, errors)

    def _call(self, arguments: list[str]):
        return self.dbt([*arguments, "--quiet"], database=self.database, vars={"raw_path": str(self.raw), "keep_unchanged": False})
