"""Every mutant of the project: a file, one place in it, and what stands there instead."""

from __future__ import annotations

import random
import re
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass
from hashlib import sha256
from pathlib import Path

import yaml

from workshop.mutate.operators import faults
from workshop.mutate.places import sql_mask

ROOMS = ("calendar", "orders", "touches", "customers")
FOLDERS = (
    *("models/segments", "macros/segments", "models/tags", "macros/tags", "macros/history"),
    *(f"models/intermediate/{room}" for room in ROOMS),
)

Name = tuple[str, str, str, int]


@dataclass(frozen=True)
class Mutant:
    """`before` and `after` are the whole lines around the place, stripped; `text` is the whole mutated file.

    `nth` counts mutants of one file that read the same, from 1. `line` is for people; names do without it, so
    that a line added above renames nothing. `may_define`: the place is in a definition, or in a macro that may
    make one. `macro`: the macro it is in, if any.
    """

    file: str
    line: int
    before: str
    after: str
    nth: int
    text: str
    may_define: bool = False
    macro: str = ""

    @property
    def name(self) -> Name:
        return self.file, self.before, self.after, self.nth

    @property
    def digest(self) -> str:
        """Tells whether the mutated file is still the same."""
        return sha256(self.text.encode()).hexdigest()[:16]

    def __str__(self) -> str:
        before, after = (" ".join(part.split()) for part in (self.before, self.after))
        return f"{self.file}:{self.line}\n    - {before}\n    + {after or '(nothing)'}"


def project_mutants(root: Path) -> list[Mutant]:
    """Return all mutants of a project, file by file, in the order of their places."""
    settings = yaml.safe_load((root / "dbt_project.yml").read_text(encoding="utf-8"))
    numbers = {name: value for name, value in settings["vars"].items() if isinstance(value, (int, float)) and not isinstance(value, bool)}
    found: list[Mutant] = []
    for folder in FOLDERS:
        for path in sorted((root / folder).glob("*.sql")):
            found += mutants_of(path.relative_to(root).as_posix(), path.read_text(encoding="utf-8"), numbers)
    return found


def mutants_of(file: str, text: str, numbers: dict[str, int | float]) -> Iterator[Mutant]:
    """Yield the mutants of one template, each text once."""
    seen, counts = {text}, Counter()
    defined = text.find("{% endset %}") if "{% set definition %}" in text else len(text) * file.startswith("macros/segments")
    macros = [(match.start(), match[1]) for match in re.finditer(r"\{%-?\s*macro\s+(\w+)", text)]
    for start, end, new in sorted(faults(text, sql_mask(text), numbers)):
        mutated = text[:start] + new + text[end:]
        if mutated in seen:
            continue
        seen.add(mutated)
        first, last = text.rfind("\n", 0, start) + 1, text.find("\n", end)
        last = len(text) if last < 0 else last
        before, after = text[first:last].strip(), (text[first:start] + new + text[end:last]).strip()
        counts[before, after] += 1
        yield Mutant(
            file,
            text.count("\n", 0, start) + 1,
            before,
            after,
            counts[before, after],
            mutated,
            start < defined,
            next((name for begin, name in reversed(macros) if begin < start), ""),
        )


def chosen(mutants: list[Mutant], limit: int | None, seed: int = 1) -> list[Mutant]:
    """Return `limit` of the mutants in their order, the same ones each time; all without a limit."""
    if limit is None or limit >= len(mutants):
        return mutants
    kept = set(random.Random(seed).sample(range(len(mutants)), limit))
    return [mutant for position, mutant in enumerate(mutants) if position in kept]
