"""The report: one line a mutant in target/mutate/report.jsonl, so that a run that stopped goes on; and the summary."""

from __future__ import annotations

import json
from collections import Counter
from pathlib import Path

import yaml

from workshop.mutate.checks import BROKEN, KILLED, SURVIVED, Verdict
from workshop.mutate.mutants import Mutant, Name

LEAST_SHARE = 0.95


class Report:
    """The verdicts that still hold; each is written as soon as it is there.

    A mutant that was killed stays so while its file is the same: tests are added, not taken away. One that survived is
    tried again as soon as anything else (`state`) is another.
    """

    def __init__(self, path: Path, state: str, mutants: list[Mutant]):
        self.path = path
        self.state = state
        self.verdicts: dict[Name, Verdict] = {}
        known = {mutant.name: mutant.digest for mutant in mutants}
        for line in path.read_text(encoding="utf-8").splitlines() if path.is_file() else []:
            entry = json.loads(line)
            name = tuple(entry["mutant"])
            holds = entry["state"] == state or entry["outcome"] != SURVIVED
            if holds and known.get(name) == entry["digest"]:
                self.verdicts[name] = Verdict(entry["outcome"], entry["by"], entry["seconds"])

    def add(self, mutant: Mutant, verdict: Verdict) -> None:
        self.verdicts[mutant.name] = verdict
        self.path.parent.mkdir(parents=True, exist_ok=True)
        entry = {"mutant": mutant.name, "digest": mutant.digest, **vars(verdict), "state": self.state}
        with self.path.open("a", encoding="utf-8") as file:
            file.write(json.dumps(entry, ensure_ascii=False) + "\n")


def explained(path: Path) -> dict[Name, str]:
    """Return the mutants that a committed file explains as equivalent, each with the reason."""
    entries = yaml.safe_load(path.read_text(encoding="utf-8")) if path.is_file() else []
    found: dict[Name, str] = {}
    for entry in entries or []:
        for after in entry["after"] if isinstance(entry["after"], list) else [entry["after"]]:
            found[entry["file"], entry["before"].strip(), after.strip(), entry.get("nth", 1)] = entry["reason"]
    return found


def summary(mutants: list[Mutant], verdicts: dict[Name, Verdict], reasons: dict[Name, str]) -> tuple[str, bool]:
    """Return the text for people, and whether enough were killed and every survivor is explained."""
    tried = [(mutant, verdicts[mutant.name]) for mutant in mutants if mutant.name in verdicts]
    counts = Counter(verdict.outcome for _, verdict in tried)
    valid = counts[KILLED] + counts[SURVIVED]
    share = counts[KILLED] / valid if valid else 0.0
    left = [mutant for mutant, verdict in tried if verdict.outcome == SURVIVED]
    unexplained = [mutant for mutant in left if mutant.name not in reasons]
    stale = [mutant for mutant, verdict in tried if verdict.outcome != SURVIVED and mutant.name in reasons]
    killers = Counter(
        verdict.by.split(":")[0].split(" ")[0] if verdict.by.startswith(("tagmart", "reference")) else verdict.by.rsplit(" ", 1)[0]
        for _, verdict in tried
        if verdict.outcome == KILLED
    )
    lines = [
        f"{valid} mutants, {counts[KILLED]} killed ({share:.1%}), {counts[SURVIVED]} survived, "
        f"{len(left) - len(unexplained)} of them explained as equivalent; {counts[BROKEN]} more were no SQL that runs.",
        "Killed by: " + ", ".join(f"{killer} {count}" for killer, count in killers.most_common()),
    ]
    lines += ["", "Survivors that nothing explains: write a test that sees them, or the reason into workshop/mutate/equivalent.yml."] * bool(unexplained)
    lines += [str(mutant) for mutant in unexplained]
    lines += ["", "Explained as equivalent, yet no survivor: take them out of workshop/mutate/equivalent.yml."] * bool(stale)
    lines += [f"{mutant}\n    {verdicts[mutant.name].outcome} {verdicts[mutant.name].by}" for mutant in stale]
    return "\n".join(lines), share >= LEAST_SHARE and not unexplained and not stale
