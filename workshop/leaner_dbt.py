"""dbt with the same rows in less time, for `make build` and for tests that build many brands: what it makes anew at each node, call of a macro or
build is made once (made_once_in_dbt.py), and debug events are left out.

It replaces functions of dbt itself, by name, so it is for the pinned version and stays out of the package: `dbt build` needs none of it.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import ExitStack, contextmanager
from functools import cache
from typing import Any
from unittest.mock import patch

from workshop.made_once_in_dbt import made_once


@contextmanager
def leaner_dbt(*, hears_debug: bool = False) -> Iterator[None]:
    """Only while a call of ours runs: others in the same process hear every event of dbt. `hears_debug` leaves its debug events."""
    with ExitStack() as stack:
        for place, name, ours in [*made_once(), *([] if hears_debug else _without_debug_events())]:
            stack.enter_context(patch.object(place, name, ours))
        yield


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
