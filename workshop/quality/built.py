"""The seeds and staging models that staging's macros read, built when one first asks for them."""

from __future__ import annotations

import csv
from collections.abc import Callable
from functools import cache
from pathlib import Path

from jinja2 import Environment

# Where they stand: apart from the views of the raw tables.
SCHEMA = "built"


def builder(project: Path, environment: Environment, run_sql: Callable[[str], list[tuple]]) -> Callable[[str], str]:
    """`ref`: builds the seed or the staging model when it is first asked for, and names its table."""

    @cache
    def ref(name: str) -> str:
        seed = project / "seeds" / f"{name}.csv"
        if seed.is_file():
            rows = _seed_sql(seed)
        else:
            model = next((project / "models" / "staging").rglob(f"{name}.sql"))
            rows = environment.from_string(model.read_text(encoding="utf-8")).render()
        run_sql(f"create schema if not exists {SCHEMA}")
        run_sql(f"create table {SCHEMA}.{name} as {rows}")
        return f"{SCHEMA}.{name}"

    return ref


def _seed_sql(seed: Path) -> str:
    """All columns as text, and nothing guessed: among the words for nothing stand some that look like comments."""
    with seed.open(encoding="utf-8-sig", newline="") as file:
        names = next(csv.reader(file))
    columns = ", ".join(f"'{name}': 'VARCHAR'" for name in names)
    path = str(seed).replace("'", "''")
    return f"select * from read_csv('{path}', header = true, auto_detect = false, delim = ',', quote = '\"', escape = '\"', columns = {{{columns}}})"
