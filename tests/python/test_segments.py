"""The schemes as files: listed, named, documented; the recipe for an own scheme as printed; every preset proved."""

from __future__ import annotations

import json
import re
import shutil
from pathlib import Path

import duckdb
import pytest
import yaml
from click.testing import CliRunner
from conftest import PROJECT

from tagmart.check.command import check_command
from tagmart.check.manifest import schemes_of
from tagmart.check.prove import prove
from workshop import segment_docs
from workshop.mutate.copies import copy_project
from workshop.mutate.workspace import DATABASE, Workspace

SCHEME_FILES = sorted(path for path in (PROJECT / "models/segments").glob("segment_*.sql") if "set definition" in path.read_text())
PRESETS = [
    {"journey_preset": "education"},
    {"journey_preset": "high_ticket"},
    {"industry": "finance"},
    {"industry": "travel"},
    {"rfm_method": "quantile", "rfm_baseline": 3},
]


def test_every_scheme_is_listed():
    """A scheme that is not in the list has no sizes, no flows and no moves."""
    text = (PROJECT / "macros/segments/segment_schemes.sql").read_text(encoding="utf-8")
    listed = re.findall(r"'(segment_\w+)'", text.split("endmacro")[0])
    assert sorted(listed) == [path.stem for path in SCHEME_FILES]


@pytest.mark.parametrize("file", SCHEME_FILES, ids=lambda path: path.stem)
def test_every_scheme_is_tested(file):
    """One row a customer and date, one rule a row, and a unit test for its boundaries."""
    yml = yaml.safe_load(file.with_suffix(".yml").read_text(encoding="utf-8"))
    tests = [next(iter(test)) for test in yml["models"][0]["data_tests"]]
    assert {"primary_key", "follows_its_definition"} <= set(tests)
    assert yml["unit_tests"]


def test_schemes_have_codes_of_their_own(workshop):
    """A scheme's code is what its definition says. Brands join to it, so it outlives a new name of the model."""
    codes = {node["name"]: node["config"]["meta"]["segment_scheme"]["code"] for node in workshop.manifest()["nodes"].values() if scheme_in(node)}
    assert sorted(codes) == [path.stem for path in SCHEME_FILES]
    assert len(set(codes.values())) == len(codes)
    assert {model: code for model, code in codes.items() if model != f"segment_{code}"} == {"segment_community_role": "identity"}


def test_docs_are_what_the_definitions_say(workshop):
    manifest = workshop.manifest()
    page = (PROJECT / "docs/segments.md").read_text(encoding="utf-8")
    assert page == segment_docs.page(manifest), "docs/segments.md is stale: run python -m workshop segment-docs and commit it."


def test_recipe_for_an_own_scheme_holds(tmp_path):
    """docs/own-scheme.md: the first draft fails as printed, the mended one is proved."""
    blocks = re.findall(r"```yaml\n(.*?)```", (PROJECT / "docs/own-scheme.md").read_text(encoding="utf-8"), re.DOTALL)
    draft, premises, rule = blocks[:3]
    status, output = check(tmp_path, draft)
    assert status == 1
    assert "days_since_last_active = NULL, orders_count = 0 -> no segment" in output
    mended = yaml.safe_load(draft)
    mended["assumes"] = yaml.safe_load(premises)["assumes"]
    mended["segments"][-1]["when"] = rule.split("when: ")[1].strip()
    assert check(tmp_path, yaml.safe_dump(mended, allow_unicode=True)) == (0, "wake_up          proved: 4 classes, every customer in exactly one\n")


@pytest.fixture(scope="module")
def built(tmp_path_factory) -> Workspace:
    """A copy of the project with the scheme of docs/own-scheme.md, followed to its end, built on the sample with every test."""
    page = (PROJECT / "docs/own-scheme.md").read_text(encoding="utf-8")
    draft, premises, rule, described = re.findall(r"```yaml\n(.*?)```", page, re.DOTALL)
    definition = yaml.safe_load(draft) | yaml.safe_load(premises)
    definition["segments"][-1]["when"] = rule.split("when: ")[1].strip()
    del definition["columns"]
    model = re.search(r"```sql\n(.*?)```", page, re.DOTALL)[1].replace("code: wake_up\n...\n", yaml.safe_dump(definition, allow_unicode=True))
    workspace = Workspace(tmp_path_factory.mktemp("recipe") / "project")
    copy_project(PROJECT, workspace.folder)
    shutil.copytree(PROJECT / "data/sample", workspace.folder / "raw")
    (workspace.folder / "models/segments/segment_wake_up.sql").write_text(model, encoding="utf-8")
    (workspace.folder / "models/segments/segment_wake_up.yml").write_text(described, encoding="utf-8")
    schemes = workspace.folder / "macros/segments/segment_schemes.sql"
    schemes.write_text(schemes.read_text(encoding="utf-8").replace("'segment_rfm',", "'segment_rfm', 'segment_wake_up',"), encoding="utf-8")
    outcome = workspace.dbt("build")
    assert outcome.success, (outcome.failures, outcome.problem)
    return workspace


