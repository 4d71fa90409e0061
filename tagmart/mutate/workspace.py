"""A copy of the project with a small built brand in it. Mutants are put there; the checkout stays as it is."""

from __future__ import annotations

import hashlib
import json
import os
import shutil
import sys
from collections.abc import Callable
from dataclasses import dataclass, field
from pathlib import Path

SEED = 20240615  # of the brand: 220 people with every oddity that raw data is allowed to have
PARTS = ("dbt_project.yml", "profiles.yml", "models", "macros", "seeds", "tests")
JUDGES = ("tagmart/check", "tests/python/reference", "tests/python/brands.py")
DATABASE = Path("target") / "tagmart.duckdb"
QUIET = ["--log-level", "none", "--log-level-file", "none", "--cache-selected-only"]
# What costs time in every run of a copy and decides nothing there: the raw files never change, nobody reads the comments.
LEFT_OUT = {'  - "{{ raw_check() }}"\n': "", "+persist_docs: {relation: true, columns: true}": "+persist_docs: {relation: false}"}


@dataclass
class Outcome:
    """What a dbt command did: the nodes that failed as (resource type, name, status, message), in the order of failing."""

    success: bool
    failures: list[tuple[str, str, str, str]] = field(default_factory=list)
    problem: str = ""


@dataclass(frozen=True)
class Workspace:
    """`folder` is a whole dbt project; its brand lies in `raw`, its database where the profile says."""

    folder: Path

    def dbt(self, *arguments: str, vars: dict | None = None) -> Outcome:
        """Run dbt in this process on the copy; a target folder for each set of vars keeps partial parsing valid."""
        from dbt.adapters.duckdb.connections import DuckDBConnectionManager
        from dbt.cli.main import dbtRunner

        failures: list[tuple[str, str, str, str]] = []
        target = "target" if not vars else "target_" + "_".join(str(value) for value in vars.values())
        here = Path.cwd()
        os.chdir(self.folder)
        try:
            outcome = dbtRunner(callbacks=[lambda event: _note(event, failures)]).invoke(
                [*QUIET, *arguments, "--project-dir", str(self.folder), "--profiles-dir", str(self.folder), "--target-path", target,
                 "--threads", "1", "--vars", json.dumps({"raw_path": "raw", **(vars or {})})])
        finally:
            os.chdir(here)
            DuckDBConnectionManager.close_all_connections()
        return Outcome(outcome.success, failures, " ".join(str(outcome.exception or "").split()))

    def manifest(self, vars: dict | None = None) -> dict:
        name = "target" if not vars else "target_" + "_".join(str(value) for value in vars.values())
        return json.loads((self.folder / name / "manifest.json").read_text(encoding="utf-8"))

    def restore(self) -> None:
        """Bring back the database as it was built from the project as it is."""
        for left in (self.folder / "target").glob("tagmart.duckdb*"):
            left.unlink()
        shutil.copyfile(self.folder / "base.duckdb", self.folder / DATABASE)


def _note(event, failures: list[tuple[str, str, str, str]]) -> None:
    if event.info.name == "NodeFinished" and event.data.run_result.status not in ("success", "pass", "skipped", "no-op"):
        node, result = event.data.node_info, event.data.run_result
        failures.append((node.resource_type, node.node_name, result.status, " ".join(result.message.split())))


def prepare(root: Path, folder: Path, say: Callable[[str], None]) -> Workspace:
    """Copy the project into an empty folder and build the brand there with every test, which must be green."""
    shutil.rmtree(folder, ignore_errors=True)
    copy_project(root, folder)
    brands = reference_module(root, "brands")
    brands.write(brands.brand(brands.Shape(seed=SEED)), folder / "raw")
    workspace = Workspace(folder)
    say("Building the brand with every test, as the project is ...")
    built = workspace.dbt("build")
    if not built.success:
        raise SystemExit(f"The project itself is not green: {built.failures[0] if built.failures else built.problem}; mend that first.")
    settings = (folder / "dbt_project.yml").read_text(encoding="utf-8")
    for line, instead in LEFT_OUT.items():
        assert line in settings, f"dbt_project.yml has no line {line!r}"
        settings = settings.replace(line, instead)
    (folder / "dbt_project.yml").write_text(settings, encoding="utf-8")
    shutil.move(folder / DATABASE, folder / "base.duckdb")
    return workspace


def copy_project(source: Path, folder: Path) -> None:
    folder.mkdir(parents=True)
    for part in PARTS:
        if (source / part).is_dir():
            shutil.copytree(source / part, folder / part, ignore=shutil.ignore_patterns("python", "mutation", "__pycache__"))
        else:
            shutil.copyfile(source / part, folder / part)


def clone(workspace: Workspace, folder: Path) -> Workspace:
    """Return a copy of a prepared workspace for one worker."""
    shutil.rmtree(folder, ignore_errors=True)
    copy_project(workspace.folder, folder)
    shutil.copytree(workspace.folder / "raw", folder / "raw")
    shutil.copyfile(workspace.folder / "base.duckdb", folder / "base.duckdb")
    (folder / "target").mkdir()
    return Workspace(folder)


def reference_module(root: Path, name: str):
    """Import a module of tests/python, which is no package."""
    path = str(root / "tests" / "python")
    if path not in sys.path:
        sys.path.insert(0, path)
    return __import__(name)


def state_of(root: Path) -> str:
    """Return a hash of all that decides a verdict: the project, its tests, the prover and the reference."""
    digest = hashlib.sha256()
    for part in (*PARTS, *JUDGES):
        paths = [root / part] if (root / part).is_file() else sorted((root / part).rglob("*"))
        for path in paths:
            if path.is_file() and path.suffix in (".sql", ".yml", ".csv", ".py") and ("tests/python" not in path.as_posix() or part in JUDGES):
                digest.update(path.relative_to(root).as_posix().encode() + path.read_bytes())
    return digest.hexdigest()[:16]
