"""What the files of models/semantic say, dbt has taken, people can read, and the command `mf` can answer."""

from __future__ import annotations

import csv
import json
import os
import re
import shutil
import subprocess
import sys
from pathlib import Path

import duckdb
import pytest
import yaml
from click.testing import CliRunner
from dbt_calls import PROJECT

from workshop import metric_docs
from workshop.cli import main
from workshop.semantic import LOADER, faults

TARGET = PROJECT / "target"
UNITS = {"amount", "chats", "contacts", "customers", "days", "groups", "messages", "orders", "people", "ratio", "rows", "share", "units"}
FILES = sorted((PROJECT / "models/semantic").rglob("*.yml"))
SAID = [yaml.load(file.read_text(encoding="utf-8"), Loader=LOADER) for file in FILES]
MODELS = [model for text in SAID for model in text.get("semantic_models", [])]
METRICS = [metric for text in SAID for metric in text.get("metrics", [])]


@pytest.fixture(scope="module")
def built() -> dict:
    """The manifests of the last build, by file name."""
    names = ("manifest.json", "semantic_manifest.json", "tagmart.duckdb")
    if not all((TARGET / name).is_file() for name in names):
        pytest.skip("target/ has no build: run make build")
    return {name: json.loads((TARGET / name).read_text(encoding="utf-8")) for name in names[:2]}


def test_the_manifest_holds_every_metric_of_the_files(built):
    """The new style of dbt 1.12 would parse to nothing, and no query would say why."""
    held = built["semantic_manifest.json"]
    assert faults(PROJECT, held) == []
    assert (len(held["semantic_models"]), len(held["metrics"])) == (len(MODELS), len(METRICS))
    assert len(METRICS) >= 40


@pytest.mark.parametrize(
    ("text", "held", "sentence"),
    [
        ("metrics: [{name: mine}]", {}, "models/x.yml: the metric mine is not in the semantic manifest"),
        ("semantic_models: [{name: mine}]", {}, "models/x.yml: the semantic model mine is not in the semantic manifest"),
        ("", {"metrics": [{"name": "gone"}]}, "has the metric gone, which no file has"),
        ("models: [{name: m, semantic_model: {enabled: true}}]", {}, "passes over `semantic_model` under the model m"),
        ("models: [{name: m, metrics: [{name: mine, agg: sum}]}]", {}, "passes over `metrics` under the model m"),
        ("models: [{name: m, columns: [{name: c, dimension: {type: time}}]}]", {}, "passes over `c: dimension` under the model m"),
    ],
)
def test_a_metric_that_dbt_did_not_take_is_named(tmp_path, text, held, sentence):
    (tmp_path / "models").mkdir()
    (tmp_path / "models/x.yml").write_text(text)
    found = faults(tmp_path, held)
    assert len(found) == 1 and sentence in found[0]


def test_the_command_says_so_and_fails(tmp_path, built):
    held = built["semantic_manifest.json"]
    manifest = tmp_path / "semantic_manifest.json"
    manifest.write_text(json.dumps({**held, "metrics": [metric for metric in held["metrics"] if metric["name"] != "orders"]}))
    done = CliRunner().invoke(main, ["semantic", "--manifest", str(manifest)])
    assert done.exit_code == 1 and "models/semantic/sales/orders.yml: the metric orders is not" in done.output
    assert CliRunner().invoke(main, ["semantic", "--manifest", str(tmp_path / "none.json")]).exit_code == 2


def test_every_metric_and_dimension_can_be_read_in_two_languages():
    dimensions = [dimension for model in MODELS for dimension in model.get("dimensions", [])]
    assert [each["name"] for each in (*METRICS, *MODELS) if not each["description"].strip().endswith(".")] == []
    for each in (*METRICS, *MODELS, *dimensions):
        assert each["label"].strip() and re.search(r"[\u4e00-\u9fff]", each["config"]["meta"]["name_zh"]), each["name"]
    assert {metric["config"]["meta"]["unit"] for metric in METRICS} == UNITS
    for names in ([metric["label"] for metric in METRICS], [metric["config"]["meta"]["name_zh"] for metric in METRICS]):
        assert sorted({name for name in names if names.count(name) > 1}) == []


def test_every_scheme_has_its_classes_to_group_by(built):
    schemes = {
        node["config"]["meta"]["segment_scheme"]["code"]: node["name"]
        for node in built["manifest.json"]["nodes"].values()
        if node["resource_type"] == "model" and "segment_scheme" in node["config"]["meta"]
    }
    grouped = {model["name"].removeprefix("class_"): model for model in MODELS}
    assert {code: grouped[code]["model"] for code in schemes} == {code: f"ref('{model}')" for code, model in schemes.items()}
    assert [code for code in schemes if code not in [dimension["name"] for dimension in grouped[code]["dimensions"]]] == []


def test_the_dictionary_is_that_of_the_manifest(built):
    text = (PROJECT / metric_docs.PAGE).read_text(encoding="utf-8")
    assert metric_docs.page(text, built["manifest.json"]) == text, "docs/metrics.md is stale: run python -m workshop metric-docs."
    assert [metric["name"] for metric in METRICS if text.count(f"| `{metric['name']}` |") != 1] == []
    changed = json.loads(json.dumps(built["manifest.json"]))
    changed["metrics"]["metric.tagmart.orders"]["label"] = "Other"
    assert metric_docs.page(text, changed) != text


def mf(*arguments: str, database: Path) -> str:
    command = Path(sys.executable).with_name("mf")
    done = subprocess.run([command, *arguments], cwd=PROJECT, capture_output=True, text=True, env={**os.environ, "TAGMART_DATABASE": str(database)})
    assert done.returncode == 0, done.stdout + done.stderr
    return done.stdout


@pytest.mark.slow
def test_the_command_mf_answers(built, tmp_path):
    """`mf` as people call it, on a copy: it opens a database as if to write."""
    database = Path(shutil.copy(TARGET / "tagmart.duckdb", tmp_path / "tagmart.duckdb"))
    answer = tmp_path / "answer.csv"
    mf(
        "query",
        "--metrics",
        "orders,average_order_amount",
        "--group-by",
        "metric_time__month",
        "--order",
        "metric_time__month",
        "--csv",
        str(answer),
        database=database,
    )
    rows = list(csv.DictReader(answer.open(encoding="utf-8")))
    assert len(rows) == 18 and rows[0]["metric_time__month"].startswith("2024-01-01")
    with duckdb.connect(str(database), read_only=True) as connection:
        assert sum(int(row["orders"]) for row in rows) == connection.execute("select count(*) from measurement.purchase_amounts").fetchone()[0]


@pytest.mark.slow
def test_the_command_mf_finds_the_configuration_valid(built, tmp_path):
    """As test_metrics.py asks in its own process, which takes a third of the time."""
    database = Path(shutil.copy(TARGET / "tagmart.duckdb", tmp_path / "tagmart.duckdb"))
    said = mf("validate-configs", database=database)
    assert said.count("(ERRORS: 0, FUTURE_ERRORS: 0, WARNINGS: 0)") == 5 and "ERRORS: 1" not in said
