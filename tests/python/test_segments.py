"""The schemes as files: listed, named, documented; the recipe for an own scheme as printed; every preset proved."""

from __future__ import annotations

import json
import re
from pathlib import Path

import pytest
import yaml
from click.testing import CliRunner
from conftest import PROJECT
from tagmart import segment_docs
from tagmart.check.command import check_command

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
def test_scheme_is_named_like_its_model(file):
    """customer_segments takes the scheme's code from the model's name."""
    assert f"\ncode: {file.stem.removeprefix('segment_')}\n" in file.read_text(encoding="utf-8")
    yml = yaml.safe_load(file.with_suffix(".yml").read_text(encoding="utf-8"))
    tests = [next(iter(test)) for test in yml["models"][0]["data_tests"]]
    assert {"primary_key", "follows_its_definition"} <= set(tests)
    assert yml["unit_tests"]


def test_docs_are_what_the_definitions_say(workshop):
    manifest = workshop.manifest()
    page = (PROJECT / "docs/segments.md").read_text(encoding="utf-8")
    assert page == segment_docs.page(manifest), "docs/segments.md is stale: run python -m tagmart.segment_docs and commit it."


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
