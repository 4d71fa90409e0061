"""What differs between two definitions of one scheme."""

from __future__ import annotations

from dataclasses import dataclass, field

from tagmart.check.example import Customer


@dataclass(frozen=True)
class Move:
    """A customer, as simple as can be, whose class is `before` in BASE and `after` in HEAD; None: they have none there.

    `unless` are assumptions that only one side makes: this customer is possible only where one of them fails.
    """

    before: str | None
    after: str | None
    customer: Customer
    unless: tuple[str, ...] = ()


@dataclass
class Difference:
    """What differs in a scheme. `renamed` is `{code in BASE: code in HEAD}` of classes with the same customers; `problem` is a sentence or empty."""

    moves: list[Move] = field(default_factory=list)
    added: list[str] = field(default_factory=list)
    removed: list[str] = field(default_factory=list)
    renamed: dict[str, str] = field(default_factory=dict)
    notes: list[str] = field(default_factory=list)
    problem: str = ""

    @property
    def word(self) -> str:
        """undecided, changed, renamed or same."""
        return "undecided" if self.problem else "changed" if self.moves or self.added or self.removed else "renamed" if self.renamed else "same"
