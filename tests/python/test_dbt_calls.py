"""The harness hands one parsed project to builds with other vars: it must be the project that they would parse."""

from __future__ import annotations

import pytest
from dbt_calls import READ_LATE
from dbt_common.events.event_manager import EventManager
from leaner_dbt import leaner_dbt

PARTS = ["nodes", "sources", "macros", "unit_tests", "exposures", "parent_map"]


@pytest.mark.slow
def test_vars_that_are_read_late_change_nothing_parsed(workshop):
    plain, other, early = (parts(workshop.manifest(vars)) for vars in ({}, READ_LATE, {"identity_max_customers": 2}))
    assert plain == other
    assert plain != early


def test_other_tests_of_the_same_worker_hear_every_event_of_dbt():
    before = EventManager.fire_event
    with leaner_dbt():
        assert EventManager.fire_event is not before
    assert EventManager.fire_event is before


def parts(manifest: dict) -> dict:
    return {part: lasting(manifest[part]) for part in PARTS}


def lasting(value):
    """Without times; and without the macros of a node, which is rendered with whatever it calls."""
    if isinstance(value, dict):
        return {name: lasting(part) for name, part in value.items() if name != "created_at" and not (name == "macros" and isinstance(part, list))}
    return [lasting(part) for part in value] if isinstance(value, list) else value
