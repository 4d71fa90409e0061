"""The way to a new tag as CONTRIBUTING describes it: two tags are added to a copy of the project, which is built with its tests."""

from __future__ import annotations

import re
import shutil
from pathlib import Path

import duckdb
import pytest
from conftest import PROJECT

from workshop import tag_docs
from workshop.mutate.copies import copy_project
from workshop.mutate.workspace import DATABASE, Workspace

MEASURED = """
      - name: last_review_date
        data_type: date
        description: Latest day on which the customer wrote a review; null when there was none.
        config:
          meta:
            tag: {code: last_review_date, group: advocacy, kind: interaction, life_stage: behaviour, owner: Community team, used_by: [operations], name_zh: 最近评价日期, name_en: "Last review"}
"""
FACT = """
      - name: referrer_customer_id
        data_type: varchar
        description: The customer who brought this one, as registered; null when nobody did.
        config:
          meta:
            tag: {code: referrer_customer_id, group: profile, kind: static, life_stage: fact, owner: Community team, used_by: [operations], name_zh: 推荐人, name_en: "Referred by"}
"""


class Newcomer:
    """Edits files of a copy of the project, and remembers which."""

    def __init__(self, folder: Path):
        self.folder = folder
        self.edited: set[str] = set()

    def find(self, name: str) -> Path:
        return next(path for part in ("models", "tests/support/reference") for path in (self.folder / part).rglob(name))

    def change(self, name: str, pattern: str, new: str) -> None:
        """Replace the one or more places of a file that a pattern finds."""
        path = self.find(name)
        text, places = re.subn(pattern, new, path.read_text(encoding="utf-8"), flags=re.MULTILINE)
        assert places, f"{name} has nothing like {pattern}"
        path.write_text(text, encoding="utf-8")
        self.edited.add(path.name)

    def repeat(self, name: str, like: str, **instead: str) -> None:
        """Below each line that names the tag `like`, the same line with other words."""

        def both(match: re.Match) -> str:
            copy = match[0]
            for old, new in instead.items():
                copy = copy.replace(old, new)
            return match[0] + copy

        path = self.find(name)
        text, places = re.subn(rf"^.*\b{like}\b.*\n", both, path.read_text(encoding="utf-8"), flags=re.MULTILINE)
        assert places, f"{name} does not name {like}"
        path.write_text(text, encoding="utf-8")
        self.edited.add(path.name)


@pytest.fixture(scope="module")
def workspace(tmp_path_factory) -> Workspace:
    workspace = Workspace(tmp_path_factory.mktemp("new_tag") / "project")
    copy_project(PROJECT, workspace.folder)
    shutil.copytree(PROJECT / "data/sample", workspace.folder / "raw")
    shutil.copytree(PROJECT / "tests/support/reference", workspace.folder / "tests/support/reference")
    return workspace


@pytest.mark.slow
def test_two_new_tags(workspace):
    """A fact of the registration and a measure of touches: at most five files each, then everything else knows them."""
    measured, fact = Newcomer(workspace.folder), Newcomer(workspace.folder)
    review = {"last_advocacy_date": "last_review_date", "advocacy_touch_count": "reviews_count"}
    measured.repeat("int_interactions__measured.sql", "last_advocacy_date", **review)
    measured.repeat("customer_tags__interaction.sql", "last_advocacy_date", **review)
    measured.change("customer_tags.yml", r"(?=^      - name: days_since_last_active$)", MEASURED.lstrip("\n"))
    measured.repeat("tags.py", "last_advocacy_date", **review, **{'row["class"] == "advocacy"': 'row["event_type"] == "review"'})
    describe_in_intermediate(measured, "int_interactions__measured", "last_review_date", "Latest day with a review; null without one.")
    assert len(measured.edited) == 5

    fact.change(hashed_attributes(workspace.folder), r"'followers_count'", "'followers_count', 'referrer_customer_id'")
    fact.change("customer_tags__facts.sql", r"^( *)described\.source_channel,$", r"\1described.source_channel,\n\1described.referrer_customer_id,")
    fact.change("customer_tags.yml", r"(?=^      - name: followers_count$)", FACT.lstrip("\n"))
    fact.change("tags.py", r'^(PROFILE = .*"source_channel")\)', r'\1, "referrer_customer_id")')
    assert len(fact.edited) <= 5

    built = workspace.dbt("build", "--exclude", "resource_type:unit_test")
    assert built.success, (built.failures, built.problem)
    unit_tests = workspace.dbt("test", "--select", "tags,test_type:unit")
    assert unit_tests.success, (unit_tests.failures, unit_tests.problem)

    with duckdb.connect(str(workspace.folder / DATABASE), read_only=True) as connection:

        def rows(sql: str) -> list[tuple]:
            return connection.execute(sql).fetchall()

        assert rows(
            "select tag_code, name_zh, life_stage from tags.tag_dictionary where tag_code in ('last_review_date', 'referrer_customer_id') order by 1"
        ) == [
            ("last_review_date", "最近评价日期", "behaviour"),
            ("referrer_customer_id", "推荐人", "fact"),
        ]
        assert rows("select count(*), min(coverage) > 0 from tags.tag_health where tag_code in ('last_review_date', 'referrer_customer_id')") == [(2, True)]
        assert rows("select count(distinct tag_code) from tags.customer_tag_values where tag_code in ('last_review_date', 'referrer_customer_id')") == [(2,)]
        assert rows("select count(*) from tags.customer_tags where (reviews_count > 0) is distinct from (last_review_date is not null)") == [(0,)]
    page = tag_docs.page((PROJECT / "docs/definitions.md").read_text(encoding="utf-8"), workspace.manifest())
    assert "| `last_review_date` | Last review | 最近评价日期 |" in page and "| `referrer_customer_id` |" in page


def hashed_attributes(folder: Path) -> str:
    """The model that hashes a customer's registration, so that a changed fact reopens the customer."""
    return next(path.name for path in (folder / "models/intermediate").rglob("*.sql") if "'followers_count'" in path.read_text(encoding="utf-8"))


def describe_in_intermediate(newcomer: Newcomer, model: str, column: str, description: str) -> None:
    file = next(
        path.name
        for path in (newcomer.folder / "models/intermediate").rglob("*.yml")
        if re.search(rf"^  - name: {model}\n(    .*\n)*?    columns:$", path.read_text(encoding="utf-8"), re.MULTILINE)
    )
    newcomer.change(file, rf"(^  - name: {model}\n(?:    .*\n)*?    columns:\n)", rf"\1      - name: {column}\n        description: {description}\n")
