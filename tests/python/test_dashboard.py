"""The cells of a dashboard are the marts' numbers, none is of too few customers, and no customer stands in the page."""

from __future__ import annotations

import json
import re
from collections import defaultdict

import duckdb
import pytest
from click.testing import CliRunner
from conftest import PROJECT

from tagmart.cli import main
from tagmart.dashboard.brand import AMOUNTS
from tagmart.dashboard.classes import ALL, OTHER
from tagmart.dashboard.command import collect
from tagmart.dashboard.frames import QUERIES

DATABASE = PROJECT / "target/tagmart.duckdb"
LEAST = 5
pytestmark = pytest.mark.skipif(not DATABASE.is_file(), reason="target/tagmart.duckdb is not there: run make build first.")


@pytest.fixture(scope="module")
def brand():
    with duckdb.connect(str(DATABASE), read_only=True) as connection:
        yield connection


@pytest.fixture(scope="module")
def shown(brand):
    frames, facts = collect(brand, LEAST, DATABASE)
    return frames, facts


def rows(shown, name):
    return shown[0][name].dicts()


def test_cells_of_all_channels_are_segment_sizes(brand, shown):
    sizes = {
        tuple(map(str, row[:3])): row[3:]
        for row in brand.execute("select as_of_date, scheme_code, segment_code, customers_count, net_amount_365d from segments.segment_sizes").fetchall()
    }
    totals = defaultdict(int)
    for row in rows(shown, "cells"):
        if row["channel"] == ALL and row["scheme_code"] != ALL:
            totals[row["as_of_date"], row["scheme_code"]] += row["customers"]
            if row["segment_code"] != OTHER:
                assert (row["customers"], row["net_amount_365d"]) == (
                    sizes[row["as_of_date"], row["scheme_code"], row["segment_code"]][0],
                    float(sizes[row["as_of_date"], row["scheme_code"], row["segment_code"]][1]),
                )
    for (date, scheme), total in totals.items():
        assert total == sum(value[0] for key, value in sizes.items() if key[:2] == (date, scheme))


def test_cells_of_a_channel_are_customer_tags(brand, shown):
    sql = """select count(*), count(*) filter (where orders_count > 0), count(*) filter (where orders_count > 1), sum(net_amount_365d)
        from tags.customer_tags join segments.customer_segments using (customer_id, as_of_date)
        where as_of_date = ? and scheme_code = ? and segment_code = ? and coalesce(source_channel, 'unknown') = ?"""
    exact = [row for row in rows(shown, "cells") if not {row["scheme_code"], row["segment_code"], row["channel"]} & {ALL, OTHER}]
    assert len(exact) > 1000
    for row in exact[::97]:
        expected = brand.execute(sql, [row["as_of_date"], row["scheme_code"], row["segment_code"], row["channel"]]).fetchone()
        assert (row["customers"], row["buyers"], row["repeat_buyers"], row["net_amount_365d"]) == (*expected[:3], float(expected[3]))


def test_flows_are_segment_transitions_between_shown_classes(brand, shown):
    classes = {(row["as_of_date"], row["scheme_code"], row["segment_code"]) for row in rows(shown, "cells")}
    found = rows(shown, "flows")
    moves = {tuple(map(str, row[:5])): row[5] for row in brand.execute("select * from segments.segment_transitions").fetchall()}
    for row in found:
        ends = (row["from_as_of_date"], row["to_as_of_date"], row["from_segment_code"], row["to_segment_code"])
        if OTHER not in ends:
            assert {(ends[0], row["scheme_code"], ends[2]), (ends[1], row["scheme_code"], ends[3])} - classes <= {(ends[0], row["scheme_code"], "_entered")}
            difference = moves[(row["scheme_code"], *ends)] - row["customers"]
            assert LEAST <= difference < 3 * LEAST if row["is_at_least"] else difference == 0
    assert sum(row["is_at_least"] for row in found) < len(found) / 2


def test_nothing_counts_too_few(shown):
    counts = {
        "cells": ["customers"], "flows": ["customers"], "reasons": ["customers"], "channels": ["customers", "buyers_count"], "concentration": ["customers", "head_customers_count"],
        "campaigns": ["treatment_count", "holdout_count"], "scores": ["customers"], "calibration": ["customers"], "survival": ["customers"], "tag_health": ["customers"],
    }  # fmt: skip
    for name, columns in counts.items():
        assert rows(shown, name), name
        for row in rows(shown, name):
            for column in columns:
                assert row[column] is None or row[column] == 0 or row[column] >= LEAST, (name, row)
    for row in rows(shown, "revenue"):
        if row["segment_code"] != "_anonymous":
            assert all(not row[count] or row[count] >= LEAST for count in ("from_buyers", "buyers")), row


