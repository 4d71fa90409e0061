"""Two definitions of one scheme in one space of customers: every pair of classes between which somebody goes."""

from __future__ import annotations

from dataclasses import replace

import z3

from tagmart.check.example import simplest
from tagmart.check.problem import CheckProblem
from tagmart.check.prove import Proof
from tagmart.check.schemes import Scheme
from tagmart.check.space import Space
from tagmart.check.terms import conjunction, disjunction, negation
from tagmart.diff.columns import common_columns
from tagmart.diff.difference import Difference, Move


class Comparison:
    """Both sides in one space of customers. A customer is in the first class whose rule is TRUE, as in the SQL of the model."""

    patience = Proof.patience

    def __init__(self, base: Scheme, head: Scheme):
        columns = common_columns(base, head)
        self.space = Space(columns, head.file)
        self.base = Proof(replace(base, columns=columns, file=f"BASE {base.file}"), self.space)
        self.head = Proof(replace(head, columns=columns, file=f"HEAD {head.file}"), self.space)
        self.before, self.after = classes(self.base), classes(self.head)

    def met(self, model: z3.ModelRef) -> list[str | None]:
        """Return the class of a customer on both sides."""
        met = []
        for side in (self.before, self.after):
            met.append(next(code for code, condition in side.items() if z3.is_true(model.eval(condition, model_completion=True))))
        return met

    def write(self, difference: Difference) -> None:
        """Add moves, renamed classes and notes to the difference."""
        shared, single = self._assumptions()
        solver = self._solver(shared)
        solver.push()
        solver.add(*single.values())
        if self.head.found(solver) is None:
            raise CheckProblem(f"{self.head.scheme.file}: no customer meets population and assumptions of both sides, so nothing can be compared.")
        self._rename(solver, difference)
        same = self._same(difference.renamed)
        difference.moves = self._moves(solver, same, [])
        solver.pop()
        if single:
            solver.add(negation(conjunction(*single.values())))
            difference.moves += self._moves(solver, same, difference.moves, tuple(single))
            difference.notes += [f"assumed on one side only: {text}" for text in single]
        if self.base.scheme.population != self.head.scheme.population:
            difference.notes.append(f"population: {self.base.scheme.population} in BASE, {self.head.scheme.population} in HEAD")

    def _solver(self, assumed: list[z3.BoolRef]) -> z3.Solver:
        solver = z3.Solver()
        solver.set("timeout", self.patience)
        solver.add(*self.space.limits, disjunction(self.base.population, self.head.population), *assumed)
        return solver

    def _assumptions(self) -> tuple[list[z3.BoolRef], dict[str, z3.BoolRef]]:
        """Return what both sides assume, and by their text what one does."""
        base, head = (dict(zip(side.scheme.assumes, side.assumed)) for side in (self.base, self.head))
        single = {text: condition for text, condition in {**base, **head}.items() if (text in base) != (text in head)}
        return [base[text] for text in base if text in head], single

    def _rename(self, solver: z3.Solver, difference: Difference) -> None:
        for old in list(difference.removed):
            for new in difference.added:
                if self.head.found(solver, z3.Xor(self.before[old], self.after[new])) is None:
                    difference.renamed[old] = new
                    difference.removed.remove(old)
                    difference.added.remove(new)
                    break

    def _same(self, renamed: dict[str, str]) -> z3.BoolRef:
        pairs = {code: renamed.get(code, code) for code in self.before}
        return disjunction(*(conjunction(self.before[old], self.after[new]) for old, new in pairs.items() if new in self.after))

    def _moves(self, solver: z3.Solver, same: z3.BoolRef, known: list[Move], unless: tuple[str, ...] = ()) -> list[Move]:
        solver.push()
        solver.add(negation(same), *(self._not_both(move.before, move.after) for move in known))
        moves = []
        while (model := self.head.found(solver)) is not None:
            customer, (before, after) = simplest(self, solver, model, *self._pair(model))
            moves.append(Move(before, after, customer, unless))
            solver.add(self._not_both(before, after))
        solver.pop()
        order = [list(self.before), list(self.after)]
        return sorted(moves, key=lambda move: (order[0].index(move.before), order[1].index(move.after)))

    def _pair(self, model: z3.ModelRef) -> tuple[z3.BoolRef, z3.BoolRef]:
        before, after = self.met(model)
        return self.before[before], self.after[after]

    def _not_both(self, before: str | None, after: str | None) -> z3.BoolRef:
        return negation(conjunction(self.before[before], self.after[after]))


def classes(proof: Proof) -> dict[str | None, z3.BoolRef]:
    """Return `{code: when a customer is in it}`, first come first served; None is who meets no rule."""
    found: dict[str | None, z3.BoolRef] = {}
    earlier: z3.BoolRef = z3.BoolVal(False)
    for code, rule in proof.rules.items():
        found[code] = conjunction(rule, negation(earlier))
        earlier = disjunction(earlier, rule)
    return {**found, None: negation(earlier)}
