"""Where one threshold is at fault: the smallest change of it that would make the scheme provable."""

from __future__ import annotations

import time
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, timedelta
from decimal import Decimal

import z3
from sqlglot import exp

from tagmart.check.problem import CheckProblem
from tagmart.check.prove import Proof, Verdict
from tagmart.check.schemes import Scheme
from tagmart.check.terms import is_true
from tagmart.check.translate import Translator
from tagmart.check.types import DOUBLE, NUMBER

SECONDS = 1.0  # for the search in one scheme; a hint is not worth waiting for
STRICTNESS = {exp.LT: exp.LTE, exp.LTE: exp.LT, exp.GT: exp.GTE, exp.GTE: exp.GT}
PREDICATES = (*STRICTNESS, exp.EQ, exp.NEQ, exp.Between, exp.In, exp.NullSafeEQ, exp.NullSafeNEQ)


@dataclass(frozen=True)
class Change:
    """Rule `code` as `tree` instead; `size` is how far the boundary moves, in the unit of the column."""

    size: Decimal
    code: str
    tree: exp.Expression
    before: str
    after: str


def mended(scheme: Scheme, verdict: Verdict) -> str:
    """Return a sentence with the smallest change that mends a failed scheme, empty when no single one does."""
    if verdict.errors:
        return ""
    proof = Proof(scheme)
    suspects = (verdict.overlaps[0][0] if verdict.overlaps else list(scheme.rules) if verdict.gaps else verdict.unreachable)
    trial = _Trial(proof)
    deadline = time.monotonic() + SECONDS
    for change in sorted(_changes(proof, suspects), key=lambda change: change.size):
        if time.monotonic() > deadline:
            return ""
        if trial.proves(change):
            return f"mend: in {change.code}, write {change.after} instead of {change.before}"
    return ""


class _Trial:
    """Tries changes. A customer who has refuted one change refutes many others at once, without a proof."""

    def __init__(self, proof: Proof):
        self.proof = proof
        self.witnesses: list[tuple[z3.ModelRef, set[str]]] = []  # a customer, and the rules she meets as they are

    def proves(self, change: Change) -> bool:
        try:
            translator = Translator(self.proof.space, change.code)
            rule = is_true(translator.truth(change.tree))
        except CheckProblem:
            return False
        for model, met in self.witnesses:
            if len(met - {change.code}) + z3.is_true(model.eval(rule, model_completion=True)) != 1:
                return False
        kept = self.proof.rules
        self.proof.rules = {**kept, change.code: rule}
        try:
            solver = self.proof.solver()
            solver.set("timeout", int(SECONDS * 500))
            for fault in self.proof.wrong():
                model = self.proof.found(solver, fault)
                if model is not None:
                    self.proof.rules = kept
                    self.witnesses.append((model, set(self.proof.met(model))))
                    return False
            return all(self.proof.found(solver, each) is not None for each in self.proof.rules.values())
        except CheckProblem:
            return False
        finally:
            self.proof.rules = kept


def _changes(proof: Proof, suspects: list[str]) -> Iterator[Change]:
    trees = {code: Translator(proof.space, code).parse(sql) for code, sql in proof.scheme.rules.items()}
    numbers = {Decimal(node.this) for tree in trees.values() for node in tree.find_all(exp.Literal) if not node.is_string}
    days = {day for tree in trees.values() for node in tree.find_all(exp.Cast) if (day := _day(node))}
    for code in suspects:
        for position, node in enumerate(trees[code].walk()):
            unit = _unit(proof, node)
            if type(node) in STRICTNESS:
                swapped = STRICTNESS[type(node)](this=node.this.copy(), expression=node.expression.copy())
                yield _replaced(code, trees[code], position, swapped, (unit or Decimal(0)) / 2)
            elif isinstance(node, exp.Literal) and not node.is_string:
                value = Decimal(node.this)
                for other in _around(numbers, value, unit):
                    yield _replaced(code, trees[code], position, exp.Literal.number(f"{other:f}"), abs(other - value))
            elif day := _day(node):
                for other in sorted({near for one in {*days} for near in (one, one - timedelta(1), one + timedelta(1))} - {day}):
                    written = exp.cast(exp.Literal.string(other.isoformat()), "date")
                    yield _replaced(code, trees[code], position, written, Decimal(abs((other - day).days)))


def _around(numbers: set[Decimal], value: Decimal, unit: Decimal | None) -> list[Decimal]:
    """Return the other boundaries of the scheme and their neighbours, none of them negative."""
    near = numbers | {number + step for number in numbers if unit for step in (unit, -unit)}
    return [number for number in near if number != value and number >= 0]


def _unit(proof: Proof, node: exp.Expression) -> Decimal | None:
    """Return the smallest step of the numbers in the comparison around a node, None when there is none."""
    around = node if isinstance(node, PREDICATES) else node.find_ancestor(*PREDICATES)
    columns = [proof.space.column(column.name, "").type for column in (around or node).find_all(exp.Column)]
    if not columns or any(column.kind == DOUBLE for column in columns):
        return None
    return Decimal(1).scaleb(-max(column.scale for column in columns if column.kind == NUMBER or not column.scale))


def _day(node: exp.Expression) -> date | None:
    if isinstance(node, exp.Cast) and isinstance(node.this, exp.Literal) and node.to.is_type("date"):
        return date.fromisoformat(node.this.this)
    return None


def _replaced(code: str, tree: exp.Expression, position: int, new: exp.Expression, size: Decimal) -> Change:
    changed = tree.copy()
    old = list(changed.walk())[position]
    around = old if isinstance(old, PREDICATES) else old.find_ancestor(*PREDICATES) or old
    before = around.sql(dialect="duckdb", comments=False)
    if old is changed:
        return Change(size, code, new, before, new.sql(dialect="duckdb"))
    old.replace(new)
    around = new if around is old else around
    return Change(size, code, changed, before, around.sql(dialect="duckdb", comments=False))
