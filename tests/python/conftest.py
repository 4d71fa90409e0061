"""Shared harness: build the dbt project on a folder of raw files, in this process, into a database of its own."""

from __future__ import annotations

import json
import os
import shutil
import tempfile
from dataclasses import dataclass, field
from pathlib import Path

import duckdb
import pytest
from dbt_calls import PROJECT, DbtCalls

SHARED = PROJECT.parent / "shared"
BUILDERS = {"line", "newcomer", "shop", "workshop"}  # fixtures that build brands


@dataclass
class Build:
    """What one dbt invocation did: `success`, every log `text` line, failed node names, the `database` file."""

    success: bool
    database: Path
    text: str
    failed: list[str] = field(default_factory=list)

    def query(self, sql: str):
        """Return the rows of a query on the built database, as a pandas frame."""
        with duckdb.connect(str(self.database), read_only=True) as connection:
            return connection.execute(sql).df()

    def rows(self, sql: str) -> list[tuple]:
        with duckdb.connect(str(self.database), read_only=True) as connection:
            return connection.execute(sql).fetchall()


class Workshop:
    """Builds brands. One raw path for all of them, re-linked each time, keeps what dbt has parsed valid."""

    def __init__(self, folder: Path):
        self.folder = folder
        self.raw_link = folder / "raw"
        self.target = folder / "target"
        self.dbt = DbtCalls(self.target)

    def build(
        self,
        raw: Path | str,
        *,
        name: str = "brand",
        fresh: bool = True,
        tests: bool = False,
        select: str | None = None,
        exclude: str | None = None,
        full_refresh: bool = False,
        command: str = "build",
        vars: dict | None = None,
    ) -> Build:
        """Run dbt on the raw folder into database `name`; `fresh` starts from an empty one. Everything is built (test_kept_builds.py).

        `tests` asks data tests too; unit tests read no brand, so `make gates` alone asks them.
        All are built at one path and moved then: for another path dbt would parse the project anew.
        """
        database, aside = self.kept("brand"), self.folder / "aside.duckdb"
        if name != "brand":
            move_database(database, aside)
            move_database(self.kept(name), database)
        if fresh:
            for left in self.folder.glob(f"{database.name}*"):
                left.unlink()
        self.raw_link.unlink(missing_ok=True)
        if Path(raw).exists():
            self.raw_link.symlink_to(Path(raw).resolve(), target_is_directory=True)
        lines: list[str] = []
        arguments = [command]
        if command == "build":
            arguments += ["--exclude-resource-type", "unit_test", *([] if tests else ["test"])]
        arguments += ["--select", *select.split()] if select else []
        arguments += ["--exclude", *exclude.split()] if exclude else []
        arguments += ["--full-refresh"] if full_refresh else []
        outcome = self.dbt(
            arguments,
            database=database,
            vars={"raw_path": str(self.raw_link), "keep_unchanged": False, **(vars or {})},
            heard=lambda event: lines.append(event.info.msg),
        )
        if name != "brand":
            move_database(database, self.kept(name))
            move_database(aside, database)
        failed = [result.node.name for result in getattr(outcome.result, "results", []) if str(result.status) not in ("success", "pass", "skipped", "no-op")]
        text = "\n".join(lines) + (f"\n{outcome.exception}" if outcome.exception else "")
        return Build(outcome.success, self.kept(name), text, failed)

    def kept(self, name: str) -> Path:
        """Where database `name` stands between builds."""
        folder = self.folder if name == "brand" else self.folder / "kept" / name
        folder.mkdir(parents=True, exist_ok=True)
        return folder / "brand.duckdb"

    def manifest(self, vars: dict | None = None) -> dict:
        """Parse the project with these vars and return its manifest."""
        outcome = self.dbt(["parse", "--write-json"], database=self.kept("brand"), vars=vars or {})
        assert outcome.success, outcome.exception
        return json.loads((self.target / "manifest.json").read_text(encoding="utf-8"))


def move_database(old: Path, new: Path) -> Path:
    """Move a database, if it is there, and the write-ahead log that a killed build leaves beside it."""
    for suffix in ("", ".wal"):
        Path(f"{new}{suffix}").unlink(missing_ok=True)
        if Path(f"{old}{suffix}").exists():
            Path(f"{old}{suffix}").rename(f"{new}{suffix}")
    return new


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Files that build come first: a long one at the end would leave the other workers waiting for it."""
    builds = {item.path for item in items if BUILDERS.intersection(getattr(item, "fixturenames", ()))}
    items.sort(key=lambda item: item.path not in builds)


@pytest.fixture(scope="session")
def workshop(tmp_path_factory) -> Workshop:
    folder = tmp_path_factory.mktemp("workshop")
    yield Workshop(folder)
    shutil.rmtree(folder, ignore_errors=True)


@pytest.fixture(scope="session")
def shared_data() -> Path:
    """The real data sets beside the project; tests that need them are skipped where there are none."""
    if not (SHARED / "data").is_dir():
        pytest.skip("The folder ../shared/data with the real data sets is not beside this project.")
    return SHARED / "data"


@pytest.fixture
def quick_path() -> Path:
    """A folder in memory where there is one: databases that live for a moment need no disk."""
    with tempfile.TemporaryDirectory(dir="/dev/shm" if os.access("/dev/shm", os.W_OK) else None) as folder:
        yield Path(folder)
