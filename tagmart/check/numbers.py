"""Numbers in rules: literals and arithmetic, also with dates. Whole units only, so decimals and dates are exact."""

from __future__ import annotations

from decimal import Decimal
from fractions import Fraction

import z3
from sqlglot import exp

from tagmart.check.dates import interval_days
from tagmart.check.terms import NO, YES, Term, choice, convert, disjunction
from tagmart.check.types import DATE, DAY, DOUBLE, NULL, NUMBER, TIMESTAMP, Type


def whole(number: int) -> z3.ArithRef:
    return z3.IntVal(number)


def truth_value(constant: bool) -> z3.BoolRef:
    return YES if constant else NO


def literal(_, node: exp.Literal) -> Term:
    """A number: exact as written (1.50 has two places), a double when written with an exponent."""
    number = Decimal(node.this)
    if "e" in node.this.lower():
        return Term(Type(DOUBLE), z3.RealVal(Fraction(number)))
    scale = -int(number.as_tuple().exponent)
    return Term(Type(NUMBER, scale), whole(int(number.scaleb(scale))))


def negative(translator, node: exp.Neg) -> Term:
    term = translator.expect(node.this, translator.term(node.this), NUMBER, DOUBLE)
    return term if term.type.kind == NULL else Term(Type(term.type.kind, term.type.scale), -term.value, term.null)


def absolute(translator, node: exp.Abs) -> Term:
    term = translator.expect(node.this, translator.term(node.this), NUMBER, DOUBLE)
    if term.type.kind == NULL:
        return term
    return Term(Type(term.type.kind, term.type.scale), choice(term.value >= 0, term.value, -term.value), term.null)


def plus_or_minus(translator, node: exp.Add | exp.Sub) -> Term:
    """Numbers, a date and days or an interval of days, or the days between two dates."""
    sign = 1 if isinstance(node, exp.Add) else -1
    if isinstance(node.expression, exp.Interval):
        moved = translator.expect(node.this, translator.term(node.this), DATE, TIMESTAMP)
        moved = convert(moved, Type(TIMESTAMP))
        return Term(Type(TIMESTAMP), moved.value + sign * interval_days(translator, node.expression) * DAY, moved.null)
    left, right = translator.term(node.this), translator.term(node.expression)
    kinds = (left.type.kind, right.type.kind)
    null = disjunction(left.null, right.null)
    if kinds == (DATE, DATE) and sign == -1:
        return Term(Type(NUMBER), left.value - right.value, null)
    if kinds == (DATE, NUMBER) and not right.type.scale:
        return Term(Type(DATE), left.value + sign * right.value, null)
    left, right = _two_numbers(translator, node, left, right)
    left, right = translator.unify(node, left, right)
    return Term(Type(left.type.kind, left.type.scale), left.value + sign * right.value, null)


def product(translator, node: exp.Mul) -> Term:
    left, right = _two_numbers(translator, node, translator.term(node.this), translator.term(node.expression))
    null = disjunction(left.null, right.null)
    if DOUBLE in (left.type.kind, right.type.kind):
        left, right = convert(left, Type(DOUBLE)), convert(right, Type(DOUBLE))
        return Term(Type(DOUBLE), left.value * right.value, null)
    return Term(Type(NUMBER, left.type.scale + right.type.scale), left.value * right.value, null)


def quotient(translator, node: exp.Div) -> Term:
    """A double. The divisor must not be able to be zero: engines disagree on what that gives."""
    left, right = _two_numbers(translator, node, translator.term(node.this), translator.term(node.expression))
    left, right = convert(left, Type(DOUBLE)), convert(right, Type(DOUBLE))
    divisor = node.expression.unnest()
    guarded = (
        isinstance(divisor, exp.Nullif)
        and isinstance(divisor.expression, exp.Literal)
        and not divisor.expression.is_string
        and Decimal(divisor.expression.this) == 0
    )
    constant = z3.simplify(right.value)
    if not guarded and not (z3.is_rational_value(constant) and constant.as_fraction() != 0 and z3.is_false(right.null)):
        raise translator.problem(node, "divides by what can be zero: write nullif(…, 0) around the divisor")
    divided = left.value / choice(right.value != 0, right.value, z3.RealVal(1))
    return Term(Type(DOUBLE), divided, disjunction(left.null, right.null))


def _two_numbers(translator, node: exp.Expression, left: Term, right: Term) -> tuple[Term, Term]:
    if not {left.type.kind, right.type.kind} <= {NUMBER, DOUBLE, NULL}:
        raise translator.problem(node, f"calculates with {left.type} and {right.type}")
    nothing = Type(NUMBER)
    return tuple(convert(term, nothing) if term.type.kind == NULL else term for term in (left, right))


HANDLERS = {
    exp.Literal: literal,
    exp.Neg: negative,
    exp.Abs: absolute,
    exp.Add: plus_or_minus,
    exp.Sub: plus_or_minus,
    exp.Mul: product,
    exp.Div: quotient,
}