def test_what_is_not_shown_of_a_total_is_enough(shown):
    for name, whole, group, counts in (
        ("campaigns", "all", "campaign_id", ["treatment_count", "holdout_count"]),
        ("concentration", "_brand", None, ["customers"]),
    ):
        totals = {row.get(group): row for row in rows(shown, name) if row["scheme_code"] == whole}
        sums = defaultdict(lambda: defaultdict(int))
        for row in rows(shown, name):
            if row["scheme_code"] != whole:
                for count in counts:
                    sums[row.get(group), row["scheme_code"]][count] += row[count]
        assert sums
        for (key, scheme), summed in sums.items():
            rests = [totals[key][count] - summed[count] for count in counts]
            assert all(rest == 0 or rest >= LEAST for rest in rests), (name, key, scheme, rests)


def test_channels_are_one_where_the_cells_have_them_as_one(shown):
    alone = {row["channel"] for row in rows(shown, "cells") if row["as_of_date"] == shown[1]["as_of_date"] and row["scheme_code"] == ALL} - {ALL}
    assert {row["channel"] for row in rows(shown, "channels") if row["customers"]} <= alone


def test_the_bridge_of_classes_adds_up_to_the_brand(brand, shown):
    found = defaultdict(lambda: defaultdict(float))
    whole = {}
    for row in rows(shown, "revenue"):
        if row["measure_code"] == "net_amount":
            if row["scheme_code"] != "_brand":
                for name in ("from_amount", "amount"):
                    found[row["period_code"], row["comparison_code"], row["scheme_code"]][name] += row[name]
            else:
                whole[row["period_code"], row["comparison_code"]] = row
        assert abs(row["from_amount"] + sum(row[name] or 0 for name in AMOUNTS[2:]) - row["amount"]) < 0.01
    assert len(found) > 50
    (sales,) = brand.execute(
        "select sum(order_net_amount) from semantic.metric_orders where ordered_date between date '2025-06-01' and date '2025-06-30'"
    ).fetchone()
    assert whole["month_2025-06", "before"]["amount"] == float(sales)
    for (period, comparison, _), sums in found.items():
        assert all(abs(whole[period, comparison][name] - value) < 0.01 for name, value in sums.items())


def test_no_customer_stands_in_the_page(brand, tmp_path):
    out = tmp_path / "page.html"
    ran = CliRunner().invoke(main, ["dashboard", str(out), "--database", str(DATABASE)])
    assert ran.exit_code == 0, ran.output
    text = out.read_text(encoding="utf-8")
    said = set(re.findall(r"[\w@.+-]{6,}", re.search(r'id="data">(.*?)</script>', text, re.S)[1]))
    for (table,) in brand.execute(
        "select 'intermediate.' || table_name from information_schema.tables where table_name in ('int_customers', 'int_identifiers')"
    ).fetchall():
        assert said.isdisjoint(
            str(value) for row in brand.execute(f"select * from {table}").fetchall() for value in row if isinstance(value, str) and len(value) > 9
        )
    people = {value for (value,) in brand.execute("select customer_id from tags.customer_tags").fetchall()}
    assert len(people) > 500 and said.isdisjoint(people)
    assert len(text.encode()) < 3_000_000 and "{{" not in text.split("<script>")[0]


def test_fewer_cells_where_more_customers_are_asked_for(brand, shown):
    frames, _ = collect(brand, 40, DATABASE)
    assert len(frames["cells"].rows) < len(shown[0]["cells"].rows)
    assert min(row["customers"] for row in frames["cells"].dicts()) >= 40


def test_queries_read_public_marts_alone():
    manifest = json.loads((PROJECT / "target/manifest.json").read_text(encoding="utf-8"))
    public = {f"{node['schema']}.{node['name']}" for node in manifest["nodes"].values() if node["resource_type"] == "model" and node["access"] == "public"}
    read = {name for path in QUERIES.glob("*.sql") for name in re.findall(r"(?:from|join) (\w+\.\w+)", path.read_text(encoding="utf-8"))}
    assert len(read) > 15 and read <= public
    shown = manifest["exposures"]["exposure.tagmart.dashboard"]["depends_on"]["nodes"]
    assert {name.split(".")[1] for name in read} == {node.split(".")[-1] for node in shown}
