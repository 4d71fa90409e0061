"""The simplest customer that shows a fault: few NULLs, whole and small numbers."""

from __future__ import annotations

from datetime import date, datetime, timedelta
from decimal import Decimal

import z3

from tagmart.check.terms import Term
from tagmart.check.types import BOOLEAN, DATE, DAY, DOUBLE, FIRST_DAY, NUMBER, TEXT, TIMESTAMP

Customer = dict[str, object]  # {column: bool, int, Decimal, float, str, date, datetime or None}

FAMILIAR_DAY = (date(2025, 1, 1) - date(1970, 1, 1)).days  # dates close to it read well
DIGITS = 6  # decimal places tried for a double before its value is taken as it comes
PATIENCE = 300  # milliseconds for one wish; a wish that takes longer is dropped


class _Search:
    """Adds one wish after the other to a solver, each kept only while there is still a customer."""

    def __init__(self, solver: z3.Solver, model: z3.ModelRef):
        self.solver = solver
        self.model = model

    def wish(self, condition: z3.BoolRef) -> bool:
        """Keep a condition if it can be had."""
        if not z3.is_true(self.model.eval(condition, model_completion=True)):
            if self.solver.check(condition) != z3.sat:
                return False
            self.model = self.solver.model()
        self.solver.add(condition)
        return True

    def smallest(self, distance: z3.ArithRef) -> None:
        """Make an integer expression as small in size as can be, the positive one first."""
        if any(self.wish(distance == number) for number in (0, 1, 2)):
            return
        low, high = 2, abs(self.model.eval(distance, model_completion=True).as_long())
        while high - low > 1:
            middle = min(low * 2, (low + high) // 2)
            if self.solver.check(distance <= middle, distance >= -middle) == z3.sat:
                self.model, high = self.solver.model(), middle
            else:
                low = middle
        if not self.wish(distance == high):
            self.wish(distance == -high)


def simplest(proof, solver: z3.Solver, model: z3.ModelRef, *conditions: z3.BoolRef) -> tuple[Customer, list[str]]:
    """Return a customer over all columns of the rules who meets the conditions, and the codes they meet.

    `solver` has given `model` for the conditions; it is left as it was.
    """
    solver.push()
    solver.set("timeout", PATIENCE)
    solver.add(*conditions)
    search = _Search(solver, model)
    columns = proof.space.terms
    for term in columns.values():
        search.wish(z3.Not(term.null)) or search.wish(term.null)
    for name, term in columns.items():
        if not z3.is_true(search.model.eval(term.null)):
            _simplify(search, name, term)
    customer = {name: read(proof.space, term, search.model) for name, term in columns.items()}
    solver.pop()
    solver.set("timeout", proof.patience)
    return customer, proof.met(search.model)


def _simplify(search: _Search, name: str, term: Term) -> None:
    kind, value = term.type.kind, term.value
    if kind == BOOLEAN:
        search.wish(z3.Not(value)) or search.wish(value)
    elif kind == TEXT:
        search.smallest(value)
    elif kind == DATE:
        search.smallest(value - FAMILIAR_DAY)
    else:
        steps = {
            NUMBER: [10**places for places in range(term.type.scale, -1, -1)],
            TIMESTAMP: [DAY, 1_000_000, 1],
            DOUBLE: [10**places for places in range(DIGITS + 1)],
        }[kind]
        for position, step in enumerate(steps):
            count = z3.Int(f"{name} counted in {position}")
            coarse = value * step == z3.ToReal(count) if kind == DOUBLE else value == count * step
            if search.wish(coarse):
                search.smallest(count - FAMILIAR_DAY * (DAY // step) if kind == TIMESTAMP else count)
                return


def read(space, term: Term, model: z3.ModelRef) -> object:
    """Return the value of a column in a model, as Python has it."""
    if z3.is_true(model.eval(term.null, model_completion=True)):
        return None
    value = model.eval(term.value, model_completion=True)
    if term.type.kind == BOOLEAN:
        return z3.is_true(value)
    if term.type.kind == DOUBLE:
        exact = value.approx(20) if z3.is_algebraic_value(value) else value
        return float(exact.as_fraction())
    number = value.as_long()
    if term.type.kind == TEXT:
        return space.text(number)
    if term.type.kind == DATE:
        return date.min + timedelta(days=number - FIRST_DAY)
    if term.type.kind == TIMESTAMP:
        return datetime.min + timedelta(microseconds=number - FIRST_DAY * DAY)
    return Decimal(number).scaleb(-term.type.scale) if term.type.scale else number
