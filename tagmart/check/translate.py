"""The SQL of a rule as a term of the prover. What is not here is an error, never a guess."""

from __future__ import annotations

import re
from collections.abc import Callable

import sqlglot
from sqlglot import exp
from sqlglot.errors import SqlglotError

from tagmart.check import calls, comparisons, numbers
from tagmart.check.problem import CheckProblem
from tagmart.check.space import Space
from tagmart.check.terms import YES, Term, all_of, any_of, convert, known, none_of
from tagmart.check.types import BOOLEAN, NULL, TEXT, Type, common

HANDLERS: dict[type, Callable[[Translator, exp.Expression], Term]] = {
    exp.Paren: lambda translator, node: translator.term(node.this),
    exp.Null: lambda translator, node: Term(Type(NULL), None, YES),
    exp.Boolean: lambda translator, node: known(numbers.truth_value(node.this)),
    exp.Not: lambda translator, node: none_of(translator.truth(node.this)),
    exp.And: lambda translator, node: all_of(*map(translator.truth, node.flatten())),
    exp.Or: lambda translator, node: any_of(*map(translator.truth, node.flatten())),
    **numbers.HANDLERS,
    **comparisons.HANDLERS,
    **calls.HANDLERS,
}

CAPITALS = re.compile(r"'(?:[^']|'')*'|\"[^\"]*\"|\b[A-Z][A-Z_]*\b")
DATE_CAST = re.compile(r"cast\(('[^']*') as (date|timestamp)\)")


def shown(node: exp.Expression) -> str:
    """Return the SQL of a node as this project writes it: lower case, date '…'."""
    text = node.sql(dialect="duckdb", comments=False)
    text = CAPITALS.sub(lambda word: word[0] if word[0][0] in "'\"" else word[0].lower(), text)
    return DATE_CAST.sub(r"\2 \1", text)


class Translator:
    """Translates the SQL of one place, named in every problem: `FILE, rule CODE`."""

    def __init__(self, space: Space, place: str):
        self.space = space
        self.place = place

    def parse(self, sql: str) -> exp.Expression:
        """Return the syntax tree of one SQL condition."""
        try:
            return sqlglot.parse_one(sql, read="duckdb", into=exp.Condition)
        except SqlglotError as error:
            reason = str(error).splitlines()[0].rstrip(".")
            raise CheckProblem(f"{self.place}: this is no SQL condition: {sql.strip()} ({reason}).") from None

    def truth(self, node: exp.Expression) -> Term:
        """Return a term that must be a condition; a bare NULL is an unknown one."""
        term = self.term(node)
        if term.type.kind not in (BOOLEAN, NULL):
            raise self.problem(node, f"is {term.type} where a condition must stand")
        return convert(term, Type(BOOLEAN))

    def term(self, node: exp.Expression) -> Term:
        if isinstance(node, exp.Column):
            return self._column(node)
        if isinstance(node, exp.Literal) and node.is_string:
            return Term(Type(TEXT), numbers.whole(self.space.string(node.this)))
        handler = HANDLERS.get(type(node))
        if handler is None:
            raise self.problem(node, "is not supported, so nothing can be proved with it")
        return handler(self, node)

    def _column(self, node: exp.Column) -> Term:
        if node.table or not isinstance(node.this, exp.Identifier):
            raise self.problem(node, "names a table: write the column alone")
        return self.space.column(node.name, self.place)

    def unify(self, node: exp.Expression, *terms: Term) -> list[Term]:
        """Return the terms in one common type; a type error about `node` when there is none."""
        target = terms[0].type
        for term in terms[1:]:
            joined = common(target, term.type)
            if joined is None:
                hint = ""
                if {target.kind, term.type.kind} & {TEXT} and {target.kind, term.type.kind} & {"date", "timestamp"}:
                    hint = ": write date 'YYYY-MM-DD'"
                raise self.problem(node, f"mixes {target} with {term.type}{hint}")
            target = joined
        return [convert(term, target) for term in terms]

    def expect(self, node: exp.Expression, term: Term, *kinds: str) -> Term:
        """Return the term when it is of one of the kinds, or NULL; else a type error."""
        if term.type.kind not in (*kinds, NULL):
            raise self.problem(node, f"is {term.type}, expected is {' or '.join(kinds)}")
        return term

    def problem(self, node: exp.Expression, sentence: str) -> CheckProblem:
        columns = list(dict.fromkeys(column.name for column in node.find_all(exp.Column)))
        named = f" (column {', '.join(columns)})" if columns else ""
        return CheckProblem(f"{self.place}: {shown(node)} {sentence}{named}.")
