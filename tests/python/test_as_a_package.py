"""Another dbt project installs Tagmart: what dbt and `tagmart check` know of it before anything is built (docs/as-a-package.md)."""

from __future__ import annotations

import re
from pathlib import Path

import pytest
from click.testing import CliRunner
from conftest import PROJECT
from parent_project import enter, parsed_shop

from tagmart.check.command import check_command
from tagmart.check.manifest import read_manifest, schemes_of
from tagmart.cli import main
from tagmart.contract import project_root


@pytest.fixture(scope="module")
def shop(tmp_path_factory) -> Path:
    return parsed_shop(tmp_path_factory.mktemp("package"))


@pytest.fixture
def in_shop(shop, monkeypatch) -> Path:
    return enter(shop, monkeypatch)


def test_macros_find_each_other_in_another_project():
    """There dbt looks for a macro, or for a model of the manifest, in that project first."""
    texts = {path.name: path.read_text(encoding="utf-8") for folder in ("macros", "models") for path in (PROJECT / folder).rglob("*.sql")}
    assert [name for name, text in texts.items() if re.search(r"adapter\.dispatch\('\w+'\)", text)] == []
    assert [name for name, text in texts.items() if re.search(r"'(model|seed|source)\.' ~ project_name", text)] == []


def parents(manifest: dict, model: str) -> set[str]:
    return set(manifest["nodes"][f"model.{model}"]["depends_on"]["nodes"])


def test_lineage_runs_from_the_shop_through_tagmart_and_back(shop):
    manifest = read_manifest(shop / "target" / "manifest.json")
    read = parents(manifest, "tagmart.stg_orders__checked")
    assert "model.corner_shop.shop_orders" in read and not any(name.startswith("source.") for name in read)
    assert "model.corner_shop.shop_customers" in parents(manifest, "tagmart.stg_customers__checked")
    assert not any(name.startswith(("source.", "model.corner_shop")) for name in parents(manifest, "tagmart.stg_products__checked")), "not handed over"
    assert {"model.corner_shop.segment_visit_rhythm", "model.tagmart.segment_rfm"} <= parents(manifest, "tagmart.customer_segments")
    assert parents(manifest, "corner_shop.segment_visit_rhythm") == {"model.tagmart.customer_tags"}
    facts = parents(manifest, "tagmart.customer_tags__facts")
    assert "seed.corner_shop.city_tiers" in facts and "seed.tagmart.city_tiers" not in manifest["nodes"]
    assert "model.tagmart.customer_segments" in manifest["exposures"]["exposure.corner_shop.letters"]["depends_on"]["nodes"]
    schemas = {node["schema"] for node in manifest["nodes"].values() if node["package_name"] == "tagmart" and node["resource_type"] == "model"}
    assert "tags" in schemas and not any(schema.startswith("main") for schema in schemas)


def test_check_proves_the_schemes_of_both(in_shop):
    answer = CliRunner().invoke(check_command, [])
    assert answer.exit_code == 0, answer.output
    assert "visit_rhythm     proved: 3 classes" in answer.output and "rfm              proved: 9 classes" in answer.output
    files = {scheme.code: scheme.file for scheme in schemes_of(read_manifest(in_shop / "target" / "manifest.json"))}
    assert files["visit_rhythm"] == "models/own_schemes/segment_visit_rhythm.sql" and files["rfm"] == "tagmart/models/segments/segment_rfm.sql"
    activity = next(scheme for scheme in schemes_of(read_manifest(in_shop / "target" / "manifest.json")) if scheme.code == "activity")
    assert activity.rules["asleep"] == "active_days_30d = 0 and days_since_last_active > 60", "the shop's own threshold"
    assert project_root() == in_shop / "dbt_packages" / "tagmart"


def test_a_database_that_is_named_by_the_profile_is_asked_for_there(in_shop, monkeypatch):
    monkeypatch.setenv("DBT_PROFILES_DIR", str(in_shop / "models"))
    answer = CliRunner().invoke(main, ["export", "lists", "out"])
    assert answer.exit_code == 1 and "gives no path for the profile of shop" in answer.output and "--database" in answer.output
