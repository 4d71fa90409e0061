"""Two definitions of one scheme, compared over every customer that the column types and the assumptions allow."""

from __future__ import annotations

from tagmart.check.problem import CheckProblem
from tagmart.check.schemes import Scheme
from tagmart.check.types import parse_type
from tagmart.diff.columns import column_notes
from tagmart.diff.comparison import Comparison
from tagmart.diff.difference import Difference


def compare(base: Scheme, head: Scheme) -> Difference:
    """Return what differs between two definitions of one scheme; what cannot be translated or decided is its problem, never "same"."""
    difference = Difference(
        added=[code for code in head.rules if code not in base.rules],
        removed=[code for code in base.rules if code not in head.rules],
    )
    try:
        difference.notes = column_notes(base, head)
        if _text(base) != _text(head):
            Comparison(base, head).write(difference)
    except CheckProblem as problem:
        difference.problem = str(problem)
    return difference


def _text(scheme: Scheme) -> tuple:
    declared = {name: parse_type(column["type"], tuple(column["values"]) if column.get("values") else None) for name, column in scheme.columns.items()}
    return scheme.population, scheme.assumes, tuple(scheme.rules.items()), declared
