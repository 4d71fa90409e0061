"""Each shipped scheme, broken in small ways: what a grid of boundary values shows broken, the prover must find."""

from __future__ import annotations

import random
import time
from dataclasses import replace

import duckdb
import pytest
import sqlglot
from segment_mutants import changed_nodes, mutants
from segment_oracle import assert_replays, brute, make_customers, scheme
from sqlglot import exp

from tagmart.check.manifest import project_manifest, read_manifest, schemes_of
from tagmart.check.prove import prove
from tagmart.check.schemes import Scheme

EXAMPLE = scheme(
    {
        "lead": "orders = 0",
        "new": "orders = 1 and days <= 30 and not coalesce(vip, false)",
        "active": "orders >= 2 and days <= 90 and not coalesce(vip, false)",
        "lost": "(orders = 1 and days > 30 or orders >= 2 and days > 90) and vip is not true",
        "vip": "orders > 0 and vip",
    },
    {"orders": "bigint", "days": "integer", "vip": "boolean"},
    "orders >= 0",
    ("(orders = 0) = (days is null)", "days is null or days >= 0"),
)


@pytest.fixture(scope="module")
def shipped() -> list[Scheme]:
    found = schemes_of(read_manifest(project_manifest(None)))
    assert found and all(isinstance(one, Scheme) for one in found), found
    return found


def check_mutants(of: Scheme, limit: int, customers: int = 4000) -> tuple[int, int]:
    """Try up to `limit` mutants; return how many the grid shows broken and how many were tried."""
    assert prove(of).word == "proved"
    tried = list(mutants(of))
    tried = random.Random(3).sample(tried, limit) if len(tried) > limit else tried
    broken = 0
    with duckdb.connect() as connection:
        make_customers(connection, of, customers)
        assert connection.execute("select count(*) from customers").fetchone()[0] > 0, f"no customer of the grid is in {of.code}"
        assert brute(connection, of)[:2] == (False, False), of.code
        for what, mutant in tried:
            gap, overlap, _ = brute(connection, mutant)
            verdict = prove(mutant)
            assert verdict.gaps or not gap, f"{of.code}: the gap of `{what}` was not found"
            assert verdict.overlaps or not overlap, f"{of.code}: the overlap of `{what}` was not found"
            assert_replays(mutant, verdict)
            broken += gap or overlap
    return broken, len(tried)


def test_mutants_of_the_example_are_found():
    broken, tried = check_mutants(EXAMPLE, 500)
    assert tried > 50 and broken > 0.75 * tried, (broken, tried)


@pytest.mark.slow
def test_mutants_of_the_shipped_schemes_are_found(shipped):
    shares = {}
    for each in shipped:
        broken, tried = check_mutants(each, 8 if len(each.rules) < 50 else 4, 1600)
        shares[each.code] = broken / tried
    assert min(shares.values()) > 0.6, shares


@pytest.mark.slow
def test_every_threshold_of_the_shipped_schemes_matters(shipped):
    """Shifted by one either way, each number in each rule makes a gap or an overlap that DuckDB sees too."""
    for each in shipped:
        rules = list(each.rules.items())
        for code, when in rules if len(rules) < 50 else random.Random(5).sample(rules, 2):
            tree = sqlglot.parse_one(when, read="duckdb", into=exp.Condition)
            for position, node in enumerate(tree.walk()):
                for new in changed_nodes(node) if isinstance(node, exp.Literal) and not node.is_string else []:
                    other = tree.copy()
                    list(other.walk())[position].replace(new)
                    broken = replace(each, rules={**each.rules, code: other.sql(dialect="duckdb")})
                    verdict = prove(broken)
                    assert verdict.gaps or verdict.overlaps, f"{each.code}, {code}: {node} as {new} is still proved"
                    assert_replays(broken, verdict)


@pytest.mark.slow
def test_many_mutants_of_the_shipped_schemes_are_found(shipped):
    """All of a small scheme; of the crowds, whose rules are all alike, a sample."""
    for each in shipped:
        broken, tried = check_mutants(each, 120 if len(each.rules) < 50 else 30)
        assert broken > 0.8 * tried, (each.code, broken, tried)


def test_all_shipped_schemes_are_proved_in_seconds(shipped):
    began = time.perf_counter()
    verdicts = [prove(each) for each in shipped]
    assert [verdict.word for verdict in verdicts] == ["proved"] * len(shipped)
    assert time.perf_counter() - began < 5
