"""Is every model tested, read, described and shown to somebody? `python -m workshop graph`, on dbt's manifest; directions are those of `layers`."""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path

import click

from workshop.verdicts import judge

PREFIXES = {"staging": "stg_", "intermediate": "int_"}
UNIQUE = {"primary_key", "unique", "unique_combination"}
KEYLESS, LONGEST_CHAIN_OF_VIEWS = {"staging", "intermediate"}, 3  # rejected rows and events are as they came: two may be alike
NOT_SQL = re.compile(r"\{#.*?#\}|\{\{.*?\}\}|\{%.*?%\}|--[^\n]*", re.S)
WRITTEN_OUT = re.compile(r"^\s*(?:from|(?:\w+\s+)*join)\s+(\w+\.\w+)", re.M | re.I)


class Graph:
    """The models of a manifest, who reads them and what tests them; keys are unique ids."""

    def __init__(self, manifest: dict):
        self.manifest = manifest
        self.models, tests = ({key: node for key, node in manifest["nodes"].items() if node["resource_type"] == kind} for kind in ("model", "test"))
        self.readers = _backwards(self.models)
        self.tests = {key: [tests[test] for test in found] for key, found in _backwards(tests).items()}
        self.unit_tested = {test["depends_on"]["nodes"][0] for test in manifest["unit_tests"].values()}
        self.shown = _backwards(manifest["exposures"])

    def parents(self, key: str) -> list[str]:
        return [each for each in self.models[key]["depends_on"]["nodes"] if each in self.models]

    def is_tested(self, key: str) -> bool:
        return key in self.tests or key in self.unit_tested

    def views_in_a_row(self, key: str) -> int:
        """How many views, one on the other, are computed whenever this model is read; 0 for a table."""
        if self.models[key]["config"]["materialized"] != "view":
            return 0
        return 1 + max((self.views_in_a_row(parent) for parent in self.parents(key)), default=0)


def _backwards(nodes: dict) -> dict[str, list[str]]:
    found: dict[str, list[str]] = {}
    for key, node in nodes.items():
        for read in node["depends_on"]["nodes"]:
            found.setdefault(read, []).append(key)
    return found


def faults(manifest: dict) -> list[str]:
    """One sentence for each thing that is amiss: it names the model and what to do."""
    graph = Graph(manifest)
    of_models = (sentence for key, node in graph.models.items() for rule in (_tests, _use, _shape) for sentence in rule(graph, key, node))
    return sorted([*of_models, *_raw_and_seeds(graph), *_exposures(graph)])


def _tests(graph: Graph, key: str, node: dict) -> Iterator[str]:
    name, readers = node["name"], graph.readers.get(key, [])
    kinds = {(test.get("test_metadata") or {}).get("name") for test in graph.tests.get(key, [])}
    if not graph.is_tested(key) and (node["access"] != "private" or not any(graph.is_tested(reader) for reader in readers)):
        yield f"{name} has no test, and no model that is made from it has one: give it a data test or a unit test."
    is_stored = node["config"]["materialized"] != "view"  # a view has the keys of what it is made from
    if node["access"] == "public" and is_stored and node["fqn"][1] not in KEYLESS and not kinds & UNIQUE:
        yield f"{name} is public and no test says that its rows are distinct: add {' or '.join(sorted(UNIQUE))}."
    rejoined = len(graph.parents(key)) == len(readers) == 1 and graph.parents(key)[0] in graph.parents(readers[0])
    if rejoined and node["access"] == "private" and not graph.is_tested(key):
        yield f"{name} reshapes one model for one reader that reads that model too: make it a step of {readers[0].split('.')[-1]}, or test it."


def _use(graph: Graph, key: str, node: dict) -> Iterator[str]:
    name, folder, readers = node["name"], node["fqn"][1], graph.readers.get(key, [])
    if node["access"] != "public" and not readers:
        yield f"{name} is read by no model and is not public: remove it, or say who reads it."
    if node["access"] != "public" and key in graph.shown:
        yield f"{name} is in an exposure and not public: people read what has a contract."
    elsewhere = any(graph.models[reader]["fqn"][1] != folder for reader in readers)
    if node["access"] == "public" and key not in graph.shown and not (folder == "intermediate" and elsewhere):
        yield f"{name} is public and in no exposure: say in models/exposures.yml who reads it."


def _shape(graph: Graph, key: str, node: dict) -> Iterator[str]:
    name, folder = node["name"], node["fqn"][1]
    for layer, prefix in PREFIXES.items():
        if name.startswith(prefix) != (folder == layer):
            yield f"{name} stands in models/{folder}: {prefix} is for models/{layer} and all its models."
    if node["language"] == "sql":
        for table in WRITTEN_OUT.findall(NOT_SQL.sub(" ", node["raw_code"])):
            yield f"{name} reads {table} by its name: take ref or source, so that dbt knows of it."
    if graph.views_in_a_row(key) > LONGEST_CHAIN_OF_VIEWS:
        yield f"{name} is the {graph.views_in_a_row(key)}th view in a row: store one of them."


def _raw_and_seeds(graph: Graph) -> Iterator[str]:
    seeds = {key: node for key, node in graph.manifest["nodes"].items() if node["resource_type"] == "seed"}
    for key, node in {**seeds, **graph.manifest["sources"]}.items():
        if key not in graph.readers:
            yield f"The {node['resource_type']} {node['name']} is read by no model: remove it."
        if not (node.get("description") or "").strip():
            yield f"The {node['resource_type']} {node['name']} has no description."


def _exposures(graph: Graph) -> Iterator[str]:
    for node in graph.manifest["exposures"].values():
        if not (node.get("description") or "").strip() or not node["config"]["meta"].get("name_zh"):
            yield f"The exposure {node['name']} needs a description and a Chinese name in config.meta."


@click.command("graph")
@click.option("--manifest", default="target/manifest.json", show_default=True, type=click.Path(path_type=Path))
def graph_command(manifest: Path) -> None:
    """Say which models lack a test, a reader or a description. Exit status: 0 none, 1 some, 2 no manifest."""
    judge(manifest, faults, lambda _: "Graph: every model is tested, read and described, and every public one is shown to somebody.")
