"""What a run counts."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass, field

from tagmart.wecom.difference import Difference


@dataclass
class Tally:
    """Relations by what became of them, tags by what was done with them, and whose state is worth reading back."""

    relations: int = 0
    changed: int = 0
    unchanged: int = 0
    skipped: Counter[str] = field(default_factory=Counter)
    left: Counter[str] = field(default_factory=Counter)
    added: Counter[str] = field(default_factory=Counter)
    removed: Counter[str] = field(default_factory=Counter)
    by_hand: Counter[str] = field(default_factory=Counter)
    relations_by_hand: int = 0
    changed_members: set[str] = field(default_factory=set)
    failed_members: set[str] = field(default_factory=set)

    @property
    def seen(self) -> int:
        return self.changed + self.unchanged + self.skipped.total() + self.left.total()

    def change(self, userid: str, found: Difference) -> None:
        self.changed += 1
        self.added.update(found.add)
        self.removed.update(found.remove)
        self.changed_members.add(userid)

    def hand_set(self, found: Difference) -> None:
        self.by_hand.update(found.by_hand)
        self.relations_by_hand += bool(found.by_hand)

    def skip(self, userid: str, reason: str) -> None:
        self.skipped[reason] += 1
        self.failed_members.add(userid)

    def leave(self, userid: str, reason: str) -> None:
        self.left[reason] += 1
        self.failed_members.add(userid)

    def figures(self) -> dict[str, int]:
        """The columns of the journal's table of runs."""
        return {"seen": self.seen, "changed": self.changed, "unchanged": self.unchanged, "skipped": self.skipped.total(), "left": self.left.total()}
