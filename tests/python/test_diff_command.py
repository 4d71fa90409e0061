"""`tagmart diff` as users and CI call it: manifests, folders and refs, what is printed, exit status."""

from __future__ import annotations

import copy
import json
import shutil
import subprocess

import pytest
from click.testing import CliRunner

from tagmart.check.manifest import project_manifest, read_manifest
from tagmart.cli import main
from tagmart.contract import project_root

CODE = "aipl"


def diff(*arguments):
    """Return the exit status and what was printed."""
    outcome = CliRunner().invoke(main, ["diff", *map(str, arguments)])
    assert outcome.exception is None or isinstance(outcome.exception, SystemExit), outcome.exception
    return outcome.exit_code, outcome.output


@pytest.fixture(scope="module")
def manifest() -> dict:
    return read_manifest(project_manifest(None))


@pytest.fixture
def write(manifest, tmp_path):
    """Write the project's manifest after `edit`; return the file."""

    def written(name: str, edit=lambda changed: None):
        changed = copy.deepcopy(manifest)
        edit(changed)
        path = tmp_path / f"{name}.json"
        path.write_text(json.dumps(changed), encoding="utf-8")
        return path

    return written


def node_of(manifest: dict, code: str = CODE) -> dict:
    return next(node for node in manifest["nodes"].values() if (node["config"].get("meta", {}).get("segment_scheme") or {}).get("code") == code)


def segments_of(manifest: dict, code: str = CODE) -> dict[str, dict]:
    return {segment["code"]: segment for segment in node_of(manifest, code)["config"]["meta"]["segment_scheme"]["segments"]}


def test_nothing_changed_is_status_0(write):
    status, said = diff(write("base"), write("head"), "--no-database")
    assert status == 0
    assert all(line.endswith("same for every customer") for line in said.splitlines()[1:]), said


def test_a_changed_rule_is_shown_with_an_example_and_status_1(write):
    def edit(changed):
        segments_of(changed)["interested"]["when"] = "false"

    status, said = diff(write("base"), write("head", edit), "--no-database", "--json", "-")
    document = json.loads(said)
    found = {scheme["code"]: scheme for scheme in document["schemes"]}
    assert (status, document["exit_status"], found[CODE]["verdict"]) == (1, 1, "changed")
    assert [(move["from"], move["to"]) for move in found[CODE]["moves"]] == [("interested", None)]
    assert {scheme["verdict"] for code, scheme in found.items() if code != CODE} == {"same"}


def test_other_names_of_a_class_are_said(write):
    def edit(changed):
        segments_of(changed)["loyal"]["name_zh"] = "铁粉"

    status, said = diff(write("base"), write("head", edit), "--no-database", "--select", CODE)
    assert (status, "class loyal reads Loyal / 铁粉 instead of Loyal / 忠诚" in said) == (0, True)


def test_a_changed_model_upstream_is_status_3(write):
    def edit(changed):
        for node in changed["nodes"].values():
            if node["name"] in ("customer_tags", "segment_rfm") and node["resource_type"] == "model":
                node["raw_code"] += " -- otherwise"
        for macro in changed["macros"].values():
            macro["macro_sql"] += " " * (macro["name"] == "rfm_score")

    status, said = diff(write("base"), write("head", edit), "--no-database")
    lines = said.splitlines()[1:]
    through = {line.split()[0]: what.partition("sees through: ")[2] for line, what in zip(lines, lines[1:]) if not line.startswith(" ")}
    assert (status, through["rfm"], through["aipl"]) == (3, "macro rfm_score, model customer_tags, model segment_rfm", "model customer_tags")


def test_a_scheme_of_one_side_is_added_or_removed(write):
    def edit(changed):
        del node_of(changed)["config"]["meta"]["segment_scheme"]

    base, head = write("base"), write("head", edit)
    assert diff(base, head, "--no-database", "--select", CODE) == (1, f"{base} -> {head}\naipl             scheme removed\n")
    assert diff(head, base, "--no-database", "--select", CODE) == (1, f"{head} -> {base}\naipl             scheme added\n")


def test_what_cannot_be_read_is_status_2(write, tmp_path):
    def edit(changed):
        segments_of(changed)["loyal"]["when"] = "days_since_last_order ~ 'x'"

    base = write("base")
    status, said = diff(base, write("head", edit), "--no-database")
    assert status == 2 and "could not be compared" in said
    status, said = diff("no_such_ref")
    assert (status, said) == (2, "BASE: no_such_ref is no git ref, no folder and no manifest: give one of these.\n")
    status, said = diff(base, tmp_path)
    assert status == 2 and said.startswith("HEAD: ") and "no dbt project" in said
    status, said = diff(base, base, "--select", "nothing")
    assert status == 2 and said.startswith("Neither side has a scheme nothing")
    status, said = diff(base, base, "--head-vars", "{aipl_touch_days: 3}")
    assert status == 2 and "vars are filled in already" in said
    assert diff(base, base, "--vars", "{}", "--head-vars", "{}")[0] == 2


def test_markdown_has_a_table_of_moves(write, tmp_path):
    def edit(changed):
        segments_of(changed)["unreached"]["when"] = "false"

    status, said = diff(write("base"), write("head", edit), "--no-database", "--markdown", tmp_path / "review.md")
    text = (tmp_path / "review.md").read_text(encoding="utf-8")
    assert status == 1 and "classes change" in said
    assert "| `aipl` | classes change |" in text and "| unreached → (no class) | `" in text


@pytest.mark.slow
def test_a_ref_a_folder_and_vars_of_a_real_project(tmp_path, monkeypatch):
    """A commit against the working tree, the folder against itself with other vars, and a threshold that is read upstream of the rules."""
    project = tmp_path / "brand" / "project"
    shutil.copytree(
        project_root(),
        project,
        ignore=shutil.ignore_patterns(".venv", "target", "logs", ".git", "tests", "docs", "data", "workshop", "*.egg-info", ".hypothesis"),
    )
    (project / "tests").mkdir()
    monkeypatch.chdir(project)
    git = ["git", "-c", "user.name=reviewer", "-c", "user.email=reviewer@example.org", "-C", str(tmp_path / "brand")]
    for command in (["init", "-q"], ["add", "."], ["commit", "-qm", "as it was"]):
        subprocess.run([*git, *command], check=True)
    file = project / "models" / "segments" / "segment_core_pool.sql"
    text = file.read_text(encoding="utf-8")
    assert ">= {{ var('core_pool_amount') }}" in text
    file.write_text(text.replace(">= {{ var('core_pool_amount') }}", "> {{ var('core_pool_amount') }}"), encoding="utf-8")
    status, said = diff("HEAD", "--no-database", "--json", "-")
    found = {scheme["code"]: scheme for scheme in json.loads(said)["schemes"]}
    assert (status, {code for code, scheme in found.items() if scheme["verdict"] != "same"}) == (1, {"core_pool"})
    assert found["core_pool"]["moves"] and not found["core_pool"]["upstream"]
    status, said = diff(project, "--head-vars", "{aipl_touch_days: 30, rfm_recency_days: [5, 10, 20, 30]}", "--no-database", "--json", "-")
    found = {scheme["code"]: scheme for scheme in json.loads(said)["schemes"]}
    assert {code: scheme["verdict"] for code, scheme in found.items() if scheme["verdict"] != "same"} == {
        "aipl": "changed", "rfm": "unseen", "value_level": "unseen"
    }  # fmt: skip
    assert (status, found["rfm"]["upstream"]) == (1, ["var rfm_recency_days"])
