"""Small changes of one boundary in one rule: another number or date, or < for <=."""

from __future__ import annotations

from collections import Counter
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

    `size` is how far the boundary moves; < for <= moves it by the smallest step of the column. Of equal moves
    one that meets a boundary of the other rules reads best: it is not `alone`.
    """

    size: Decimal
    alone: bool
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
    bounds = Counter(bound for tree in trees.values() for node in tree.walk() if (bound := _bound(node)) is not None)
    for code in suspects:
        for position, node in enumerate(trees[code].walk()):
            for size, bound, new in _instead(space, node, set(bounds)):
                alone = bounds[bound] <= (bound == _bound(node) or type(node) in STRICTNESS)
                yield Change(size, alone, code, trees[code], position, new)


def _instead(space: Space, node: exp.Expression, bounds: set[Decimal | date]) -> Iterator[tuple[Decimal, Decimal | date | None, exp.Expression]]:
    """Yield what can stand instead of a node: how far the boundary moves, the boundary, the new node."""
    own, unit = _bound(node), _unit(space, node)
    if type(node) in STRICTNESS:
        swapped = STRICTNESS[type(node)](this=node.this.copy(), expression=node.expression.copy())
        yield unit, next((bound for part in node.walk() if (bound := _bound(part)) is not None), None), swapped
    elif isinstance(own, date):
        days = {day for day in bounds if isinstance(day, date)}
        for other in {day + timedelta(step) for day in days for step in (-1, 0, 1)} - {own}:
            yield Decimal(abs((other - own).days)), other, exp.cast(exp.Literal.string(other.isoformat()), "date")
    elif own is not None:
        numbers = {number for number in bounds if isinstance(number, Decimal)}
        for other in {number + step for number in numbers for step in (unit, -unit, 0)} - {own}:
            if other >= 0:
                yield abs(other - own), other, exp.Literal.number(f"{other:f}")


def _around(node: exp.Expression) -> exp.Expression | None:
    return node if isinstance(node, PREDICATES) else node.find_ancestor(*PREDICATES)


def _unit(space: Space, node: exp.Expression) -> Decimal:
    """Return the smallest step of the columns in the comparison around a node; a double has none, 0."""
    columns = [space.column(column.name, "").type for column in (_around(node) or node).find_all(exp.Column)]
    if any(column.kind == DOUBLE for column in columns):
        return Decimal(0)
    return Decimal(1).scaleb(-max((column.scale for column in columns), default=0))


def _bound(node: exp.Expression) -> Decimal | date | None:
    """Return the number or date that a node writes, None for any other node."""
    if isinstance(node, exp.Literal) and not node.is_string:
        return Decimal(node.this)
    if isinstance(node, exp.Cast) and isinstance(node.this, exp.Literal) and node.to.is_type("date"):
        return date.fromisoformat(node.this.this)
    return None
