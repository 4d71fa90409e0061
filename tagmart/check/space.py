"""The customer of a proof: for each column that the rules use, one z3 variable for its value and one for NULL."""

from __future__ import annotations

import difflib

import z3

from tagmart.check.problem import CheckProblem
from tagmart.check.terms import Term, disjunction
from tagmart.check.types import BOOLEAN, DOUBLE, TEXT, Type, parse_type


class Space:
    """All customers that the column types allow.

    `terms` holds the columns in the order in which rules first use them, `strings` every string that a rule or
    a list of values names: a text value is its position there, and a later number is some other string.
    """

    def __init__(self, declared: dict[str, dict], where: str):
        """`declared` is `{column: {"type": SQL type, "values": list or absent}}`, `where` the file for messages."""
        self.declared = {name.lower(): {**column, "name": name} for name, column in declared.items()}
        self.where = where
        self.terms: dict[str, Term] = {}
        self.strings: list[str] = []
        self.limits: list[z3.BoolRef] = []

    def column(self, written: str, place: str) -> Term:
        """Return the term of a column; `place` names the rule when there is no such column."""
        declared = self.declared.get(written.lower())
        if declared is None:
            close = difflib.get_close_matches(written.lower(), self.declared, 1)
            hint = f"did you mean {close[0]}?" if close else "declare it under `columns` or use a column of customer_tags."
            raise CheckProblem(f"{place}: there is no column {written}: {hint}")
        name = declared["name"]
        if name not in self.terms:
            values = declared.get("values")
            try:
                column_type = parse_type(declared["type"], None if values is None else tuple(values))
            except ValueError as error:
                raise CheckProblem(f"{place}: column {name}: {error}.") from None
            self.terms[name] = Term(column_type, self._variable(name, column_type), z3.Bool(f"{name} is null"))
            self._limit(self.terms[name])
        return self.terms[name]

    @staticmethod
    def _variable(name: str, column_type: Type) -> z3.ExprRef:
        sort = {BOOLEAN: z3.Bool, DOUBLE: z3.Real}.get(column_type.kind, z3.Int)
        return sort(name)

    def _limit(self, term: Term) -> None:
        if term.type.kind == TEXT:
            allowed = term.type.values
            self.limits.append(term.value >= 0 if allowed is None else disjunction(*(term.value == self.string(text) for text in allowed), term.null))
        elif term.type.bounds:
            self.limits.append(z3.And(term.value >= term.type.bounds[0], term.value <= term.type.bounds[1]))

    def string(self, text: str) -> int:
        """Return the number of a string, a new one when it is new."""
        if text not in self.strings:
            self.strings.append(text)
        return self.strings.index(text)

    def text(self, number: int) -> str:
        """Return the string of a number; past the named ones it is one that no rule names."""
        if number < len(self.strings):
            return self.strings[number]
        name = f"other_{number - len(self.strings) + 1}"
        while name in self.strings:
            name += "_"
        return name
