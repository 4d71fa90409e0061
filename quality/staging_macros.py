"""Lets staging's own macros read the raw files here too, so that the two never disagree on what is readable.

Only the SQL-building macros of macros/raw and macros/cross_db run here: they need Jinja and a way to run
a query, not dbt. Of dbt's world they get what they use: `return`, `adapter`, `dbt.type_string`, `run_query`, `var`.
"""

from __future__ import annotations

import json
import re
from collections.abc import Callable
from functools import cache
from pathlib import Path
from types import SimpleNamespace

import yaml
from jinja2 import Environment, StrictUndefined

from quality.unreadable import Unreadable

# One macro at a time: `return` has to leave the macro it stands in, and Jinja knows no such thing. So
# each macro becomes a function that catches its own return.
ONE_MACRO = re.compile(r"\{%-?\s*macro\s+(\w+)\(.*?\{%-?\s*endmacro\s*-?%\}", re.S)


class _Return(Exception):
    """Carries a macro's return value out of its template."""


def staging_macros(macros: Path, run_sql: Callable[[str], list[tuple]], settings: dict) -> SimpleNamespace:
    """The macros as Python functions, by name; `run_sql` runs the queries that they ask for, `settings` are dbt's vars."""
    environment = Environment(extensions=["jinja2.ext.do"], undefined=StrictUndefined)  # noqa: S701 (builds SQL)
    functions: dict[str, Callable] = {}
    for file in sorted([*(macros / "raw").glob("*.sql"), *(macros / "cross_db").glob("*.sql")]):
        for found in ONE_MACRO.finditer(file.read_text(encoding="utf-8")):
            functions[found.group(1)] = _function(environment, found.group(1), found.group(0))
    environment.globals.update(functions)
    environment.globals.update(
        {
            "return": _leave,
            "modules": SimpleNamespace(re=re),
            "var": settings.__getitem__,
            "fromjson": json.loads,
            "fromyaml": yaml.safe_load,
            "exceptions": SimpleNamespace(raise_compiler_error=_refuse),
            "dbt": SimpleNamespace(type_string=lambda: "varchar"),
            "adapter": SimpleNamespace(
                quote=lambda name: '"' + name.replace('"', '""') + '"',
                dispatch=lambda name: functions[f"default__{name}"],
            ),
            "run_query": lambda sql: SimpleNamespace(rows=run_sql(sql)),
        }
    )
    return SimpleNamespace(**functions)


def _function(environment: Environment, name: str, source: str) -> Callable:
    @cache
    def macro() -> Callable:
        # Compiled when first called: most macros never are, and some use parts of dbt that are not here.
        return getattr(environment.from_string(source).module, name)

    def call(*arguments: object, **named: object) -> object:
        try:
            return str(macro()(*arguments, **named))
        except _Return as result:
            return result.args[0]

    return call


def _leave(value: object = None) -> None:
    raise _Return(value)


def _refuse(message: str) -> None:
    raise Unreadable(message)
