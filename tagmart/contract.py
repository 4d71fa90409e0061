"""The raw contract (tables, columns, types, codes), read from the YAML of the sources that states it."""

from __future__ import annotations

from functools import cache
from pathlib import Path

import yaml

from tagmart.parent import installed_package, is_parent, running_project

SOURCES = Path("models") / "sources"
TYPES = {"varchar": "text", "timestamp": "timestamp", "date": "date", "decimal(18,4)": "money", "bigint": "integer", "double": "number"}


def project_root() -> Path:
    """Return Tagmart's own folder: the current one or the nearest above, what `dbt deps` put into that project, else this checkout."""
    here = Path.cwd().resolve()
    project = running_project()
    packages = [installed_package(project)] if is_parent(project) else [here, *here.parents]
    for folder in (*packages, Path(__file__).resolve().parents[1]):
        if (folder / SOURCES).is_dir():
            return folder
    raise FileNotFoundError(f"The folder {SOURCES} was not found: run Tagmart inside its project folder, or one that has it as a package.")


def project_in_hand() -> Path:
    """Return the folder of the project that a command is about: another one that has Tagmart as a package where it runs in one, else Tagmart's own."""
    project = running_project()
    return project if is_parent(project) else project_root()


@cache
def raw_contract() -> dict[str, dict]:
    """Return `{table: {key, event_at, must_exist, needs, columns: {name: type}, codes, …}}`, the required table first.

    models/sources/README.md says what each key means; macro raw_rules gives SQL the same of one table.
    """
    files = sorted((project_root() / SOURCES).glob("*.yml"))
    tables = [table for file in files for source in yaml.safe_load(file.read_text(encoding="utf-8"))["sources"] for table in source["tables"]]
    tables.sort(key=lambda table: not table["config"]["meta"].get("required", False))
    return {table["name"]: rules_of(table) for table in tables}


def rules_of(table: dict) -> dict:
    """Return the rules of one table of a source."""
    return {**table["config"]["meta"], "columns": {column["name"]: TYPES[column["data_type"]] for column in table["columns"]}}
