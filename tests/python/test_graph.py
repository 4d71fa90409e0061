"""`python -m workshop graph`: each of its rules sees its fault, and the project has none."""

from __future__ import annotations

import json

import duckdb
import pytest
from click.testing import CliRunner
from dbt_calls import PROJECT

from workshop.cli import main
from workshop.graph import faults

TARGET = PROJECT / "target"


def model(name, folder, access="private", reads=(), sql="select 1", materialized="table", language="sql"):
    return {
        "resource_type": "model", "name": name, "fqn": ["p", folder, name], "access": access, "language": language, "raw_code": sql,
        "config": {"materialized": materialized}, "depends_on": {"nodes": [read if "." in read else f"model.p.{read}" for read in reads]},
    }  # fmt: skip


def small(*changed, tests=("stg_a", "mart"), unit_tests=(), exposed=("mart",), keyed=("mart",), seeds=("model.p.stg_a",), about="What it is."):
    """A sound manifest: raw table and seed -> stg_a -> int_b -> mart, which people read; `changed` models take the place of those of their name."""
    models = [
        model("stg_a", "staging", reads=["source.p.raw.a", "seed.p.codes"]),
        model("int_b", "intermediate", reads=["stg_a"]),
        model("mart", "tags", "public", ["int_b"]),
    ]
    nodes = {f"model.p.{node['name']}": node for node in (*models, *changed)}
    for name in tests:
        kind = "primary_key" if name in keyed else "not_null"
        nodes[f"test.p.{name}"] = {"resource_type": "test", "name": name, "test_metadata": {"name": kind}, "depends_on": {"nodes": [f"model.p.{name}"]}}
    nodes["seed.p.codes"] = {"resource_type": "seed", "name": "codes", "description": about}
    return {
        "nodes": nodes,
        "sources": {"source.p.raw.a": {"resource_type": "source", "name": "a", "description": about}},
        "unit_tests": {name: {"depends_on": {"nodes": [f"model.p.{name}"]}} for name in unit_tests},
        "exposures": {
            "e": {
                "name": "people",
                "description": about,
                "config": {"meta": {"name_zh": "人"}},
                "depends_on": {"nodes": [f"model.p.{name}" for name in exposed]},
            }
        },
    }


def test_a_sound_project_has_no_fault():
    assert faults(small()) == []


VIEWS = [model(f"int_{n}", "intermediate", reads=[f"int_{n - 1}" if n else "stg_a"], materialized="view") for n in range(4)]
RESHAPED = model("mart__step", "tags", reads=["int_b"])
CASES = {
    "no test, and no model that is made from it": small(tests=["mart"], keyed=["mart"]) | {"unit_tests": {}},
    "mart has no test": small(tests=["stg_a"]),
    "mart is public and no test says that its rows are distinct": small(keyed=[]),
    "mart__step reshapes one model": small(RESHAPED, model("mart", "tags", "public", ["int_b", "mart__step"])),
    "int_c is read by no model and is not public": small(model("int_c", "intermediate", reads=["stg_a"]), tests=["stg_a", "mart", "int_c"]),
    "int_b is in an exposure and not public": small(exposed=["mart", "int_b"]),
    "mart is public and in no exposure": small(exposed=[]),
    "int_b is public and in no exposure": small(
        model("int_b", "intermediate", "public", ["stg_a"]), model("int_c", "intermediate", "private", ["int_b"]), model("mart", "tags", "public", ["int_c"])
    ),
    "stg_b stands in models/tags": small(model("stg_b", "tags", reads=["int_b"]), model("mart", "tags", "public", ["stg_b"])),
    "b stands in models/intermediate": small(model("b", "intermediate", reads=["int_b"]), model("mart", "tags", "public", ["b"])),
    "mart reads tags.other by its name": small(
        model("mart", "tags", "public", ["int_b"], sql="select 1\nfrom {{ ref('int_b') }}\nleft join tags.other on true")
    ),
    "int_3 is the 4th view in a row": small(*VIEWS, model("mart", "tags", "public", ["int_3", "int_b"])),
    "The source b is read by no model": (
        lambda one: {**one, "sources": {**one["sources"], "source.p.raw.b": {"resource_type": "source", "name": "b", "description": "B."}}}
    )(small()),
    "The seed codes is read by no model": small(model("stg_a", "staging", reads=["source.p.raw.a"])),
    "The seed codes has no description": small(about=""),
    "The exposure people needs a description": small(about=""),
}


@pytest.mark.parametrize("sentence", CASES)
def test_a_fault_is_named(sentence):
    assert any(sentence in found for found in faults(CASES[sentence])), faults(CASES[sentence])


def test_what_is_allowed():
    """A step that its reader tests; a public event that another folder reads; a column that is called like a table; a tested step beside its source."""
    assert faults(small(model("int_b", "intermediate", "public", ["stg_a"]), tests=["stg_a", "int_b", "mart"])) == []
    assert faults(small(model("mart", "tags", "public", ["int_b"], sql="select extract(day from a.b)\nfrom {{ ref('int_b') }} as a -- from x.y"))) == []
    assert faults(small(RESHAPED, model("mart", "tags", "public", ["int_b", "mart__step"]), unit_tests=["mart__step"])) == []


@pytest.fixture(scope="module")
def built() -> dict:
    if not (TARGET / "manifest.json").is_file() or not (TARGET / "tagmart.duckdb").is_file():
        pytest.skip("target/ has no build: run make build")
    return json.loads((TARGET / "manifest.json").read_text(encoding="utf-8"))


def test_the_project_has_no_fault(built):
    assert faults(built) == []
    assert CliRunner().invoke(main, ["graph", "--manifest", str(TARGET / "manifest.json")]).exit_code == 0


def test_every_column_that_people_see_is_described(built):
    """Of public models in Python too, whose contract dbt does not enforce."""
    with duckdb.connect(str(TARGET / "tagmart.duckdb"), read_only=True) as connection:
        stored = connection.execute("select table_schema, table_name, list(column_name) from information_schema.columns group by all").fetchall()
    columns = {(schema, table): {*names} for schema, table, names in stored}
    public = [node for node in built["nodes"].values() if node["resource_type"] == "model" and node["access"] == "public"]
    assert len(public) > 100
    assert {
        node["name"]: columns[node["schema"], node["alias"]] ^ {*node["columns"]}
        for node in public
        if columns[node["schema"], node["alias"]] != {*node["columns"]}
    } == {}
