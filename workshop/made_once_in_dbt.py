"""What dbt makes anew at each node, call of a macro or build, made once: stand-ins for functions of dbt's pinned version (leaner_dbt.py)."""

from __future__ import annotations

import pickle
import re
from collections.abc import Callable
from functools import cache
from typing import Any


@cache
def made_once() -> list[tuple[Any, str, Callable]]:
    """Each as the place, the name there and what stands in for it."""
    import dbt.context.base
    import dbt_common.clients.agate_helper as agate_helper
    from dbt.adapters.duckdb.impl import DuckDBAdapter
    from dbt.compilation import Compiler
    from dbt.graph.selector import NodeSelector

    read, make, link = dbt.context.base.safe_load, agate_helper.build_type_tester, Compiler.compile
    select, describe, nothing = NodeSelector.select_included, DuckDBAdapter.get_column_schema_from_query, agate_helper.empty_table()
    yamls, testers, graphs, selections, contracts = {}, {}, {}, {}, {}

    def safe_load(text: str):
        if text not in yamls:
            yamls[text] = pickle.dumps(read(text))
        return pickle.loads(yamls[text])

    def build_type_tester(text_columns=(), string_null_values=("null", "")):
        key = (tuple(text_columns), tuple(string_null_values))
        if key not in testers:
            testers[key] = make(text_columns, string_null_values)
        return testers[key]

    def compile_graph(self, manifest, write=True, add_test_edges=False):
        if (key := (id(manifest), add_test_edges)) not in graphs:
            graphs[key] = manifest, link(self, manifest, write=write, add_test_edges=add_test_edges)
        self.initialize()
        return graphs[key][1]

    def select_included(self, included_nodes, spec):
        if spec.method not in ("fqn", "path"):  # others, such as state, ask for more than the project
            return select(self, included_nodes, spec)
        key = id(self.manifest), type(self), spec.method, str(spec.value), len(included_nodes)
        if key not in selections:
            selections[key] = self.manifest, select(self, included_nodes, spec)
        return set(selections[key][1])

    def get_column_schema_from_query(self, sql):
        if len(re.findall(r"\bfrom\b", sql, re.IGNORECASE)) > 1:  # dbt's own, and one that reads a table
            return describe(self, sql)
        if sql not in contracts:
            contracts[sql] = describe(self, sql)
        return list(contracts[sql])

    kept = [(dbt.context.base, "safe_load", safe_load), (agate_helper, "build_type_tester", build_type_tester), (Compiler, "compile", compile_graph)]
    kept.append((NodeSelector, "select_included", select_included))
    kept.append((DuckDBAdapter, "get_column_schema_from_query", get_column_schema_from_query))  # of the types that a contract names
    kept.append((agate_helper, "empty_table", lambda: nothing))
    return [*kept, *_macros_made_once()]


def _macros_made_once() -> list[tuple[Any, str, Callable]]:
    """dbt makes a Jinja module of a macro at each call of it, compiles each text anew and guards every attribute: a third of a small build."""
    import dbt.cli.requires
    from dbt.context.providers import generate_runtime_macro_context as make_context
    from dbt.plugins.manager import PluginManager
    from dbt_common.clients.jinja import BaseMacroGenerator, MacroFuzzEnvironment
    from jinja2 import Environment

    make, compile_text, find = BaseMacroGenerator.get_macro, Environment.compile, PluginManager.get_prefixed_modules
    codes, contexts, modules = {}, {}, {}

    def get_macro(self):
        if "macro_made" not in self.__dict__:
            self.macro_made = make(self)
        return self.macro_made

    def compile(self, source, name=None, filename=None, raw=False, defer_init=False):
        if not isinstance(source, str) or name or filename or raw:
            return compile_text(self, source, name, filename, raw, defer_init)
        key = type(self), source, defer_init
        if key not in codes:
            if len(codes) >= 4096:  # of texts that differ from build to build
                codes.clear()
            codes[key] = compile_text(self, source, name, filename, raw, defer_init)
        return codes[key]

    def context_of_macro(macro, config, manifest, package_name):
        if contexts.get("config") is not config:  # another call of dbt
            contexts.clear()
            contexts["config"] = config
        key = macro.unique_id, package_name
        if key not in contexts:
            contexts[key] = make_context(macro, config, manifest, package_name)
        return dict(contexts[key])

    def get_prefixed_modules():
        if not modules:
            modules["found"] = find()
        return dict(modules["found"])

    def is_safe_attribute(self, obj, attr, value):
        return not attr.startswith("_")

    return [
        (BaseMacroGenerator, "get_macro", get_macro),
        (MacroFuzzEnvironment, "compile", compile),
        (MacroFuzzEnvironment, "is_safe_attribute", is_safe_attribute),
        (dbt.cli.requires, "generate_runtime_macro_context", context_of_macro),
        (PluginManager, "get_prefixed_modules", staticmethod(get_prefixed_modules)),
    ]
