"""Calls dbt in this process, many times over: what it makes anew at each call and nobody here reads is kept or left out.

A parsed project serves every call whose vars and database name leave it the same, and so does its graph. The files of dbt's
findings are not written, and its debug events not made; the YAML of a macro is read once, and the testers of column types are made once.
"""

from __future__ import annotations

import gc
import json
import os
import pickle
from collections.abc import Callable
from pathlib import Path
from typing import Any

from dbt.adapters.duckdb.connections import DuckDBConnectionManager
from dbt.cli.main import dbtRunner, dbtRunnerResult

PROJECT = Path(__file__).resolve().parents[2]
# Vars that are read only when SQL is rendered: with any of their values the project parses to the same (test_dbt_calls.py).
READ_LATE = {
    "as_of_date": "2025-05-15",
    "business_timezone": "UTC",
    "currency": "USD",
    "date_order": "day_first",
    "earliest_date": "1996-01-01",
    "keep_unchanged": False,
    "max_rejected_share": 1,
    "raw_encoding": "gbk",
    "raw_path": "elsewhere",
    "raw_schema": "elsewhere",
    "raw_timezone": "Asia/Shanghai",
}
MANIFESTS: dict[tuple[str, str], Any] = {}  # of the name of the database and of the vars that are read early


class DbtCalls:
    """`target` is where dbt writes. It runs in one thread: a core is all that a worker of pytest has."""

    def __init__(self, target: Path):
        _keep_what_dbt_makes_anew()
        self.target = target

    def __call__(self, arguments: list[str], *, database: Path, vars: dict, heard: Callable | None = None) -> dbtRunnerResult:
        """Run dbt; `heard` is called with each of its events. A parse is made as asked, anything else on the project parsed before."""
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
            return dbtRunner(manifest=manifest, callbacks=[heard] if heard else []).invoke([*said, *arguments, *where, "--vars", json.dumps(vars)])
        finally:
            os.chdir(here)
            DuckDBConnectionManager.close_all_connections()
            gc.enable()


def _fire_no_debug_events() -> None:
    """Of dbt's debug events, several a query, nobody reads one here, and to make them is a tenth of a build."""
    from dbt_common.events.base_types import BaseEvent, EventLevel
    from dbt_common.events.event_manager import EventManager

    make, get, fire = BaseEvent.__init__, BaseEvent.__getattr__, EventManager.fire_event

    def __init__(self, *arguments, **fields):
        if self.level_tag() == EventLevel.DEBUG:
            object.__setattr__(self, "fields_of_later", (arguments, fields))
        else:
            make(self, *arguments, **fields)

    def __getattr__(self, key):
        if key == "pb_msg" and "fields_of_later" in self.__dict__:
            arguments, fields = self.__dict__.pop("fields_of_later")
            make(self, *arguments, **fields)
            return self.__dict__["pb_msg"]
        return self.pb_msg.__getattribute__(key) if key != "pb_msg" else get(self, key)

    def fire_event(self, e, level=None, node=None, force_warn_or_error_handling=False):
        if level is not None or force_warn_or_error_handling or e.level_tag() != EventLevel.DEBUG:
            fire(self, e, level, node, force_warn_or_error_handling)

    BaseEvent.__init__, BaseEvent.__getattr__, EventManager.fire_event = __init__, __getattr__, fire_event


def _keep_what_dbt_makes_anew() -> None:
    import dbt.context.base
    import dbt_common.clients.agate_helper as agate_helper
    from dbt.compilation import Compiler

    if hasattr(dbt.context.base.safe_load, "kept"):
        return
    _fire_no_debug_events()
    read, make, link = dbt.context.base.safe_load, agate_helper.build_type_tester, Compiler.compile
    yamls, testers, graphs = {}, {}, {}

    def safe_load(text: str):
        if text not in yamls:
            yamls[text] = pickle.dumps(read(text))
        return pickle.loads(yamls[text])

    def build_type_tester(text_columns=(), string_null_values=("null", "")):
        key = (tuple(text_columns), tuple(string_null_values))
        if key not in testers:
            testers[key] = make(text_columns, string_null_values)
        return testers[key]

    def compile_graph(self, manifest, write=True, add_test_edges=False):
        if (key := (id(manifest), add_test_edges)) not in graphs:
            graphs[key] = manifest, link(self, manifest, write=write, add_test_edges=add_test_edges)
        self.initialize()
        return graphs[key][1]

    safe_load.kept = True
    dbt.context.base.safe_load = safe_load
    agate_helper.build_type_tester = build_type_tester
    Compiler.compile = compile_graph
