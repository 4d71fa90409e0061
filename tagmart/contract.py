"""The raw contract (tables, columns, types, codes), read from the one place that states it."""

from __future__ import annotations

import re
from functools import cache
from pathlib import Path

import yaml

CONTRACT_FILE = Path("macros") / "raw" / "raw_contract.sql"


def project_root() -> Path:
    """Return the folder of dbt_project.yml: the current folder or the nearest above, else this checkout."""
    here = Path.cwd().resolve()
    for folder in (here, *here.parents, Path(__file__).resolve().parents[1]):
        if (folder / CONTRACT_FILE).is_file():
            return folder
    raise FileNotFoundError(f"{CONTRACT_FILE} was not found: run Tagmart inside its project folder.")


@cache
def raw_contract() -> dict[str, dict]:
    """Return `{table: {key, event_at, must_exist, needs, columns: {name: type}, codes, …}}`.

    The block between `{% set contract %}` and `{% endset %}` of macros/raw/raw_contract.sql is YAML.
    """
    text = (project_root() / CONTRACT_FILE).read_text(encoding="utf-8")
    block = re.search(r"\{% set contract %\}\n(.*?)\{% endset %\}", text, re.S)
    if block is None:
        raise ValueError(f"{CONTRACT_FILE} has no `set contract` block.")
    return yaml.safe_load(block.group(1))
