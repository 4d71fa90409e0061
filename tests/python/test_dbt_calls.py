"""The harness hands one parsed project to builds with other vars: it must be the project that they would parse."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

import duckdb
import pytest
from dbt_calls import PROJECT, READ_LATE
from dbt_common.events.event_manager import EventManager

from workshop.leaner_dbt import leaner_dbt

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


@pytest.mark.slow
def test_the_quick_way_makes_the_same_rows_and_returns_what_dbt_returns(tmp_path):
    """`make build` goes the quick way, with two models at once."""
    tables = {}
    for way, threads in (["dbt"], "1"), (["python", "-m", "workshop", "dbt"], "2"):
        place = tmp_path / threads
        environment = os.environ | {"TAGMART_DATABASE": str(place / "tagmart.duckdb"), "TAGMART_THREADS": threads, "DBT_TARGET_PATH": str(tmp_path / "target")}
        command = [str(Path(sys.executable).with_name(way[0])), *way[1:], "build", "--resource-type", "model", "--resource-type", "seed", "--select"]
        place.mkdir()
        ran = subprocess.run([*command, "+segment_activity"], cwd=PROJECT, env=environment, capture_output=True, text=True)
        assert ran.returncode == 0, ran.stdout[-3000:]
        assert subprocess.run([*command, "nothing", "--warn-error"], cwd=PROJECT, env=environment, capture_output=True).returncode != 0
        with duckdb.connect(environment["TAGMART_DATABASE"], read_only=True) as built:
            names = [name for (name,) in built.execute("select schema_name || '.' || table_name from duckdb_tables() where schema_name != 'builds'").fetchall()]
            tables[threads] = {name: built.execute(f"select count(*), bit_xor(hash(every)) from {name} as every").fetchall() for name in names}
    assert len(tables["1"]) > 80
    assert tables["2"] == tables["1"]


def parts(manifest: dict) -> dict:
    return {part: lasting(manifest[part]) for part in PARTS}


def lasting(value):
    """Without times; and without the macros of a node, which is rendered with whatever it calls."""
    if isinstance(value, dict):
        return {name: lasting(part) for name, part in value.items() if name != "created_at" and not (name == "macros" and isinstance(part, list))}
    return [lasting(part) for part in value] if isinstance(value, list) else value
