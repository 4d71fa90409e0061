"""`dbt build` leaves alone what would be made from the same again, and nothing else: the rows are those of a build from nothing."""

from __future__ import annotations

import re
import shutil
from pathlib import Path

import brands
import duckdb
import pyarrow.parquet as pq
import pytest
from conftest import Build, Workshop

MARTS = ("tags.customer_tags", "tags.tag_overlaps", "segments.customer_segments", "segments.segment_transitions", "scoring.scoring_quality")
PRODUCTS = ("scoring.score_products__co_purchased", "scoring.score_products__in_categories", "scoring.score_products__popular_new")
TABLES = brands.brand(brands.Shape(seed=11, people=60))


@pytest.fixture(scope="module")
def shop(tmp_path_factory) -> Workshop:
    return Workshop(tmp_path_factory.mktemp("kept"))


@pytest.fixture(scope="module")
def raw(tmp_path_factory) -> Path:
    return brands.write(TABLES, tmp_path_factory.mktemp("raw"))


@pytest.fixture(scope="module")
def first(shop, raw) -> Build:
    built = build(shop, raw, tests=True, fresh=True)
    assert built.success, built.failed
    return built


def build(shop: Workshop, raw: Path, **settings) -> Build:
    """Build as a user does, where what has not changed is kept."""
    return shop.build(raw, **{"fresh": False, **settings, "vars": {"keep_unchanged": True, **settings.get("vars", {})}})


def made(built: Build, staged: bool = False) -> set[str]:
    """The models right of staging, or those of staging, that a build has made and not kept."""
    lines = re.findall(r"OK created \w+ \w+ model (\w+)\.(\w+) (.*)", built.text)
    assert lines
    return {name for schema, name, rest in lines if (schema == "staging") is staged and "KEPT" not in rest}


def rows(database: Path, marts: tuple[str, ...] = MARTS) -> dict[str, tuple]:
    with duckdb.connect(str(database), read_only=True) as connection:
        return {mart: connection.execute(f"select count(*), sum(cast(hash(t) as hugeint)) from {mart} as t").fetchall()[0] for mart in marts}


@pytest.mark.slow
@pytest.mark.parametrize("fresh", [True, False], ids=["from nothing", "upon rows without the newest date"])
def test_dates_that_are_filled_in_parts_have_the_same_rows(shop, raw, first, fresh):
    before = rows(first.database, MARTS + PRODUCTS)
    if not fresh:
        with duckdb.connect(str(shop.kept("in_parts"))) as connection:
            for table in (*PRODUCTS, "tags.customer_tags", "intermediate.int_interactions__measured"):
                connection.execute(f"delete from {table} where as_of_date = (select max(as_of_date) from {table})")
    in_parts = build(shop, raw, name="in_parts", fresh=fresh, vars={"keep_unchanged": False, "rows_at_once": 100})
    assert in_parts.success and rows(in_parts.database, MARTS + PRODUCTS) == before


@pytest.mark.slow
def test_the_same_again_makes_nothing_and_asks_no_test(shop, raw, first):
    before = rows(first.database)
    again = build(shop, raw, tests=True)
    assert again.success and made(again) | made(again, staged=True) == set() and rows(again.database) == before


@pytest.mark.slow
def test_one_other_amount_makes_what_reads_it_and_the_rows_of_a_build_from_nothing(shop, raw, first, tmp_path):
    order = next(order for order in TABLES["orders"] if order["status"] == "completed" and order["customer_id"] and order["order_amount"] > 0)
    changed = {**TABLES, "orders": [{**row, "order_amount": row["order_amount"] + 1} if row is order else row for row in TABLES["orders"]]}
    other = brands.write(changed, tmp_path / "raw")
    later = build(shop, other, tests=True)
    assert later.success
    assert {"stg_orders__checked", "stg_row_balance"} <= made(later, staged=True)
    assert {"int_orders__validated", "customer_tags", "segment_rfm", "tag_sizes"} <= made(later)
    assert not {"tag_dictionary", "int_settings__hashed", "scoring_scores"} & made(later)
    assert rows(later.database) == rows(shop.build(other, name="anew").database)
    build(shop, raw)


@pytest.mark.slow
def test_another_threshold_makes_its_segment_and_what_follows(shop, raw, first):
    build(shop, raw)
    other = build(shop, raw, vars={"activity_star_days": 9})
    assert {"segment_activity", "segment_sizes", "customer_segments"} <= made(other)
    assert not {"int_customer_days", "int_identity__resolved"} & made(other)
    build(shop, raw)


def test_a_model_that_says_it_reads_no_var_reads_none(workshop):
    """Else an edited var would leave its rows as they were."""
    manifest = workshop.manifest()
    nodes, macros = manifest["nodes"].values(), manifest["macros"]
    said = [node for node in nodes if node["resource_type"] == "model" and node["config"]["meta"].get("reads_vars") is False]
    assert sorted(node["name"] for node in said) == ["int_customer_days", "segment_definitions__said", "segment_sizes__said"]
    for node in said:
        seen, open_ones = set(), list(node["depends_on"]["macros"])
        while open_ones:
            key = open_ones.pop()
            if key not in seen and key.startswith("macro.tagmart."):
                seen.add(key)
                open_ones += macros[key]["depends_on"]["macros"]
        texts = {key: macros[key]["macro_sql"] for key in seen} | {node["unique_id"]: node["raw_code"]}
        assert "macro.tagmart.forget_changed_units" in seen or node["name"] != "int_customer_days"
        assert [key for key, text in texts.items() if re.search(r"\bvar\(", text)] == []


@pytest.mark.slow
def test_what_was_killed_is_made_and_what_failed_is_asked_until_it_passes(shop, raw, first):
    build(shop, raw, tests=True)
    with duckdb.connect(str(first.database)) as connection:
        connection.execute("update tags.tag_overlaps set jaccard = 2")
    # A plain run trusts what it knows; `dbt test` looks, and what it finds is not forgotten by the next build.
    assert build(shop, raw, tests=True).success
    assert build(shop, raw, command="test", select="tag_overlaps").failed == ["tag_overlaps_jaccard_is_a_share"]
    assert build(shop, raw, tests=True).failed == ["tag_overlaps_jaccard_is_a_share"]
    with duckdb.connect(str(first.database)) as connection:
        connection.execute("delete from builds.built_from where node = 'model.tagmart.tag_overlaps'")
    mended = build(shop, raw, tests=True)
    assert mended.success and "tag_overlaps" in made(mended)
    assert build(shop, raw, vars={"keep_unchanged": False}, select="tag_overlaps").text.count("KEPT") == 0


@pytest.mark.slow
def test_a_raw_file_that_says_the_same_in_other_bytes_is_read_and_moves_nothing(shop, raw, first, tmp_path):
    build(shop, raw)
    rewritten = tmp_path / "raw"
    shutil.copytree(raw, rewritten)
    products = pq.read_table(rewritten / "products.parquet")
    assert len(products) > 1
    pq.write_table(products.take(list(reversed(range(len(products))))), rewritten / "products.parquet")
    later = build(shop, rewritten)
    assert "stg_products__checked" in made(later, staged=True) and not made(later)
    (rewritten / "products.parquet").unlink()
    assert {"stg_products__checked", "stg_row_balance"} <= made(build(shop, rewritten), staged=True)
    build(shop, raw)
