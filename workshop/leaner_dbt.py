"""dbt with the same rows in less time, for `make build` and for tests that build many brands: what it makes anew at each node, call of a macro or
build is kept (macros, compiled texts, YAML, column testers, the graph of a parsed project, what names select).

It replaces functions of dbt itself, by name, so it is for the pinned version and stays out of the package: `dbt build` needs none of it.
"""

from __future__ import annotations

import pickle
from collections.abc import Callable, Iterator
from contextlib import ExitStack, contextmanager
from functools import cache
from typing import Any
from unittest.mock import patch


@contextmanager
def leaner_dbt(*, hears_debug: bool = False) -> Iterator[None]:
    """Only while a call of ours runs: others in the same process hear every event of dbt. `hears_debug` leaves its debug events."""
    with ExitStack() as stack:
        for place, name, ours in [*_replacements(), *([] if hears_debug else _without_debug_events())]:
            stack.enter_context(patch.object(place, name, ours))
        yield


@cache
def _replacements() -> list[tuple[Any, str, Callable]]:
    """Each as the place, the name there and what stands in for it."""
    import dbt.context.base
    import dbt_common.clients.agate_helper as agate_helper
    from dbt.compilation import Compiler
    from dbt.graph.selector import NodeSelector

    read, make, link = dbt.context.base.safe_load, agate_helper.build_type_tester, Compiler.compile
    select = NodeSelector.select_included
    yamls, testers, graphs, selections = {}, {}, {}, {}

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

    kept = [(dbt.context.base, "safe_load", safe_load), (agate_helper, "build_type_tester", build_type_tester), (Compiler, "compile", compile_graph)]
    kept.append((NodeSelector, "select_included", select_included))
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


@cache
def _without_debug_events() -> list[tuple[Any, str, Callable]]:
    """Of dbt's debug events, several a query, nobody reads one here, and to make them is a tenth of a build."""
    from dbt_common.events.base_types import BaseEvent, EventLevel
    from dbt_common.events.event_manager import EventManager

    make, get, fire = BaseEvent.__init__, BaseEvent.__getattr__, EventManager.fire_event

    def __init__(self, *arguments, **fields):
        if self.level_tag() == EventLevel.DEBUG:
            object.__setattr__(self, "fields_of_later", (arguments, fields))
        else:
            make(self, *arguments, **fields)

    def __getattr__(self, key):
        if key == "pb_msg" and "fields_of_later" in self.__dict__:
            arguments, fields = self.__dict__.pop("fields_of_later")
            make(self, *arguments, **fields)
            return self.__dict__["pb_msg"]
        return self.pb_msg.__getattribute__(key) if key != "pb_msg" else get(self, key)

    def fire_event(self, e, level=None, node=None, force_warn_or_error_handling=False):
        if level is not None or force_warn_or_error_handling or e.level_tag() != EventLevel.DEBUG:
            fire(self, e, level, node, force_warn_or_error_handling)

    return [(BaseEvent, "__init__", __init__), (BaseEvent, "__getattr__", __getattr__), (EventManager, "fire_event", fire_event)]
