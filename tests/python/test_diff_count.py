"""Actual customers who change class, and what they bought, counted in a database."""

from __future__ import annotations

from dataclasses import replace
from decimal import Decimal

import duckdb
import pytest
from segment_oracle import scheme

from tagmart.check.manifest import project_manifest, read_manifest, schemes_of
from tagmart.check.problem import CheckProblem
from tagmart.contract import project_root
from tagmart.diff.count import counted

RULES = {"lead": "orders = 0", "new": "orders = 1 and days <= 30", "old": "orders = 1 and days > 30", "loyal": "orders > 1"}
LIFE = scheme(RULES, {"orders": "bigint", "days": "integer", "vip": "boolean"}, "orders >= 0")


def changed(**rules) -> object:
    return replace(LIFE, rules={**RULES, **rules})


@pytest.fixture
def brand():
    """Five customers at two dates; days are a column of the scheme's own table."""
    with duckdb.connect() as connection:
        connection.execute("create schema tags; create schema segments")
        connection.execute(
            """
            create table tags.customer_tags as select * from (values
                ('a', date '2025-06-30', true, 0, cast(0 as decimal(18, 4))), ('b', date '2025-06-30', true, 1, 10.5), ('c', date '2025-06-30', true, 1, 20),
                ('d', date '2025-06-30', true, 2, null), ('e', date '2025-06-30', true, 3, 7.25), ('b', date '2025-05-31', false, 1, 99)
            ) as rows (customer_id, as_of_date, is_current, orders, net_amount_365d)
            """
        )
        connection.execute(
            """
            create table segments.life as select * from (values
                ('a', date '2025-06-30', null), ('b', date '2025-06-30', 31), ('c', date '2025-06-30', 32), ('d', date '2025-06-30', 3), ('b', date '2025-05-31', 31)
            ) as rows (customer_id, as_of_date, days)
            """
        )
        yield connection


def test_counts_are_those_of_the_newest_date(brand):
    head = changed(new="orders = 1 and days <= 31", old="orders = 1 and days > 31", loyal="orders > 2")
    counts = {(count.before, count.after): (count.customers, count.net_amount) for count in counted(brand, "segments.life", LIFE, head)}
    assert counts == {
        ("lead", "lead"): (1, 0),
        ("old", "new"): (1, Decimal("10.5")),
        ("old", "old"): (1, 20),
        ("loyal", "loyal"): (1, Decimal("7.25")),
        ("loyal", None): (1, 0),
    }


def test_a_column_that_was_not_built_is_named(brand):
    with pytest.raises(CheckProblem, match="life could not be counted: the database has no vip"):
        counted(brand, "segments.life", replace(LIFE, code="life"), replace(changed(lead="orders = 0 and vip"), code="life"))


def test_counts_of_the_sample_are_those_of_plain_sql():
    """A touch makes interested for 30 days in place of 15: asked of the built class and the days alone."""
    built = project_root() / "target" / "tagmart.duckdb"
    if not built.is_file():
        pytest.skip("target/tagmart.duckdb is not there: run make build")
    (base,) = schemes_of(read_manifest(project_manifest(None)), "aipl")
    head = replace(base, rules={code: sql.replace("< 15", "< 30").replace(">= 15", ">= 30") for code, sql in base.rules.items()})
    with duckdb.connect(str(built), read_only=True) as connection:
        counts = {(count.before, count.after): count.customers for count in counted(connection, "segments.segment_aipl", base, head)}
        sizes = dict(connection.execute("select segment_code, count(*) from segments.segment_aipl where is_current group by all").fetchall())
        waiting = "segment_code in ('aware', 'unreached') and least(coalesce(days_since_active_touch, 99), coalesce(days_since_advocacy, 99)) < 30"
        interested = dict(
            connection.execute(f"select segment_code, count(*) from segments.segment_aipl where is_current and {waiting} group by all").fetchall()
        )
    assert {code: sum(count for (before, _), count in counts.items() if before == code) for code in sizes} == sizes
    assert {before: count for (before, after), count in counts.items() if after == "interested" and before != after} == interested and interested
