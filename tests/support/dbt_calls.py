"""Calls dbt in this process, many times over: what it makes anew at each call and nobody here reads is kept or left out.

A parsed project serves every call whose vars and database name leave it the same. The files of dbt's findings are not written.
"""

from __future__ import annotations

import gc
import json
import os
from collections.abc import Callable
from pathlib import Path
from typing import Any

from dbt.adapters.duckdb.connections import DuckDBConnectionManager
from dbt.cli.main import dbtRunner, dbtRunnerResult

from workshop.leaner_dbt import leaner_dbt

PROJECT = Path(__file__).resolve().parents[2]
# Vars that are read only when SQL is rendered: with any of their values the project parses to the same (test_dbt_calls.py).
READ_LATE = {
    "as_of_date": "2025-05-15",
    "business_timezone": "UTC",
    "consent_default": "required",
    "currency": "USD",
    "date_order": "day_first",
    "earliest_date": "1996-01-01",
    "keep_unchanged": False,
    "max_rejected_share": 1,
    "raw_encoding": "gbk",
    "raw_path": "elsewhere",
    "raw_schema": "elsewhere",
    "raw_timezone": "Asia/Shanghai",
    "rows_at_once": 100,
    "staff_daily_confirmations": 1,
}
MANIFESTS: dict[tuple[str, str], Any] = {}  # of the name of the database and of the vars that are read early


class DbtCalls:
    """`target` is where dbt writes. It runs in one thread: a core is all that a worker of pytest has."""

    def __init__(self, target: Path):
        self.target = target

    def __call__(self, arguments: list[str], *, database: Path, vars: dict, heard: Callable | None = None) -> dbtRunnerResult:
        """Run dbt; `heard` is called with each of its events but debug ones. A parse is made as asked, anything else on the project parsed before."""
        if arguments[0] == "parse":
            return self._invoke(None, arguments, database, vars, heard)
        key = database.stem, json.dumps({name: value for name, value in vars.items() if name not in READ_LATE}, sort_keys=True)
        if key not in MANIFESTS:
            parsed = self._invoke(None, ["parse"], database, vars, heard)
            if not parsed.success:
                return parsed
            MANIFESTS[key] = parsed.result
            for node in parsed.result.nodes.values():
                node.config.persist_docs = {}  # no test reads the comments of tables
            gc.collect()
            gc.freeze()
        return self._invoke(MANIFESTS[key], [*arguments, "--threads", "1"], database, vars, heard)

    def _invoke(self, manifest: Any, arguments: list[str], database: Path, vars: dict, heard: Callable | None) -> dbtRunnerResult:
        os.environ["TAGMART_DATABASE"] = str(database)
        said = ["--log-level", "none", "--log-level-file", "none"] + ([] if "--write-json" in arguments else ["--no-write-json"])
        where = ["--project-dir", str(PROJECT), "--profiles-dir", str(PROJECT), "--target-path", str(self.target)]
        here = Path.cwd()
        gc.disable()
        try:
            with leaner_dbt():
                return dbtRunner(manifest=manifest, callbacks=[heard] if heard else []).invoke([*said, *arguments, *where, "--vars", json.dumps(vars)])
        finally:
            os.chdir(here)
            DuckDBConnectionManager.close_all_connections()
            gc.enable()
