"""House rules that no linter knows: the size of a model, no wall clock, one place for engine differences, layers."""

from __future__ import annotations

import re

import pytest
import yaml
from conftest import PROJECT

from tagmart.contract import raw_contract
from tagmart.layers import violations

MODELS = sorted((PROJECT / "models").rglob("*.sql"))
MACROS = sorted((PROJECT / "macros").rglob("*.sql"))
WALL_CLOCK = re.compile(r"\b(current_date|current_timestamp|now\(\)|today\(\)|localtimestamp)\b", re.IGNORECASE)


@pytest.mark.parametrize("model", MODELS, ids=lambda path: path.stem)
def test_models_are_short_and_timeless(model):
    text = model.read_text(encoding="utf-8")
    lines = text.splitlines()
    assert len(lines) <= 120, f"{model.name} has {len(lines)} lines: split it."
    long = [number for number, line in enumerate(lines, 1) if len(line) > 160]
    assert not long, f"{model.name} has lines over 160 characters: {long}."
    assert not WALL_CLOCK.search(text), f"{model.name} reads the wall clock."
    assert "target.type" not in text, f"{model.name} branches by engine: use macros/cross_db."
    assert "::" not in text and not re.search(r"\bqualify\b|\barg_max\b|quantile_cont", text), f"{model.name} is not portable SQL."


def test_definitions_name_every_raw_column_and_every_tag():
    """A new input or tag says on docs/definitions.md what it means; windows are written short, as in active_days_7d/_15d."""
    page = (PROJECT / "docs/definitions.md").read_text(encoding="utf-8")
    inputs = {line.split("`")[1]: line for line in page.splitlines() if line.startswith("| `")}
    assert set(inputs) == set(raw_contract())
    tags = page[page.index("## Tags") : page.index("## Segment schemes")]
    named = set(re.findall(r"\w+", tags))
    for stem, first, others in re.findall(r"(\w+?)(_\d+d)((?:/_\d+d)+)", tags):
        named |= {stem + window for window in [first, *others.split("/")]}
    models = yaml.safe_load((PROJECT / "models/tags/_tags__models.yml").read_text(encoding="utf-8"))["models"]
    columns = {column["name"] for model in models if model["name"] == "customer_tags" for column in model["columns"]}
    assert columns - named == set()
    assert [
        f"{table}.{column}" for table, rules in raw_contract().items() for column in rules["columns"] if column not in re.findall(r"\w+", inputs[table])
    ] == []


def test_macros_have_no_wall_clock():
    assert not [path.name for path in MACROS if WALL_CLOCK.search(path.read_text(encoding="utf-8"))]


def manifest(*models):
    """A small manifest; a model is (name, folder, access, [names it reads])."""
    return {
        "nodes": {
            f"model.tagmart.{name}": {
                "resource_type": "model",
                "name": name,
                "fqn": ["tagmart", folder, name],
                "group": folder,
                "access": access,
                "depends_on": {"nodes": [f"model.tagmart.{read}" if "." not in read else read for read in reads]},
            }
            for name, folder, access, reads in models
        }
    }


STG = ("stg_orders", "staging", "protected", ["source.tagmart.raw.orders"])
INT = ("int_orders", "intermediate", "protected", ["stg_orders"])
OPEN = ("int_touches", "intermediate", "public", ["stg_orders"])
TAGS = ("customer_tags", "tags", "public", ["int_orders", "int_touches"])


def test_layers_accept_what_points_right():
    assert violations(manifest(STG, INT, OPEN, TAGS, ("segment_a", "segments", "protected", ["customer_tags", "int_touches"]))) == []


@pytest.mark.parametrize(
    ("model", "sentence"),
    [
        (("stg_bad", "staging", "protected", ["int_orders"]), "lies to its right"),
        (("segment_b", "segments", "protected", ["int_orders"]), "past the tag mart"),
        (("segment_c", "segments", "protected", ["stg_orders"]), "past the tag mart"),
        (("int_raw", "intermediate", "protected", ["source.tagmart.raw.orders"]), "only staging may"),
        (("lost", "drawer", "protected", []), "which is no layer"),
    ],
)
def test_layers_refuse_what_points_back(model, sentence):
    found = violations(manifest(STG, INT, OPEN, TAGS, model))
    assert len(found) == 1 and sentence in found[0] and model[0] in found[0]
