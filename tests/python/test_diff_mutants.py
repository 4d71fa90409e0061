"""The shipped schemes, changed in one place: each change that matters is found, with an example that moves in DuckDB just as it says."""

from __future__ import annotations

import random
from dataclasses import replace

import duckdb
import pytest
import sqlglot
from class_oracle import assert_moves_replay, moves_on_grid
from segment_mutants import mutants
from sqlglot import exp

from tagmart.check.manifest import project_manifest, read_manifest, schemes_of
from tagmart.check.schemes import Scheme
from tagmart.diff.compare import compare

MATTERING = 200
SMALL = ("aipl", "lifecycle", "core_pool")
OPPOSITE = {exp.LT: exp.GTE, exp.LTE: exp.GT, exp.GT: exp.LTE, exp.GTE: exp.LT}


@pytest.fixture(scope="module")
def shipped() -> list[Scheme]:
    return schemes_of(read_manifest(project_manifest(None)))


def negated_twice(tree: exp.Expression) -> exp.Expression:
    return exp.not_(exp.paren(exp.not_(exp.paren(tree))))


def turned_round(node: exp.Expression) -> exp.Expression:
    """`a and b` as `b and a`, the whole way down."""
    return type(node)(this=node.expression, expression=node.this) if isinstance(node, (exp.And, exp.Or)) else node


def by_opposites(node: exp.Expression) -> exp.Expression:
    """`a < b` as `not (a >= b)`."""
    kind = OPPOSITE.get(type(node))
    return exp.not_(exp.paren(kind(this=node.this, expression=node.expression))) if kind else node


REWRITES = [negated_twice, lambda tree: tree.transform(turned_round), lambda tree: tree.transform(by_opposites)]


def assert_rewrites_are_the_same(schemes: list[Scheme]) -> None:
    for rewrite in REWRITES:
        for scheme in schemes:
            rules = {code: rewrite(sqlglot.parse_one(sql, read="duckdb", into=exp.Condition)).sql("duckdb") for code, sql in reversed(scheme.rules.items())}
            assert rules != scheme.rules
            assert compare(scheme, replace(scheme, rules=rules)).word == "same", scheme.code


def test_rewritten_schemes_are_proved_the_same(shipped):
    assert_rewrites_are_the_same([scheme for scheme in shipped if scheme.code in SMALL])


@pytest.mark.slow
def test_all_schemes_rewritten_are_proved_the_same(shipped):
    assert_rewrites_are_the_same(shipped)


def tried(shipped: list[Scheme], each: int) -> list[tuple[Scheme, str, Scheme]]:
    """Return random one-place changes, of every scheme about as many, in random order."""
    draw = random.Random(15)
    drawn = []
    for scheme in shipped:
        found = list(mutants(scheme))
        drawn += [(scheme, what, mutant) for what, mutant in draw.sample(found, min(each, len(found)))]
    draw.shuffle(drawn)
    return drawn


def check(connection: duckdb.DuckDBPyConnection, scheme: Scheme, what: str, mutant: Scheme, customers: int) -> bool:
    """Compare a scheme with a change of it; return whether the change matters. What a grid shows to move must be among the moves."""
    difference = compare(scheme, mutant)
    assert not difference.problem, (scheme.code, what, difference.problem)
    assert_moves_replay(scheme, mutant, difference)
    pairs = {(move.before, move.after) for move in difference.moves}
    assert moves_on_grid(connection, scheme, mutant, customers) <= pairs, (scheme.code, what)
    return bool(pairs)


def test_changes_of_a_few_rules_are_found(shipped):
    small = [scheme for scheme in shipped if scheme.code in SMALL]
    with duckdb.connect() as connection:
        assert sum(check(connection, *one, 500) for one in tried(small, 3)) > 4


@pytest.mark.slow
def test_200_changes_that_matter_are_found(shipped):
    mattered = 0
    with duckdb.connect() as connection:
        for one in tried(shipped, 25):
            mattered += check(connection, *one, 2000)
            if mattered == MATTERING:
                return
    pytest.fail(f"only {mattered} of the changes mattered")
