"""Another dbt project builds Tagmart with every data test, from a folder; installs it from git; and is told what it lacks."""

from __future__ import annotations

import json
import subprocess
from pathlib import Path

import duckdb
import pytest
import yaml
from click.testing import CliRunner
from conftest import PROJECT
from dbt.contracts.graph.manifest import Manifest
from parent_project import dbt, enter, parsed_shop, run, shop_in

from tagmart.check.manifest import read_manifest, schemes_of
from tagmart.cli import main

pytestmark = pytest.mark.slow


@pytest.fixture(scope="module")
def shop(tmp_path_factory) -> Path:
    return parsed_shop(tmp_path_factory.mktemp("package"))


@pytest.fixture
def in_shop(shop, monkeypatch) -> Path:
    return enter(shop, monkeypatch)


@pytest.fixture(scope="module")
def built(shop) -> Path:
    """The database of a whole build of the shop with every data test."""
    done = dbt(shop, "build", "--exclude-resource-type", "unit_test")
    assert done.returncode == 0, done.stdout[-5000:]
    return shop / "target" / "corner_shop.duckdb"


def rows(built: Path, sql: str) -> list[tuple]:
    with duckdb.connect(str(built), read_only=True) as connection:
        return connection.execute(sql).fetchall()


def profile_of(shop: Path, folder: Path, changed: dict) -> list[str]:
    """Options of dbt for the shop's profile with other settings and a database in `folder`, named alike."""
    profiles = yaml.safe_load((shop / "profiles.yml").read_text(encoding="utf-8"))
    profiles["corner_shop"]["outputs"]["duckdb"] |= {"path": str(folder / "corner_shop.duckdb")} | changed
    (folder / "profiles.yml").write_text(yaml.safe_dump(profiles), encoding="utf-8")
    return ["--profiles-dir", str(folder)]


@pytest.fixture(scope="module")
def parsed(shop) -> Manifest:
    outcome, said = run(None, "parse", "--project-dir", str(shop), "--profiles-dir", str(shop))
    assert outcome.success, said
    return outcome.result


def test_the_own_scheme_is_in_segments_sizes_flows_and_measurement(built):
    by_customer = "select customer_id, segment_code from segments.customer_segments where scheme_code = 'visit_rhythm' and is_current order by 1"
    classes = dict(rows(built, by_customer))
    orders = dict(rows(built, "select customer_id, orders_count from tags.customer_tags where is_current"))
    assert classes == {name: "regular" if count >= 5 else "passing" if count else "looking" for name, count in orders.items()}
    assert sorted(classes.values()) == ["looking", *["passing"] * 6, *["regular"] * 3]
    sizes = "select segment_code, customers_count from segments.segment_sizes where scheme_code = 'visit_rhythm' and as_of_date = date '2025-03-31'"
    assert dict(rows(built, sizes)) == {"looking": 1, "passing": 6, "regular": 3}
    for table in ("segments.segment_definitions", "segments.segment_transitions", "measurement.segment_concentration"):
        assert rows(built, f"select count(*) from {table} where scheme_code = 'visit_rhythm'")[0][0] >= 3, table


def test_rows_are_the_shops_with_its_vars_and_its_seed(built):
    assert rows(built, "select count(distinct as_of_date), max(as_of_date) from tags.customer_tags")[0][0] == 4
    receipts = rows(built, "select count(*), sum(goods_cents) from main_shop.till_receipts")[0]
    assert rows(built, "select count(*), cast(sum(order_amount) * 100 as bigint) from staging.stg_orders")[0] == receipts
    tiers = rows(built, "select distinct city, city_tier from tags.customer_tags where is_current")
    assert set(tiers) == {("Harbourton", "tier_1"), ("Millbrook", "tier_2"), ("Fenwick", None)}


