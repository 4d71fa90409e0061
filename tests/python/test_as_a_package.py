"""Another dbt project installs Tagmart: tests/example_package, a shop with its own models, scheme, seed and vars (docs/as-a-package.md)."""

from __future__ import annotations

import json
import os
import shutil
import subprocess
import sys
from pathlib import Path

import duckdb
import pytest
import yaml
from click.testing import CliRunner
from conftest import PROJECT

from tagmart.check.command import check_command
from tagmart.check.manifest import read_manifest, schemes_of
from tagmart.cli import main
from tagmart.contract import project_root

EXAMPLE = PROJECT / "tests" / "example_package"
DBT = Path(sys.executable).with_name("dbt")


def shop_in(folder: Path, package: dict) -> Path:
    """A copy of the shop with Tagmart installed from `package`, an entry of packages.yml."""
    shop = Path(shutil.copytree(EXAMPLE, folder / "shop"))
    (shop / "packages.yml").write_text(yaml.safe_dump({"packages": [package]}), encoding="utf-8")
    done = dbt(shop, "deps")
    assert done.returncode == 0, done.stdout
    return shop


def dbt(shop: Path, *arguments: str) -> subprocess.CompletedProcess:
    """Run dbt as a user of the shop does: in its folder, with its own profile and nothing of Tagmart's environment."""
    environment = {name: value for name, value in os.environ.items() if not name.startswith(("TAGMART_", "DBT_"))}
    return subprocess.run([DBT, "--no-use-colors", *arguments], cwd=shop, env=environment, capture_output=True, text=True)


@pytest.fixture(scope="module")
def shop(tmp_path_factory) -> Path:
    """The shop with Tagmart from a folder, parsed."""
    shop = shop_in(tmp_path_factory.mktemp("package"), {"local": str(PROJECT)})
    done = dbt(shop, "parse")
    assert done.returncode == 0, done.stdout
    return shop


@pytest.fixture(scope="module")
def built(shop) -> duckdb.DuckDBPyConnection:
    """The database of a whole build of the shop with every data test."""
    done = dbt(shop, "build", "--exclude-resource-type", "unit_test")
    assert done.returncode == 0, done.stdout[-5000:]
    with duckdb.connect(str(shop / "target" / "corner_shop.duckdb"), read_only=True) as connection:
        yield connection


@pytest.fixture
def in_shop(shop, monkeypatch) -> Path:
    monkeypatch.chdir(shop)
    for name in ("TAGMART_DATABASE", "DBT_PROFILES_DIR", "DBT_TARGET_PATH"):
        monkeypatch.delenv(name, raising=False)
    return shop


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


@pytest.mark.slow
def test_the_own_scheme_is_in_segments_sizes_flows_and_measurement(built):
    rows = built.execute("select customer_id, segment_code from segments.customer_segments where scheme_code = 'visit_rhythm' and is_current order by 1")
    classes = dict(rows.fetchall())
    orders = dict(built.execute("select customer_id, orders_count from tags.customer_tags where is_current").fetchall())
    assert classes == {name: "regular" if count >= 5 else "passing" if count else "looking" for name, count in orders.items()}
    assert sorted(classes.values()) == ["looking", *["passing"] * 6, *["regular"] * 3]
    sizes = "select segment_code, customers_count from segments.segment_sizes where scheme_code = 'visit_rhythm' and as_of_date = date '2025-03-31'"
    assert dict(built.execute(sizes).fetchall()) == {"looking": 1, "passing": 6, "regular": 3}
    for table in ("segments.segment_definitions", "segments.segment_transitions", "measurement.segment_concentration"):
        assert built.execute(f"select count(*) from {table} where scheme_code = 'visit_rhythm'").fetchone()[0] >= 3, table


@pytest.mark.slow
def test_rows_are_the_shops_with_its_vars_and_its_seed(built):
    assert built.execute("select count(distinct as_of_date), max(as_of_date) from tags.customer_tags").fetchone()[0] == 4
    receipts = "select count(*), sum(goods_cents) / 100.0 from main_shop.till_receipts"
    assert built.execute("select count(*), sum(order_amount) from staging.stg_orders").fetchone() == pytest.approx(built.execute(receipts).fetchone())
    tiers = built.execute("select distinct city, city_tier from tags.customer_tags where is_current").fetchall()
    assert set(tiers) == {("Harbourton", "tier_1"), ("Millbrook", "tier_2"), ("Fenwick", None)}


@pytest.mark.slow
def test_the_command_finds_the_database_of_the_profile(built, in_shop):
    answer = CliRunner().invoke(main, ["guide"])
    assert answer.exit_code == 0 and "corner_shop.duckdb: 10 customers at 4 as-of dates" in answer.output and "raw_path" not in answer.output
    assert CliRunner().invoke(main, ["export", "lists", "out"]).exit_code == 0 and (in_shop / "out" / "manifest.json").is_file()


@pytest.mark.slow
@pytest.mark.parametrize(
    "profile, arguments, sentence",
    [
        ({"plugins": []}, [], "add `plugins: [{module: tagmart.duckdb_plugin}]` to the output 'duckdb' of the profile 'corner_shop'"),
        ({"settings": {"TimeZone": "Asia/Shanghai"}}, [], "add `settings: {TimeZone: UTC}` to the output 'duckdb'"),
        ({}, [{"raw_models": {"customers": "shop_customers"}}], "name the model of the required raw table 'orders' too."),
        ({}, [{"raw_models": {"orders": "shop_orders", "order": "shop_orders"}}], "'order' is no raw table"),
        ({}, [{"raw_models": "shop_orders"}], "give {raw table: model}, such as {orders: my_orders}."),
        ({}, [{"own_schemes": "segment_visit_rhythm"}], "give a list of models, such as [segment_mine]."),
        ({}, [{"raw_models": {"orders": "club_members"}}], "The raw table 'orders' in the model 'club_members' has no column 'order_id'"),
    ],
)
def test_what_is_missing_is_one_sentence(shop, tmp_path, profile, arguments, sentence):
    mine = Path(shutil.copytree(shop, tmp_path / "shop", symlinks=True, ignore=shutil.ignore_patterns("*.duckdb*")))
    profiles = yaml.safe_load((mine / "profiles.yml").read_text(encoding="utf-8"))
    profiles["corner_shop"]["outputs"]["duckdb"] |= profile
    (mine / "profiles.yml").write_text(yaml.safe_dump(profiles), encoding="utf-8")
    settings = yaml.safe_load((mine / "dbt_project.yml").read_text(encoding="utf-8"))
    for given in arguments:
        settings["vars"]["tagmart"] |= given
    (mine / "dbt_project.yml").write_text(yaml.safe_dump(settings), encoding="utf-8")
    done = dbt(mine, "build", "--fail-fast", "--select", "+stg_column_formats", "--exclude-resource-type", "unit_test", "test")
    assert done.returncode != 0 and sentence in " ".join(done.stdout.split()), done.stdout[-3000:]


@pytest.mark.slow
def test_git_installs_it_too(tmp_path):
    repository = tmp_path / "tagmart.git"
    subprocess.run(["git", "clone", "--quiet", "--bare", str(PROJECT), str(repository)], check=True)
    shop = shop_in(tmp_path, {"git": repository.as_uri(), "revision": "HEAD"})
    assert not (shop / "dbt_packages" / "tagmart").is_symlink()
    done = dbt(shop, "parse")
    assert done.returncode == 0, done.stdout
    assert "visit_rhythm" in {scheme.code for scheme in schemes_of(json.loads((shop / "target" / "manifest.json").read_text(encoding="utf-8")))}
