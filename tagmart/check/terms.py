"""SQL values as z3 terms. A value may be NULL; a condition is TRUE, FALSE or unknown."""

from __future__ import annotations

from dataclasses import dataclass

import z3

from tagmart.check.types import BOOLEAN, DATE, DAY, DOUBLE, NULL, NUMBER, TEXT, TIMESTAMP, Type

YES, NO = z3.BoolVal(True), z3.BoolVal(False)


@dataclass(frozen=True)
class Term:
    """`value` means something only where `null` is false.

    By kind the value is a z3 Bool (boolean), Int (number in units of 10^-scale, date in days, timestamp in
    microseconds, text by its number in the list of strings) or Real (double). The untyped NULL has none.
    """

    type: Type
    value: z3.ExprRef | None
    null: z3.BoolRef = NO


def conjunction(*parts: z3.BoolRef) -> z3.BoolRef:
    """Return z3's And, folded over constants: formulas stay small and never-null columns stay cheap."""
    if any(z3.is_false(part) for part in parts):
        return NO
    left = [part for part in parts if not z3.is_true(part)]
    return z3.And(left) if len(left) > 1 else left[0] if left else YES


def disjunction(*parts: z3.BoolRef) -> z3.BoolRef:
    if any(z3.is_true(part) for part in parts):
        return YES
    left = [part for part in parts if not z3.is_false(part)]
    return z3.Or(left) if len(left) > 1 else left[0] if left else NO


def negation(part: z3.BoolRef) -> z3.BoolRef:
    return YES if z3.is_false(part) else NO if z3.is_true(part) else z3.Not(part)


def choice(condition: z3.BoolRef, then: z3.ExprRef, otherwise: z3.ExprRef) -> z3.ExprRef:
    return then if z3.is_true(condition) else otherwise if z3.is_false(condition) else z3.If(condition, then, otherwise)


def boolean(is_true: z3.BoolRef, is_false: z3.BoolRef) -> Term:
    """Return a condition from when it is TRUE and when it is FALSE; it is unknown otherwise."""
    return Term(Type(BOOLEAN), is_true, conjunction(negation(is_true), negation(is_false)))


def known(is_true: z3.BoolRef) -> Term:
    """Return a condition that is never unknown."""
    return Term(Type(BOOLEAN), is_true)


def comparison(result: z3.BoolRef, *operands: Term) -> Term:
    """Return `result` as a condition that is unknown as soon as an operand is NULL."""
    return Term(Type(BOOLEAN), result, disjunction(*(operand.null for operand in operands)))


def is_true(term: Term) -> z3.BoolRef:
    return NO if term.type.kind == NULL else conjunction(term.value, negation(term.null))


def is_false(term: Term) -> z3.BoolRef:
    return NO if term.type.kind == NULL else conjunction(negation(term.value), negation(term.null))


def all_of(*terms: Term) -> Term:
    """AND: FALSE wins over unknown."""
    return boolean(conjunction(*map(is_true, terms)), disjunction(*map(is_false, terms)))


def any_of(*terms: Term) -> Term:
    """OR: TRUE wins over unknown."""
    return boolean(disjunction(*map(is_true, terms)), conjunction(*map(is_false, terms)))


def none_of(term: Term) -> Term:
    """NOT: unknown stays unknown."""
    return boolean(is_false(term), is_true(term))


def pick(condition: z3.BoolRef, then: Term, otherwise: Term) -> Term:
    """Return `then` where the condition holds, else `otherwise`; both of one type."""
    return Term(then.type, choice(condition, then.value, otherwise.value), choice(condition, then.null, otherwise.null))


def convert(term: Term, target: Type) -> Term:
    """Return the term as a type that `types.common` gave for it."""
    if term.type.kind == NULL:
        return Term(target, default(target), YES)
    value = term.value
    if target.kind == NUMBER and target.scale > term.type.scale:
        value = value * 10 ** (target.scale - term.type.scale)
    elif target.kind == DOUBLE and term.type.kind == NUMBER:
        value = z3.ToReal(value) / 10**term.type.scale
    elif target.kind == TIMESTAMP and term.type.kind == DATE:
        value = value * DAY
    return Term(target, value, term.null)


def default(target: Type) -> z3.ExprRef:
    """Return some value of the type, to stand where NULL makes it meaningless."""
    if target.kind in (BOOLEAN, NULL):
        return NO
    assert target.kind in (NUMBER, DOUBLE, TEXT, DATE, TIMESTAMP), target.kind
    return z3.RealVal(0) if target.kind == DOUBLE else z3.IntVal(0)
