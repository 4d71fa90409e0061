"""The checks that one mutant can touch, cheapest first, up to the first that fails."""

from __future__ import annotations

import time
from dataclasses import dataclass

from tagmart.check.manifest import schemes_of
from tagmart.check.problem import CheckProblem
from tagmart.check.prove import prove
from workshop.mutate.mutants import Mutant
from workshop.mutate.reference import Reference
from workshop.mutate.scope import steps, touched
from workshop.mutate.workspace import Outcome, Workspace

PRESETS = {"segment_journey": [{"journey_preset": "education"}, {"journey_preset": "high_ticket"}]}
KILLED, SURVIVED, BROKEN = "killed", "survived", "broken"


@dataclass
class Verdict:
    """`by` names the check that failed; of a broken mutant, which is no SQL that runs, it says why."""

    outcome: str
    by: str = ""
    seconds: float = 0.0


class Judge:
    """Tries mutants in one workspace, one after the other."""

    def __init__(self, workspace: Workspace, reference: Reference):
        self.workspace = workspace
        self.reference = reference
        self.definitions = {}
        for options in (None, *(preset for presets in PRESETS.values() for preset in presets)):
            parsed = workspace.dbt("parse", vars=options)
            assert parsed.success, parsed.problem
            self.definitions[str(options)] = _definitions(workspace.manifest(options))
        self.manifest = workspace.manifest()

    def verdict(self, mutant: Mutant) -> Verdict:
        """Return what the checks say of a mutant; the project is as before afterwards."""
        began = time.monotonic()
        path = self.workspace.folder / mutant.file
        kept = path.read_text(encoding="utf-8")
        try:
            path.write_text(mutant.text, encoding="utf-8")
            verdict = self._judged(touched(self.manifest, mutant.file, mutant.macro), mutant)
        finally:
            path.write_text(kept, encoding="utf-8")
        verdict.seconds = round(time.monotonic() - began, 2)
        return verdict

    def _judged(self, models: list[str], mutant: Mutant) -> Verdict:
        presets = [None, *(preset for model in models for preset in PRESETS.get(model, []))]
        for options in presets if mutant.may_define else []:
            parsed = self.workspace.dbt("parse", vars=options)
            if not parsed.success:
                return Verdict(BROKEN, f"dbt parse: {parsed.problem[:200]}")
            if refuted := self._refuted(options):
                return Verdict(KILLED, refuted)
        compare = {
            "mart": self.reference.difference,
            "tag marts": self.reference.difference_of_tag_marts,
            "base": self.reference.difference_from_base,
        }
        for step in steps(models, mutant.file, mutant.text):
            if step.restored:
                self.workspace.restore(step.restored)
            built = self.workspace.dbt("--no-write-json", "build", "--fail-fast", *step.selected)
            if not built.success:
                return _failed(built)
            wrong = compare.get(step.compared)
            if wrong and (difference := wrong(self.workspace)):
                return Verdict(KILLED, difference)
        return Verdict(SURVIVED)

    def _refuted(self, options: dict | None) -> str:
        """Return what `tagmart check` says of the definitions that differ now, empty when they are proved."""
        manifest = self.workspace.manifest(options)
        before = self.definitions[str(options)]
        for code, definition in _definitions(manifest).items():
            if definition == before.get(code):
                continue
            try:
                word = prove(schemes_of(manifest, code)[0]).word
            except (CheckProblem, AttributeError):
                word = "error"
            if word != "proved":
                return f"tagmart check: {code} {word}"
        return ""


def _definitions(manifest: dict) -> dict[str, dict]:
    schemes = (node["config"].get("meta", {}).get("segment_scheme") for node in manifest["nodes"].values() if node["resource_type"] == "model")
    return {str(scheme.get("code")): scheme for scheme in schemes if scheme}


def _failed(built: Outcome) -> Verdict:
    """A test that fails kills; a model or a unit test that does not even run makes the mutant no mutant."""
    if not built.failures:
        return Verdict(BROKEN, built.problem[:200])
    kind, name, status, message = built.failures[0]
    if status == "error" and kind != "test":
        return Verdict(BROKEN, f"{name}: {message[:200]}")
    return Verdict(KILLED, f"{'unit test' if kind == 'unit_test' else 'test'} {name}")
