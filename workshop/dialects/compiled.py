"""Every model and data test as text, in DuckDB's spelling and in Spark's, from one run of `dbt compile` on DuckDB.

`adapter.dispatch` is asked twice, and prefers `spark__` the second time. No query is run and no table is looked for, so that the
texts do not depend on what is built. A model that keeps rows is compiled as it is first built and as it is built again, and the
conditions of its pre-hooks that forget rows are texts too.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass, field
from functools import partial
from typing import Any
from unittest.mock import patch

from workshop.dialects.spark_macros import NOT_SPELLED, SPARK_MACROS, answer

# Macros that are called ten thousand times, and whose answer depends on nothing but their arguments.
OF_TEXTS_ALONE = {"exact_literal", "pattern_text", "spark_pattern"}


@dataclass(frozen=True)
class Texts:
    """One text in two spellings. `file` is relative to the project, `source` the text with its Jinja."""

    name: str
    file: str
    source: str
    duckdb: str
    spark: str


@dataclass
class _Spelling:
    """How the next macros are to be spelled, and what was heard of them."""

    engine: str = "duckdb"
    kept: tuple[str, str] | None = None  # schema and name of the model that is built again
    spelled_apart: frozenset[str] = frozenset()  # the macros of which an engine has a spelling of its own
    heard: set[str] = field(default_factory=set)
    forgotten: list[str] = field(default_factory=list)


class NotCompiled(Exception):
    """dbt could not parse or compile the project; the message is dbt's."""


def compile_all(heard: Callable[[Texts], None], project: str = ".") -> int:
    """Call `heard` with each text of the project in this folder, and return how many models and data tests there were.

    Raises NotCompiled with dbt's words.
    """
    from dbt.cli.main import dbtRunner

    where = ["--project-dir", project, "--profiles-dir", project]
    quiet = ["--log-level", "none", "--log-level-file", "none", "--no-write-json"]
    parsed = dbtRunner().invoke([*quiet, "parse", *where])
    if not parsed.success:
        raise NotCompiled(str(parsed.exception))
    nodes = []

    def one(compiler: Any, node: Any, manifest: Any, *_: Any, **__: Any) -> Any:
        if str(node.resource_type) in ("model", "test") and node.language == "sql":
            nodes.append(node.unique_id)
            for texts in _texts(compiler, node, manifest, spelling):
                heard(texts)
        node.compiled, node.compiled_code = True, ""
        return node

    spelling = _Spelling(spelled_apart=_spelled_apart(parsed.result))
    with _one_engine_for_another(spelling, one):
        compiled = dbtRunner(manifest=parsed.result).invoke([*quiet, "compile", "--threads", "1", *where])
    if not compiled.success:
        faults = [each.message for each in getattr(compiled.result, "results", []) if each.message and str(each.status) == "error"]
        raise NotCompiled("\n".join(faults) or str(compiled.exception))
    return len(nodes)


def _texts(compiler: Any, node: Any, manifest: Any, spelling: _Spelling) -> Iterator[Texts]:
    from dbt.clients.jinja import get_rendered

    context = compiler._create_node_context(node, manifest, {})

    def both(render: Callable[[], str]) -> tuple[str, str]:
        spelling.engine, spelling.heard = "duckdb", set()
        duckdb = render()
        spelling.engine = "spark"
        return duckdb, render() if spelling.heard & spelling.spelled_apart else duckdb

    def forgets(hook: str) -> str:
        spelling.forgotten.clear()
        get_rendered(hook, context, node)
        return ";\n".join(f"select 1 from {node.schema}.{node.alias} where {condition}" for condition in spelling.forgotten)

    said = partial(Texts, node.name, node.original_file_path, node.raw_code)
    yield said(*both(lambda: get_rendered(node.raw_code, context, node)))
    if node.config.materialized != "incremental":
        return
    spelling.kept = node.schema, node.alias
    try:
        yield said(*both(lambda: get_rendered(node.raw_code, context, node)))
        for hook in node.config.pre_hook:
            # Other hooks ask the database for something, and only on DuckDB.
            if "forget_" in hook.sql:
                yield said(*both(lambda hook=hook: forgets(hook.sql)))
    finally:
        spelling.kept = None


def _spelled_apart(manifest: Any) -> frozenset[str]:
    of_engines = {macro.name.split("__", 1)[1] for macro in manifest.macros.values() if macro.name.startswith(("spark__", "duckdb__"))}
    return frozenset(of_engines | {*SPARK_MACROS} | NOT_SPELLED)


@contextmanager
def _one_engine_for_another(spelling: _Spelling, compile_node: Callable) -> Iterator[None]:
    from dbt.adapters.duckdb.impl import DuckDBAdapter
    from dbt.adapters.duckdb.relation import DuckDBRelation
    from dbt.clients.jinja import MacroGenerator
    from dbt.compilation import Compiler
    from dbt.context.providers import BaseDatabaseWrapper
    from dbt.exceptions import CompilationError

    call, said = MacroGenerator.__call__, {}
    dispatch, prefixes = BaseDatabaseWrapper.dispatch, BaseDatabaseWrapper._get_adapter_macro_prefixes

    def ours(self: Any, name: str, *arguments: Any, **named: Any) -> Any:
        spelling.heard.add(name)
        if name == "forget_rows":
            return lambda condition: spelling.forgotten.append(condition) or ""
        if name == "ask_python":
            return lambda function, arguments: answer(spelling.engine, function, tuple(arguments))
        if spelling.engine == "spark" and name in SPARK_MACROS:
            return SPARK_MACROS[name]
        found = dispatch(self, name, *arguments, **named)
        if spelling.engine == "spark" and name in NOT_SPELLED and not found.macro.name.startswith("spark__"):
            raise CompilationError(f"dbt.{name} has a spelling for Spark that workshop/dialects/spark_macros.py lacks: add it to SPARK_MACROS.")
        return found

    def called(self: Any, *arguments: Any, **named: Any) -> Any:
        name = self.macro.name
        if name == "by_engine":
            spelling.heard.add(name)
            return by_engine(*arguments, **named)
        if name not in OF_TEXTS_ALONE or named:
            return call(self, *arguments, **named)
        key = spelling.engine, name, arguments
        if key not in said:
            said[key] = call(self, *arguments)
        spelling.heard.add("by_engine")
        return said[key]

    def by_engine(default: Any, spark: Any) -> Any:
        return spark if spelling.engine == "spark" else default

    def there(self: Any, database: str, schema: str, identifier: str) -> Any:
        return self.Relation.create(database, schema, identifier, type="table") if (schema, identifier) == spelling.kept else None

    with ExitStack() as stack:
        for place, name, instead in [
            (Compiler, "compile_node", compile_node),
            (MacroGenerator, "__call__", called),
            (BaseDatabaseWrapper, "dispatch", ours),
            (BaseDatabaseWrapper, "_get_adapter_macro_prefixes", lambda self: ["spark", "default"] if spelling.engine == "spark" else prefixes(self)),
            (DuckDBAdapter, "get_relation", there),
            # dbt quotes what it refers to, an author must not.
            (DuckDBRelation, "quoted", lambda self, identifier: identifier),
        ]:
            stack.enter_context(patch.object(place, name, instead))
        yield
