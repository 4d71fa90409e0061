"""The proof of a scheme: no gap, no overlap, every rule can be met."""

from __future__ import annotations

from dataclasses import dataclass, field

import z3

from tagmart.check.example import Customer, simplest
from tagmart.check.problem import CheckProblem
from tagmart.check.schemes import Scheme
from tagmart.check.space import Space
from tagmart.check.terms import conjunction, is_true
from tagmart.check.translate import Translator

PATIENCE = 5_000  # milliseconds for one question; every scheme here needs a hundredth
OVERLAPS_SHOWN = 10


@dataclass
class Verdict:
    """`gaps` are customers who meet no rule, `overlaps` customers with the codes of the rules they meet.

    `errors` are sentences; `unread` tells those that kept the proof from being made. `mend` is a sentence or empty.
    """

    code: str
    classes: int = 0
    gaps: list[Customer] = field(default_factory=list)
    overlaps: list[tuple[list[str], Customer]] = field(default_factory=list)
    unreachable: list[str] = field(default_factory=list)
    errors: list[str] = field(default_factory=list)
    unread: bool = False
    mend: str = ""

    @property
    def word(self) -> str:
        """proved, failed or error."""
        failed = self.gaps or self.overlaps or self.unreachable or self.errors
        return "error" if self.unread else "failed" if failed else "proved"


class Proof:
    """A translated scheme: `premise` is population and assumes, `rules` is `{code: when it is TRUE}`."""

    patience = PATIENCE

    def __init__(self, scheme: Scheme, space: Space | None = None):
        """`space` is shared by two schemes that are compared: a column of one name is then the same customer's."""
        self.scheme = scheme
        self.space = space or Space(scheme.columns, scheme.file)
        self.rules = {code: self.condition(f"rule {code}", sql) for code, sql in scheme.rules.items()}
        self.population = self.condition("population", scheme.population)
        self.assumed = [self.condition(f"assumes {position}", text) for position, text in enumerate(scheme.assumes, 1)]
        self.premise = conjunction(self.population, *self.assumed)

    def condition(self, name: str, sql: str) -> z3.BoolRef:
        """Return when a condition is TRUE; `name` is its place in the file, for messages."""
        translator = Translator(self.space, f"{self.scheme.file}, {name}")
        return is_true(translator.truth(translator.parse(sql)))

    def solver(self) -> z3.Solver:
        """Return a solver of the customers that the premises allow."""
        solver = z3.Solver()
        solver.set("timeout", self.patience)
        solver.add(*self.space.limits, self.premise)
        return solver

    def found(self, solver: z3.Solver, *conditions: z3.BoolRef) -> z3.ModelRef | None:
        """Return a customer who meets the conditions, None when there is none; CheckProblem when undecided."""
        answer = solver.check(*conditions)
        if answer == z3.unknown:
            raise CheckProblem(
                f"{self.scheme.file}: {self.scheme.code} could not be decided in {PATIENCE // 1000} seconds "
                f"({solver.reason_unknown()}): multiply columns by constants only, or compute the value in the model."
            )
        return solver.model() if answer == z3.sat else None

    def met(self, model: z3.ModelRef) -> list[str]:
        return [code for code, rule in self.rules.items() if z3.is_true(model.eval(rule, model_completion=True))]

    def wrong(self) -> tuple[z3.BoolRef, z3.BoolRef]:
        """Return the conditions of a gap and of an overlap."""
        rules = list(self.rules.values())
        twice = z3.PbGe([(rule, 1) for rule in rules], 2) if len(rules) > 1 else z3.BoolVal(False)
        return z3.Not(z3.Or(rules)), twice


def prove(scheme: Scheme) -> Verdict:
    """Return what holds of a scheme over all customers; CheckProblem for what cannot be translated or decided."""
    proof = Proof(scheme)
    verdict = Verdict(scheme.code, len(scheme.rules))
    solver = proof.solver()
    if proof.found(solver) is None:
        verdict.unreachable = list(scheme.rules)
        verdict.errors = [
            f"{scheme.file}: population and assumes of {scheme.code} contradict each other: no customer is in both, so every rule would hold of nobody."
        ]
        return verdict
    gap, overlap = proof.wrong()
    reachable = set()
    model = proof.found(solver, gap)
    if model is not None:
        verdict.gaps.append(simplest(proof, solver, model, gap)[0])
    solver.push()
    solver.add(overlap)
    while len(verdict.overlaps) < OVERLAPS_SHOWN and (model := proof.found(solver)) is not None:
        customer, codes = simplest(proof, solver, model)
        verdict.overlaps.append((codes, customer))
        reachable.update(codes)
        rules = [proof.rules[code] for code in codes]
        solver.add(*(z3.Not(z3.And(one, other)) for position, one in enumerate(rules) for other in rules[:position]))
    solver.pop()
    for code, rule in proof.rules.items():
        if code not in reachable and proof.found(solver, rule) is None:
            verdict.unreachable.append(code)
    return verdict
