"""Where one threshold is at fault: the smallest change of it that would make the scheme provable."""

from __future__ import annotations

import time

import z3
from sqlglot import exp

from tagmart.check.changes import changes
from tagmart.check.problem import CheckProblem
from tagmart.check.prove import Proof, Verdict
from tagmart.check.schemes import Scheme
from tagmart.check.terms import is_true
from tagmart.check.translate import Translator

SECONDS = 1.0  # for the search in one scheme: a hint is not worth waiting for


def mended(scheme: Scheme, verdict: Verdict) -> str:
    """Return a sentence with the smallest change that mends a failed scheme, empty when no single one does."""
    if verdict.errors:
        return ""
    proof = Proof(scheme)
    suspects = verdict.overlaps[0][0] if verdict.overlaps else list(scheme.rules) if verdict.gaps else verdict.unreachable
    trial = _Trial(proof)
    deadline = time.monotonic() + SECONDS
    for change in sorted(changes(proof.space, scheme.rules, suspects), key=lambda change: (change.size, change.alone)):
        if time.monotonic() > deadline:
            break
        tree, before, after = change.made()
        if trial.proves(change.code, tree):
            return f"mend: in {change.code}, write {after} instead of {before}"
    return ""


class _Trial:
    """Tries changes. A customer who has refuted one change refutes many others at once, without a proof."""

    def __init__(self, proof: Proof):
        self.proof = proof
        self.witnesses: list[tuple[z3.ModelRef, set[str]]] = []  # a customer, and the rules they meet as they are

    def proves(self, code: str, tree: exp.Expression) -> bool:
        """Is the scheme proved with this syntax tree as rule `code`?"""
        try:
            rule = is_true(Translator(self.proof.space, code).truth(tree))
        except CheckProblem:
            return False
        for model, met in self.witnesses:
            if len(met - {code}) + z3.is_true(model.eval(rule, model_completion=True)) != 1:
                return False
        kept = self.proof.rules
        self.proof.rules = {**kept, code: rule}
        try:
            refuted = self._refuted()
        except CheckProblem:
            return False
        finally:
            self.proof.rules = kept
        if isinstance(refuted, z3.ModelRef):
            self.witnesses.append((refuted, set(self.proof.met(refuted))))
        return refuted is False

    def _refuted(self) -> z3.ModelRef | bool:
        """Return a customer in no class or in two, True when a rule cannot be met, False when all is proved."""
        solver = self.proof.solver()
        solver.set("timeout", int(SECONDS * 500))
        for fault in self.proof.wrong():
            model = self.proof.found(solver, fault)
            if model is not None:
                return model
        return any(self.proof.found(solver, rule) is None for rule in self.proof.rules.values())
