"""Schemes that differ from a given one in one small place."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from datetime import date, timedelta
from decimal import Decimal

import sqlglot
from sqlglot import exp

from tagmart.check.schemes import Scheme

FLIPS = {
    exp.LT: [exp.LTE, exp.GTE],
    exp.LTE: [exp.LT, exp.GT],
    exp.GT: [exp.GTE, exp.LTE],
    exp.GTE: [exp.GT, exp.LT],
    exp.EQ: [exp.NEQ],
    exp.NEQ: [exp.EQ],
    exp.And: [exp.Or],
    exp.Or: [exp.And],
}


def mutants(of: Scheme) -> Iterator[tuple[str, Scheme]]:
    """Yield each scheme that differs in one place, with what was done."""
    for code, when in of.rules.items():
        if len(of.rules) > 1:
            yield f"drop {code}", replace(of, rules={other: sql for other, sql in of.rules.items() if other != code})
        tree = sqlglot.parse_one(when, read="duckdb", into=exp.Condition)
        for position, node in enumerate(tree.walk()):
            for new in changed_nodes(node):
                other = tree.copy()
                old = list(other.walk())[position]
                other = new if old is other else (old.replace(new), other)[1]
                rule = other.sql(dialect="duckdb")
                yield f"{code}: {rule}", replace(of, rules={**of.rules, code: rule})


def changed_nodes(node: exp.Expression) -> list[exp.Expression]:
    """Return what can stand in the place of a node: the other side of a comparison, a number next to it, a part left out."""
    parts = {name: part.copy() for name, part in node.args.items() if isinstance(part, exp.Expression)}
    if type(node) in FLIPS:
        flipped = [kind(**parts) for kind in FLIPS[type(node)]]
        return flipped + ([node.this.copy(), node.expression.copy()] if isinstance(node, exp.And) and _guarded(node) else [])
    if isinstance(node, exp.Literal) and not node.is_string:
        return [exp.Literal.number(f"{Decimal(node.this) + step}") for step in (1, -1) if Decimal(node.this) + step >= 0]
    if isinstance(node, exp.Cast) and isinstance(node.this, exp.Literal) and node.to.is_type("date"):
        return [exp.cast(exp.Literal.string(str(date.fromisoformat(node.this.this) + timedelta(step))), "date") for step in (1, -1)]
    if isinstance(node, exp.Coalesce):
        return [node.this.copy()]
    return [exp.Not(this=node.copy())] if isinstance(node, exp.Is) and isinstance(node.expression, exp.Null) else []


def _guarded(node: exp.And) -> bool:
    """One of its two sides is an `is [not] null`, which can be dropped."""
    return any(isinstance(side.this if isinstance(side, exp.Not) else side, exp.Is) for side in (node.this.unnest(), node.expression.unnest()))
