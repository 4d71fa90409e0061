"""Small changes of one boundary in one rule: another number or date, or < for <=."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, timedelta
from decimal import Decimal

from sqlglot import exp

from tagmart.check.space import Space
from tagmart.check.translate import Translator, shown
from tagmart.check.types import DOUBLE

STRICTNESS = {exp.LT: exp.LTE, exp.LTE: exp.LT, exp.GT: exp.GTE, exp.GTE: exp.GT}
PREDICATES = (*STRICTNESS, exp.EQ, exp.NEQ, exp.Between, exp.In, exp.NullSafeEQ, exp.NullSafeNEQ)


@dataclass(frozen=True)
class Change:
    """`new` in the place of the node at `position` of the walk through `tree`, the syntax of rule `code`.

    `size` is how far the boundary moves, in the unit of the column; < for <= is half a step.
    """

    size: Decimal
    code: str
    tree: exp.Expression
    position: int
    new: exp.Expression

    def made(self) -> tuple[exp.Expression, str, str]:
        """Return the changed rule, and its changed comparison as it was and as it is."""
        changed = self.tree.copy()
        old = list(changed.walk())[self.position]
        around = _around(old) or old
        before = shown(around)
        if old is changed:
            return self.new, before, shown(self.new)
        old.replace(self.new.copy() if around is not old else self.new)
        return changed, before, shown(self.new if around is old else around)


def changes(space: Space, rules: dict[str, str], suspects: list[str]) -> Iterator[Change]:
    """Yield the changes of the suspected rules; new boundaries are those of all rules, and their neighbours."""
    trees = {code: Translator(space, code).parse(sql) for code, sql in rules.items()}
    numbers = {Decimal(node.this) for tree in trees.values() for node in tree.find_all(exp.Literal) if not node.is_string}
    days = {day for tree in trees.values() for node in tree.find_all(exp.Cast) if (day := _day(node))}
    for code in suspects:
        for position, node in enumerate(trees[code].walk()):
            for size, new in _instead(space, node, numbers, days):
                yield Change(size, code, trees[code], position, new)


def _instead(space: Space, node: exp.Expression, numbers: set[Decimal],
             days: set[date]) -> Iterator[tuple[Decimal, exp.Expression]]:
    if type(node) in STRICTNESS:
        swapped = STRICTNESS[type(node)](this=node.this.copy(), expression=node.expression.copy())
        yield _unit(space, node) / 2, swapped
    elif isinstance(node, exp.Literal) and not node.is_string:
        value, unit = Decimal(node.this), _unit(space, node)
        for other in {number + step for number in numbers for step in (unit, -unit, 0)} - {value}:
            if other >= 0:
                yield abs(other - value), exp.Literal.number(f"{other:f}")
    elif own := _day(node):
        for other in {day + timedelta(step) for day in days for step in (-1, 0, 1)} - {own}:
            yield Decimal(abs((other - own).days)), exp.cast(exp.Literal.string(other.isoformat()), "date")


def _around(node: exp.Expression) -> exp.Expression | None:
    return node if isinstance(node, PREDICATES) else node.find_ancestor(*PREDICATES)


def _unit(space: Space, node: exp.Expression) -> Decimal:
    """Return the smallest step of the columns in the comparison around a node; a double has none, 0."""
    columns = [space.column(column.name, "").type for column in (_around(node) or node).find_all(exp.Column)]
    if any(column.kind == DOUBLE for column in columns):
        return Decimal(0)
    return Decimal(1).scaleb(-max((column.scale for column in columns), default=0))


def _day(node: exp.Expression) -> date | None:
    if isinstance(node, exp.Cast) and isinstance(node.this, exp.Literal) and node.to.is_type("date"):
        return date.fromisoformat(node.this.this)
    return None
