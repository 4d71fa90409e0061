"""A dbt project that has Tagmart as a package: a copy of tests/example_package, a corner shop, with dbt run in it as its owner does."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
from pathlib import Path

import yaml
from dbt.adapters.duckdb.connections import DuckDBConnectionManager
from dbt.cli.main import dbtRunner, dbtRunnerResult
from dbt.contracts.graph.manifest import Manifest
from dbt_calls import PROJECT

from workshop.leaner_dbt import leaner_dbt

EXAMPLE = PROJECT / "tests" / "example_package"
DBT = Path(sys.executable).with_name("dbt")
OWN_SETTINGS = ("TAGMART_", "DBT_")


def shop_in(folder: Path, package: dict) -> Path:
    """A copy of the shop with Tagmart installed from `package`, an entry of packages.yml."""
    shop = Path(shutil.copytree(EXAMPLE, folder / "shop"))
    (shop / "packages.yml").write_text(yaml.safe_dump({"packages": [package]}), encoding="utf-8")
    outcome, said = run(None, "deps", "--project-dir", str(shop))
    assert outcome.success, said
    return shop


def dbt(shop: Path, *arguments: str) -> subprocess.CompletedProcess:
    """Run dbt as a user of the shop does: in its folder, with its own profile and nothing of Tagmart's environment."""
    environment = {name: value for name, value in os.environ.items() if not name.startswith(OWN_SETTINGS)}
    return subprocess.run([DBT, "--no-use-colors", *arguments], cwd=shop, env=environment, capture_output=True, text=True)


def parsed_shop(folder: Path) -> Path:
    """The shop with Tagmart from its folder, parsed."""
    shop = shop_in(folder, {"local": str(PROJECT)})
    with leaner_dbt():
        outcome, said = run(None, "parse", "--project-dir", str(shop), "--profiles-dir", str(shop))
    assert outcome.success, said
    return shop


def enter(shop: Path, monkeypatch) -> Path:
    """Make the shop the current folder, without settings of Tagmart's own tests."""
    monkeypatch.chdir(shop)
    for name in [name for name in os.environ if name.startswith(OWN_SETTINGS)]:
        monkeypatch.delenv(name)
    return shop


def run(parsed: Manifest | None, *arguments: str) -> tuple[dbtRunnerResult, str]:
    """Run dbt in this process on a parsed project; what it said of errors comes with it, as one line."""
    said: list[str] = []
    here = Path.cwd()
    try:
        outcome = dbtRunner(parsed, [lambda event: event.info.level == "error" and said.append(event.info.msg)]).invoke(["--log-level", "none", *arguments])
    finally:
        os.chdir(here)
        DuckDBConnectionManager.close_all_connections()
    return outcome, " ".join(f"{' '.join(said)} {outcome.exception}".split())
