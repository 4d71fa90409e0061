"""What DuckDB says of two definitions of one scheme: the independent side of the tests of `tagmart diff`."""

from __future__ import annotations

import duckdb
from segment_oracle import boundary_values, grid, make_table, one_row

from tagmart.check.schemes import Scheme
from tagmart.diff.difference import Difference


def class_sql(of: Scheme) -> str:
    """Return the class of a row, written as the models write it."""
    return "case " + " ".join(f"when {when}\n then '{code}'" for code, when in of.rules.items()) + " end"


def possible(base: Scheme, head: Scheme) -> str:
    """Return when a row is a customer of either population who meets what both sides assume."""
    assumed = [text for text in base.assumes if text in head.assumes]
    return " and ".join(f"coalesce(({text}\n), false)" for text in [f"(({base.population}) or ({head.population}))", *assumed])


def replayed(base: Scheme, head: Scheme, customer: dict) -> tuple[str | None, str | None]:
    """Return the class of one customer on both sides; they must be possible."""
    make_table(one_row(), head, list(customer), [customer])
    inside, before, after = one_row().execute(f"select {possible(base, head)}, {class_sql(base)}, {class_sql(head)} from customers").fetchone()
    assert inside, f"{customer} is outside the population"
    return before, after


def assert_moves_replay(base: Scheme, head: Scheme, difference: Difference) -> None:
    """Every example goes from just the class to just the class that the difference says."""
    for move in difference.moves:
        assert replayed(base, head, move.customer) == (move.before, move.after), move


def moves_on_grid(connection: duckdb.DuckDBPyConnection, base: Scheme, head: Scheme, limit: int) -> set[tuple[str | None, str | None]]:
    """Return the pairs of classes between which a customer of a grid of boundary values of both sides goes."""
    both = Scheme(
        head.code, head.file, head.population, head.assumes, {**head.rules, **{f"{code} before": sql for code, sql in base.rules.items()}}, head.columns
    )
    make_table(connection, both, list(boundary_values(both)), grid(both, limit))
    return set(
        connection.execute(
            f"select distinct {class_sql(base)}, {class_sql(head)} from customers "
            f"where {possible(base, head)} and {class_sql(base)} is distinct from {class_sql(head)}"
        ).fetchall()
    )
