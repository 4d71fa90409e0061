"""A copy of the project: dbt on it, in this process."""

from __future__ import annotations

import json
import os
import shutil
from dataclasses import dataclass, field
from pathlib import Path

DATABASE = Path("target") / "tagmart.duckdb"
BASE, EARLIER = "base.duckdb", "earlier.duckdb"  # as the project builds the brand; as an earlier day has left it
QUIET = ["--log-level", "none", "--log-level-file", "none", "--cache-selected-only"]


@dataclass
class Outcome:
    """What a dbt command did: the nodes that failed as (resource type, name, status, message), in the order of failing."""

    success: bool
    failures: list[tuple[str, str, str, str]] = field(default_factory=list)
    problem: str = ""


@dataclass(frozen=True)
class Workspace:
    """`folder` is a whole dbt project; its brand lies in `raw`, its database in its target folder."""

    folder: Path

    def dbt(self, *arguments: str, vars: dict | None = None) -> Outcome:
        """Run dbt in this process on the copy; a target folder for each set of vars keeps partial parsing valid."""
        from dbt.adapters.duckdb.connections import DuckDBConnectionManager
        from dbt.cli.main import dbtRunner

        failures: list[tuple[str, str, str, str]] = []
        here, elsewhere = Path.cwd(), os.environ.get("TAGMART_DATABASE")
        os.chdir(self.folder)
        os.environ["TAGMART_DATABASE"] = str(DATABASE)
        try:
            outcome = dbtRunner(callbacks=[lambda event: _note(event, failures)]).invoke(
                [
                    *QUIET,
                    *arguments,
                    "--project-dir",
                    str(self.folder),
                    "--profiles-dir",
                    str(self.folder),
                    "--target-path",
                    _target(vars),
                    "--threads",
                    "1",
                    "--vars",
                    json.dumps({"raw_path": "raw", "keep_unchanged": False, "rows_at_once": 300, **(vars or {})}),
                ]
            )
        finally:
            os.chdir(here)
            os.environ.pop("TAGMART_DATABASE")
            os.environ.update({"TAGMART_DATABASE": elsewhere} if elsewhere else {})
            DuckDBConnectionManager.close_all_connections()
        return Outcome(outcome.success, failures, " ".join(str(outcome.exception or "").split()))

    def manifest(self, vars: dict | None = None) -> dict:
        return json.loads((self.folder / _target(vars) / "manifest.json").read_text(encoding="utf-8"))

    def restore(self, kept: str = BASE) -> None:
        """Bring back a database that the project as it is has built."""
        for left in (self.folder / "target").glob("tagmart.duckdb*"):
            left.unlink()
        shutil.copyfile(self.folder / kept, self.folder / DATABASE)

    def keep(self, name: str) -> None:
        """Put the database aside, for restore."""
        shutil.move(self.folder / DATABASE, self.folder / name)


def _target(vars: dict | None) -> str:
    return "_".join(["target", *map(str, (vars or {}).values())])


def _note(event, failures: list[tuple[str, str, str, str]]) -> None:
    if event.info.name == "NodeFinished" and event.data.run_result.status not in ("success", "pass", "skipped", "no-op"):
        node, result = event.data.node_info, event.data.run_result
        failures.append((node.resource_type, node.node_name, result.status, " ".join(result.message.split())))