@pytest.mark.slow
def test_recipe_becomes_a_model(built):
    """The scheme is proved, documented and counted like any other."""
    assert "## wake_up Whom to wake up" in segment_docs.page(built.manifest())
    verdicts = [prove(each) for each in schemes_of(built.manifest(), "wake_up")]
    assert [verdict.word for verdict in verdicts] == ["proved"]
    with duckdb.connect(str(built.folder / DATABASE), read_only=True) as connection:
        classes, customers = connection.execute("select count(*), sum(customers_count) from segments.segment_sizes where scheme_code = 'wake_up'").fetchone()
        everybody = connection.execute("select count(*) from tags.customer_tags").fetchone()[0]
    assert (classes, customers) == (4 * 13, everybody)


@pytest.mark.slow
def test_moves_give_the_rules_and_the_values_that_changed(built):
    """Every row of segment_moves, from the two newest rows of each customer and the definition as it stands in the file."""
    nodes = {node["name"]: node for node in built.manifest()["nodes"].values() if node["name"] in [path.stem for path in SCHEME_FILES] + ["segment_wake_up"]}
    expected = {}
    with duckdb.connect(str(built.folder / DATABASE), read_only=True) as connection:
        connection.execute("create temp table newest as select distinct as_of_date from tags.customer_tags order by 1 desc limit 2")
        for name, node in nodes.items():
            scheme = node["config"]["meta"]["segment_scheme"]
            rules = {segment["code"]: segment["when"].strip() for segment in scheme["segments"]}
            read = [
                column for column in node["columns"] if column in scheme.get("reasons", []) or any(re.search(rf"\b{column}\b", rule) for rule in rules.values())
            ]
            values = "".join(f", cast({column} as varchar)" for column in read)
            rows = connection.execute(
                f"select customer_id, segment_code{values} from segments.{name} semi join newest using (as_of_date) order by as_of_date"
            ).fetchall()
            before = {}
            for customer_id, code, *now in rows:
                was_code, *was = before.setdefault(customer_id, (code, *now))
                if was_code != code:
                    changes = [f"{column}: {old or 'none'} -> {new or 'none'}" for column, old, new in zip(read, was, now) if old != new]
                    expected[scheme["code"], customer_id] = (was_code, code, rules[was_code], rules[code], "; ".join(changes))
        moves = connection.execute(
            "select scheme_code, customer_id, from_segment_code, to_segment_code, rule_before, rule_now, changed_values from segments.segment_moves"
        ).fetchall()
    assert {(code, customer_id): tuple(rest) for code, customer_id, *rest in moves} == expected
    assert len(moves) == len(expected) > 1000


def scheme_in(node: dict) -> dict | None:
    return node["config"].get("meta", {}).get("segment_scheme") if node["resource_type"] == "model" else None


def check(folder: Path, text: str) -> tuple[int, str]:
    file = folder / "wake_up.yml"
    file.write_text(text, encoding="utf-8")
    result = CliRunner().invoke(check_command, [str(file)])
    return result.exit_code, result.output


@pytest.mark.slow
@pytest.mark.parametrize("options", PRESETS, ids=json.dumps)
def test_presets_are_proved(workshop, tmp_path, options):
    """Another preset is another set of rules, of which the default proof says nothing."""
    path = tmp_path / "manifest.json"
    path.write_text(json.dumps(workshop.manifest(options)), encoding="utf-8")
    result = CliRunner().invoke(check_command, ["--json", "--manifest", str(path)])
    verdicts = {scheme["code"]: scheme["verdict"] for scheme in json.loads(result.output)["schemes"]}
    assert len(verdicts) == len(SCHEME_FILES)
    assert set(verdicts.values()) == {"proved"}, result.output
