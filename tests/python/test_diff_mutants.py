"""The shipped schemes, changed in one place: each change that matters is found, with an example that moves in DuckDB just as it says."""

from __future__ import annotations

import random

import duckdb
import pytest
from class_oracle import assert_moves_replay, moves_on_grid
from segment_mutants import mutants

from tagmart.check.manifest import project_manifest, read_manifest, schemes_of
from tagmart.check.schemes import Scheme
from tagmart.diff.compare import compare

MATTERING = 200


@pytest.fixture(scope="module")
def shipped() -> list[Scheme]:
    return schemes_of(read_manifest(project_manifest(None)))


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
    small = [scheme for scheme in shipped if scheme.code in ("aipl", "lifecycle", "core_pool")]
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