def test_the_command_finds_the_database_of_the_profile(built, in_shop):
    answer = CliRunner().invoke(main, ["guide"])
    assert answer.exit_code == 0 and "corner_shop.duckdb: 10 customers at 4 as-of dates" in answer.output and "raw_path" not in answer.output
    assert CliRunner().invoke(main, ["export", "lists", "out"]).exit_code == 0 and (in_shop / "out" / "manifest.json").is_file()
    published = CliRunner().invoke(main, ["publish", "--to", "serving"])
    assert published.exit_code == 0 and (in_shop / "serving" / "corner_shop.duckdb").is_file(), published.output


@pytest.mark.parametrize(
    "profile, vars, sentence",
    [
        ({"plugins": []}, {}, "add `plugins: [{module: tagmart.duckdb_plugin}]` to the output 'duckdb' of the profile 'corner_shop'"),
        ({"settings": {"TimeZone": "Asia/Shanghai"}}, {}, "add `settings: {TimeZone: UTC}` to the output 'duckdb'"),
        ({}, {"raw_models": {"customers": "shop_customers"}}, "name the model of the required raw table 'orders' too."),
        ({}, {"raw_models": {"orders": "shop_orders", "order": "shop_orders"}}, "'order' is no raw table"),
    ],
)
def test_what_the_profile_and_the_vars_lack_is_one_sentence(in_shop, parsed, tmp_path, profile, vars, sentence):
    """dbt is told vars and profile beside the parsed project: nothing before the run reads them."""
    outcome, said = run(parsed, "build", "--select", "club_members", "--vars", json.dumps(vars), *profile_of(in_shop, tmp_path, profile))
    assert not outcome.success and sentence in said, said


@pytest.mark.parametrize(
    "vars, sentence",
    [
        ({"raw_models": "shop_orders"}, "give {raw table: model}, such as {orders: my_orders}."),
        ({"own_schemes": "segment_visit_rhythm"}, "give a list of models, such as [segment_mine]."),
    ],
)
def test_vars_of_another_shape_are_refused_by_the_parser(in_shop, vars, sentence):
    done = dbt(in_shop, "parse", "--target-path", "target/refused", "--vars", json.dumps(vars))
    assert done.returncode != 0 and sentence in " ".join(done.stdout.split()), done.stdout[-3000:]


def test_a_model_without_a_needed_column_is_named(in_shop, tmp_path):
    vars = {"raw_models": {"orders": "club_members"}}
    chosen = ["--select", "+stg_column_shapes", "--exclude-resource-type", "unit_test", "test"]
    done = dbt(in_shop, "build", "--target-path", "target/lacking", "--vars", json.dumps(vars), *chosen, *profile_of(in_shop, tmp_path, {}))
    said = " ".join(done.stdout.split())
    assert done.returncode != 0 and "The raw table 'orders' in the model 'club_members' has no column 'order_id'" in said, done.stdout[-3000:]


def test_a_model_with_the_name_of_one_of_tagmarts_is_not_read_in_its_place(tmp_path):
    shop = shop_in(tmp_path, {"local": str(PROJECT)})
    (shop / "models" / "raw" / "tag_uses.sql").write_text("select 1 as tag_code\n", encoding="utf-8")
    settings = yaml.safe_load((shop / "dbt_project.yml").read_text(encoding="utf-8"))
    del settings["flags"]["require_ref_prefers_node_package_to_root"]
    (shop / "dbt_project.yml").write_text(yaml.safe_dump(settings), encoding="utf-8")
    done = dbt(shop, "build", "--select", "club_members")
    said = " ".join(done.stdout.split())
    assert done.returncode != 0 and "Tagmart's model tag_health would read your tag_uses" in said, done.stdout[-3000:]


def test_git_installs_it_too(tmp_path):
    repository = tmp_path / "tagmart.git"
    subprocess.run(["git", "clone", "--quiet", "--bare", str(PROJECT), str(repository)], check=True)
    shop = shop_in(tmp_path, {"git": repository.as_uri(), "revision": "HEAD"})
    assert not (shop / "dbt_packages" / "tagmart").is_symlink()
    done = dbt(shop, "parse")
    assert done.returncode == 0, done.stdout
    assert "visit_rhythm" in {scheme.code for scheme in schemes_of(read_manifest(shop / "target" / "manifest.json"))}
