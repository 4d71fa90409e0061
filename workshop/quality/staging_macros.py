"""Lets staging's own macros read the raw files here too, so that the two never disagree on what is readable.

Only macros that build SQL run here, and the few models and seeds that they read: they need Jinja and a way to run a
query, not dbt. Of dbt's world they get what they use, which `_dbt_world` lists.
"""

from __future__ import annotations

import json
import re
from collections.abc import Callable
from functools import cache
from pathlib import Path
from types import SimpleNamespace

import pytz
import yaml
from jinja2 import Environment, StrictUndefined

from tagmart.contract import raw_contract
from workshop.quality.built import builder
from workshop.quality.unreadable import Unreadable

# One macro at a time: `return` has to leave the macro it stands in, and Jinja knows no such thing. So
# each macro becomes a function that catches its own return.
ONE_MACRO = re.compile(r"\{%-?\s*macro\s+(\w+)\(.*?\{%-?\s*endmacro\s*-?%\}", re.S)


class _Return(Exception):
    """Carries a macro's return value out of its template."""


def staging_macros(project: Path, run_sql: Callable[[str], list[tuple]], settings: dict, raw_relations: dict[str, dict]) -> SimpleNamespace:
    """The macros of a project as Python functions, by name, and `ref`.

    `run_sql` runs the queries that they ask for, `settings` are dbt's vars. `raw_relations` holds what macro
    raw_relation should say of each raw table that is there; it may be filled later.
    """
    environment = Environment(extensions=["jinja2.ext.do"], undefined=StrictUndefined)
    functions: dict[str, Callable] = {}
    for file in sorted((project / "macros").rglob("*.sql")):
        for found in ONE_MACRO.finditer(file.read_text(encoding="utf-8")):
            functions[found.group(1)] = _function(environment, found.group(1), found.group(0))
    absent = {"from": None, "columns": {}}
    functions["raw_rules"] = lambda table: raw_contract()[table]
    functions["raw_relation"] = lambda table: raw_relations.get(table, absent)
    environment.globals.update({**functions, **_dbt_world(run_sql, settings, functions)})
    functions["ref"] = environment.globals["ref"] = builder(project, environment, run_sql)
    return SimpleNamespace(**functions)


def _dbt_world(run_sql: Callable[[str], list[tuple]], settings: dict, functions: dict[str, Callable]) -> dict:
    return {
        "return": _leave,
        "execute": True,
        "graph": {},
        "invocation_id": "",
        "modules": SimpleNamespace(re=re, pytz=pytz),
        "var": lambda name, *default: settings.get(name, *default) if default else settings[name],
        "tojson": json.dumps,
        "fromjson": json.loads,
        "fromyaml": yaml.safe_load,
        "exceptions": SimpleNamespace(raise_compiler_error=_refuse),
        "dbt": SimpleNamespace(type_string=lambda: "varchar"),
        "adapter": SimpleNamespace(
            quote=lambda name: '"' + name.replace('"', '""') + '"',
            dispatch=lambda name, package: functions[f"default__{name}"],
        ),
        "run_query": lambda sql: SimpleNamespace(rows=run_sql(sql)),
        "load_relation": lambda relation: relation,
        "config": lambda **_: "",
        "source": lambda *_: "",
    }


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
