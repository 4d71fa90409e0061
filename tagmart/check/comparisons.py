"""Comparisons of SQL: =, <, between, in, is null, is true, is distinct from."""

from __future__ import annotations

from sqlglot import exp

from tagmart.check.terms import (
    NO,
    Term,
    all_of,
    any_of,
    comparison,
    conjunction,
    convert,
    disjunction,
    is_false,
    is_true,
    known,
    negation,
)
from tagmart.check.types import BOOLEAN, NULL, TEXT, Type

ORDER = {
    exp.LT: lambda left, right: left < right,
    exp.LTE: lambda left, right: left <= right,
    exp.GT: lambda left, right: left > right,
    exp.GTE: lambda left, right: left >= right,
}
EQUALITY = (exp.EQ, exp.NEQ, exp.NullSafeEQ, exp.NullSafeNEQ)
BARE = (*ORDER, *EQUALITY, exp.Is, exp.In, exp.Between, exp.Not)


def operand(translator, node: exp.Expression) -> Term:
    """Return an operand; a comparison in it needs parentheses, since engines read such chains differently."""
    if isinstance(node, BARE):
        raise translator.problem(node.parent, "chains comparisons: put each in parentheses")
    return translator.term(node)


def equal(left: Term, right: Term) -> Term:
    """`=` of two terms of one type."""
    return comparison(NO if left.type.kind == NULL else left.value == right.value, left, right)


def ordered(translator, node: exp.Expression, left: Term, right: Term, kind: type) -> Term:
    left, right = translator.unify(node, left, right)
    if left.type.kind in (BOOLEAN, TEXT):
        raise translator.problem(node, f"puts {left.type} in an order: use = or in")
    return comparison(NO if left.type.kind == NULL else ORDER[kind](left.value, right.value), left, right)


def order(translator, node: exp.Expression) -> Term:
    return ordered(translator, node, operand(translator, node.this), operand(translator, node.expression), type(node))


def equality(translator, node: exp.Expression) -> Term:
    left, right = translator.unify(node, operand(translator, node.this), operand(translator, node.expression))
    same = equal(left, right)
    if isinstance(node, exp.EQ):
        return same
    if isinstance(node, exp.NEQ):
        return comparison(negation(same.value), left, right)
    alike = disjunction(conjunction(left.null, right.null), conjunction(negation(left.null), negation(right.null), same.value))
    return known(alike if isinstance(node, exp.NullSafeEQ) else negation(alike))


def between(translator, node: exp.Between) -> Term:
    if node.args.get("symmetric"):
        raise translator.problem(node, "is not supported: write between with the smaller bound first")
    middle, low, high = (operand(translator, node.args[name]) for name in ("this", "low", "high"))
    return all_of(ordered(translator, node, middle, low, exp.GTE), ordered(translator, node, middle, high, exp.LTE))


def member(translator, node: exp.In) -> Term:
    """`in` is an OR of `=`: a NULL in the list makes unknown what would be FALSE."""
    if not node.expressions or any(node.args.get(name) for name in ("query", "unnest", "field")):
        raise translator.problem(node, "is not supported: write the values of the list")
    left = operand(translator, node.this)
    return any_of(*(equal(*translator.unify(node, left, operand(translator, value))) for value in node.expressions))


def identity(translator, node: exp.Is) -> Term:
    """`is null`, `is true`, `is false`; with `not` it is the parser that puts a NOT around."""
    tested = operand(translator, node.this)
    if isinstance(node.expression, exp.Null):
        return known(tested.null)
    if isinstance(node.expression, exp.Boolean):
        condition = convert(translator.expect(node.this, tested, BOOLEAN), Type(BOOLEAN))
        return known(is_true(condition) if node.expression.this else is_false(condition))
    raise translator.problem(node, "is not supported: after `is` write null, true, false or distinct from")


HANDLERS = {
    **dict.fromkeys(ORDER, order),
    **dict.fromkeys(EQUALITY, equality),
    exp.Between: between,
    exp.In: member,
    exp.Is: identity,
}
