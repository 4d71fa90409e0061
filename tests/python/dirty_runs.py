"""Builds dirty folders one after the other in one process, as cheaply as dbt lets.

dbt's own parts take nearly all of the time. So the project is parsed once and its manifest handed on; seeds and the models of
absent tables are built once, in a database that is copied; what dbt makes anew at each call (YAML read, type testers) is kept.
"""

from __future__ import annotations

import gc
import json
import os
import pickle
import shutil
from dataclasses import dataclass, field
from pathlib import Path

import duckdb
import pytest
from conftest import PROJECT

ONCE = "stg_unreadable_lines stg_column_formats stg_raw_days stg_event_horizon stg_rejected_rows stg_row_balance stg_value_losses stg_delivery_accepted int_as_of_dates"
MONEY_AND_PEOPLE = (
    "int_currency__decided int_exchange_rates__dated int_identity__observed int_identity__links int_identity__judged int_identity__shared int_orders__validated int_refunds__dated int_contacts__dated"
)
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
        self.place, self.manifest = place, None
        for name, value in {"DBT_WRITE_JSON": "false", "OPENBLAS_NUM_THREADS": "1", "TAGMART_DATABASE": str(self.database)}.items():
            patch.setenv(name, value)
        _keep_what_dbt_makes_anew(patch)
        parsed = self._dbt(["parse"])
        self.manifest = parsed.result
        for node in self.manifest.nodes.values():
            node.config.persist_docs = {}  # nobody reads the comments of these tables
        self.raw.mkdir()
        (self.raw / "orders.csv").write_text("order_id,customer_id,ordered_at,paid_at,status,order_amount\n1,c1,2025-01-01,2025-01-01,paid,1.00\n")
        selected = [f"+{name}" for name in MONEY_AND_PEOPLE.split()] + ["int_identity__shared", "stg_value_losses", "path:models/staging"]
        assert self._dbt(["build", *WITHOUT_TESTS, "--select", *selected]).success
        self.database.replace(self.start)
        gc.collect()
        gc.freeze()

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
        outcome = self._dbt(arguments)
        results = getattr(outcome.result, "results", None) or []
        errors = [f"{result.node.name}: {result.message}" for result in results if str(result.status) not in ("success", "pass", "skipped", "no-op")]
        if outcome.exception is not None and not errors:
            errors = [str(outcome.exception)]
        return Run(outcome.success, self.database, errors)

    def _dbt(self, arguments: list[str]):
        from dbt.adapters.duckdb.connections import DuckDBConnectionManager
        from dbt.cli.main import dbtRunner

        common = ["--project-dir", str(PROJECT), "--profiles-dir", str(PROJECT), "--target-path", str(self.place / "target"), "--vars", json.dumps({"raw_path": str(self.raw)})]
        threads = [] if arguments[0] == "parse" else ["--threads", "1"]
        here = Path.cwd()
        gc.disable()
        try:
            return dbtRunner(manifest=self.manifest).invoke(["--quiet", "--log-level", "none", "--log-level-file", "none", *arguments, *threads, *common])
        finally:
            os.chdir(here)
            DuckDBConnectionManager.close_all_connections()
            gc.enable()


def _keep_what_dbt_makes_anew(patch: pytest.MonkeyPatch) -> None:
    import dbt.context.base
    import dbt_common.clients.agate_helper as agate_helper

    read, make, yamls, testers = dbt.context.base.safe_load, agate_helper.build_type_tester, {}, {}

    def safe_load(text: str):
        if text not in yamls:
            yamls[text] = pickle.dumps(read(text))
        return pickle.loads(yamls[text])

    def build_type_tester(text_columns=(), string_null_values=("null", "")):
        key = (tuple(text_columns), tuple(string_null_values))
        if key not in testers:
            testers[key] = make(text_columns, string_null_values)
        return testers[key]

    patch.setattr(dbt.context.base, "safe_load", safe_load)
    patch.setattr(agate_helper, "build_type_tester", build_type_tester)
