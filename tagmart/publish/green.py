"""Whether what stands in a database was built to its end, from what else stands there, and has passed its data tests."""

from __future__ import annotations

from dataclasses import dataclass

import click
import duckdb

AGAIN = "run dbt build and publish when it is green"


class PublishProblem(click.ClickException):
    """One sentence that names the file, the mart or the test and says what to do."""


@dataclass(frozen=True)
class State:
    """A row of builds.node_states (macros/builds/node_states.sql): `made` and `seen` are numbers of builds, None when it is not so."""

    made: int | None
    seen: int | None
    is_begun: bool
    outcome: str | None


def require_green(connection: duckdb.DuckDBPyConnection, manifest: dict) -> None:
    """Raise a PublishProblem that names the first test or model that is not as it has to be; tests of severity `warn` do not count."""
    try:
        rows = connection.execute("select node, made, seen, begun is not null, outcome from builds.node_states").fetchall()
    except duckdb.CatalogException:
        raise PublishProblem("The database does not say which tests passed (builds.node_states is missing): run dbt build with this version.") from None
    states = {node: State(*state) for node, *state in rows}
    asked = [name for name, node in manifest["nodes"].items() if node["resource_type"] == "test" and node["config"]["severity"].lower() != "warn"]
    needed = _with_what_they_read([*_public_models(manifest), *asked], manifest)
    found = [(_fault(name, manifest, states), name) for name in needed]
    faults = sorted((gravity, name, sentence) for (gravity, sentence), name in found if sentence)
    if faults:
        raise PublishProblem(faults[0][2])


def _public_models(manifest: dict) -> list[str]:
    return [name for name, node in manifest["nodes"].items() if node["resource_type"] == "model" and node["access"] == "public"]


def _with_what_they_read(names: list[str], manifest: dict) -> set[str]:
    needed, open_ones = set(), list(names)
    while open_ones:
        name = open_ones.pop()
        if name not in needed and name in manifest["nodes"]:
            needed.add(name)
            open_ones += _reads(name, manifest)
    return needed - {name for name in needed if _is_ephemeral(name, manifest)}


def _reads(name: str, manifest: dict) -> list[str]:
    """What a node reads; of an ephemeral model, which no build makes, what that one reads."""
    parents = manifest["nodes"][name].get("depends_on", {}).get("nodes", [])
    return [read for parent in parents for read in (_reads(parent, manifest) if _is_ephemeral(parent, manifest) else [parent])]


def _is_ephemeral(name: str, manifest: dict) -> bool:
    return manifest["nodes"].get(name, {}).get("config", {}).get("materialized") == "ephemeral"


def _fault(name: str, manifest: dict, states: dict[str, State]) -> tuple[int, str | None]:
    """How grave the fault of a node is, 0 the gravest (what failed is named before what waits for it), and its sentence; (9, None): it is fresh."""
    node, state = manifest["nodes"][name], states.get(name)
    called = f"{node['resource_type'].capitalize()} {node['name']}"
    is_test = node["resource_type"] == "test"
    if state and state.outcome == "failed":
        return 0, f"{called} has failed: mend what it says, {AGAIN}."
    if state and state.outcome == "empty":
        return 0, f"{called} was built with --empty and holds no row: {AGAIN}."
    if state and state.is_begun:
        return 1, f"{called} was taken on by a build that was interrupted: {AGAIN}."
    if state is None or state.seen is None:
        return (3, f"{called} has not passed in this database: {AGAIN}.") if is_test else (2, f"{called} is not built to its end: {AGAIN}.")
    for parent in _reads(name, manifest):
        read = states.get(parent)
        if read and read.made is not None and read.made > state.seen:
            done = "has not been asked" if is_test else "has not been built"
            return (5 if is_test else 4), f"{called} {done} since {parent.split('.')[2]} was built again: {AGAIN}."
    return 9, None
