"""What a person can put right is one sentence; the var of the project decides how many customers a cell needs."""

from __future__ import annotations

import hashlib
import json
import re

import duckdb
import pytest
import yaml
from click.testing import CliRunner
from conftest import PROJECT

from tagmart.cli import main
from tagmart.dashboard import command
from tagmart.dashboard.frames import Frame
from tagmart.dashboard.page import HERE, SCRIPTS, page

DATABASE = PROJECT / "target/tagmart.duckdb"
built = pytest.mark.skipif(not DATABASE.is_file(), reason="target/tagmart.duckdb is not there: run make build first.")


def run(*arguments: str):
    return CliRunner().invoke(main, ["dashboard", *map(str, arguments)])


def test_a_database_that_is_not_there(tmp_path):
    ran = run(tmp_path / "out.html", "--database", tmp_path / "no.duckdb")
    assert ran.exit_code == 1 and "no.duckdb is not there: run dbt build first" in ran.output


def test_marts_that_are_not_built(tmp_path):
    with duckdb.connect(str(tmp_path / "half.duckdb")) as connection:
        connection.execute("create schema tags; create table tags.customer_tags as select 'a' as customer_id, date '2025-01-01' as as_of_date")
    ran = run(tmp_path / "out.html", "--database", tmp_path / "half.duckdb")
    assert ran.exit_code == 1 and "does not have measurement.campaign_uplift, " in ran.output and "run dbt build to its end" in ran.output
    assert not (tmp_path / "out.html").exists()


@built
def test_a_brand_of_too_few_customers(tmp_path):
    ran = run(tmp_path / "out.html", "--database", DATABASE, "--min-cell-size", 100_000)
    assert ran.exit_code == 1 and "has no date with 100000 customers or more" in ran.output


@built
def test_a_folder_that_is_not_there(tmp_path):
    ran = run(tmp_path / "no/out.html", "--database", DATABASE)
    assert ran.exit_code == 1 and "cannot be written" in ran.output


def test_the_var_of_the_project(tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)
    assert command._least_of_project() == 5
    for text, least in (("vars: {min_cell_size: 9}", 9), ("vars: {tagmart: {min_cell_size: 12}}", 12), ("name: shop", 5)):
        (tmp_path / "dbt_project.yml").write_text(text, encoding="utf-8")
        assert command._least_of_project() == least
    (tmp_path / "dbt_project.yml").write_text("vars: {min_cell_size: few}", encoding="utf-8")
    ran = run(tmp_path / "out.html")
    assert ran.exit_code == 1 and "the var min_cell_size is 'few': give a whole number of 1 or more" in ran.output


@built
def test_a_page_that_would_be_too_large_loses_its_oldest_dates(tmp_path, monkeypatch):
    run(tmp_path / "whole.html", "--database", DATABASE)
    whole = (tmp_path / "whole.html").stat().st_size
    monkeypatch.setattr(command, "LARGEST", whole - 50_000)
    ran = run(tmp_path / "out.html", "--database", DATABASE)
    assert ran.exit_code == 0 and (tmp_path / "out.html").stat().st_size <= whole - 50_000
    assert int(re.search(r"cells at (\d+) dates", ran.output)[1]) < 13


def test_what_a_campaign_is_called_is_never_code():
    name = "{{SCRIPT}} </script><!-- \u2028"
    text = page({"campaigns": Frame(["campaign_name"], [[name]])}, {"language": "en", "schemes": [], "dates": [], "as_of_date": "2025-06-30", "least": 5})
    said = re.search(r'<script type="application/json" id="data">(.*?)</script>', text, re.S)[1]
    assert json.loads(said)["frames"]["campaigns"]["values"]["campaign_name"]["texts"] == [name]
    assert text.count("function readHash") == 1


def test_echarts_is_that_of_npm():
    digest = hashlib.sha256((HERE / "vendor/echarts.min.js").read_bytes()).hexdigest()
    assert digest == "b66b25aeb4df84e33199dc21694014d336d222cbd9deb0e5a7c14bd6aa0d0fd0"  # of dist/echarts.min.js in echarts@6.1.0


def test_every_word_stands_in_both_languages():
    words = yaml.safe_load((HERE / "page/words.json").read_text(encoding="utf-8"))
    assert all(len(pair) == 2 and all(text.strip() for text in pair) for pair in words.values())
    scripts = "".join((HERE / f"page/{name}.js").read_text(encoding="utf-8") for name in SCRIPTS)
    assert set(re.findall(r'\bword\("([\w.]+)"\)', scripts)) <= words.keys()


def values_of(model: str, column: str) -> list[str]:
    """The values that a test of the model allows in a column."""
    (path,) = (PROJECT / "models").rglob(f"{model}.yml")
    (found,) = yaml.safe_load(path.read_text(encoding="utf-8"))["models"]
    tests = [test for described in found["columns"] if described["name"] == column for test in described["data_tests"]]
    return next(test["accepted_values"]["arguments"]["values"] for test in tests if "accepted_values" in test)


@pytest.mark.parametrize(
    ("prefix", "model", "column"),
    [
        ("measure.", "daily_alerts", "measure_code"),
        ("verdict.", "daily_alerts", "verdict"),
        ("", "daily_alerts", "direction"),
        ("status.", "campaign_uplift", "status"),
        ("survival.", "group_survival", "life_of"),
        ("verdict.", "scoring_quality", "verdict"),
    ],
)
def test_values_of_the_marts_have_names(prefix, model, column):
    words = yaml.safe_load((HERE / "page/words.json").read_text(encoding="utf-8"))
    assert {prefix + value for value in values_of(model, column)} <= words.keys()


def test_columns_of_schemes_are_called_as_in_their_description():
    words = yaml.safe_load((HERE / "page/words.json").read_text(encoding="utf-8"))
    described = {}
    for path in (PROJECT / "models/segments").glob("segment_*.yml"):
        if "{% set definition %}" in path.with_suffix(".sql").read_text(encoding="utf-8"):
            for column in yaml.safe_load(path.read_text(encoding="utf-8"))["models"][0]["columns"]:
                described[column["name"]] = column["config"]["meta"]
    said = {name.removeprefix("column."): pair for name, pair in words.items() if name.startswith("column.")}
    assert len(said) > 20
    assert {name: [described[name]["name_en"], described[name]["name_zh"]] for name in said} == said
