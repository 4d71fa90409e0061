"""Functions in rules: case, coalesce, nullif, least, greatest, cast, date_diff."""

from __future__ import annotations

import z3
from sqlglot import exp

from tagmart.check import comparisons, dates, numbers
from tagmart.check.terms import YES, Term, choice, conjunction, convert, disjunction, is_true, pick
from tagmart.check.types import (
    BOOLEAN,
    DATE,
    DAY,
    DOUBLE,
    NULL,
    NUMBER,
    TIMESTAMP,
    Type,
    parse_type,
)


def case(translator, node: exp.Case) -> Term:
    """Both forms; the first branch whose condition is TRUE, else the default, else NULL."""
    subject = None if node.this is None else translator.term(node.this)
    conditions, results = [], []
    for branch in node.args["ifs"]:
        if subject is None:
            conditions.append(is_true(translator.truth(branch.this)))
        else:
            conditions.append(is_true(comparisons.equal(*translator.unify(node, subject, translator.term(branch.this)))))
        results.append(translator.term(branch.args["true"]))
    otherwise = node.args.get("default")
    results.append(translator.term(otherwise) if otherwise is not None else Term(Type(NULL), None, YES))
    *results, picked = translator.unify(node, *results)
    if picked.type.kind == NULL:
        return picked
    for condition, result in zip(reversed(conditions), reversed(results)):
        picked = pick(condition, result, picked)
    return picked


def coalesce(translator, node: exp.Coalesce) -> Term:
    *terms, last = translator.unify(node, *map(translator.term, [node.this, *node.expressions]))
    if last.type.kind == NULL:
        return last
    for term in reversed(terms):
        last = pick(term.null, last, term)
    return last


def nullif(translator, node: exp.Nullif) -> Term:
    """The first, or NULL where the two are equal; the type is the first's."""
    first, second = translator.term(node.this), translator.term(node.expression)
    same = comparisons.equal(*translator.unify(node, first, second))
    return Term(first.type, first.value, disjunction(first.null, is_true(same)))


def extreme(translator, node: exp.Least | exp.Greatest) -> Term:
    """NULLs are passed over; NULL only when all are."""
    first, *others = translator.unify(node, *map(translator.term, [node.this, *node.expressions]))
    translator.expect(node, first, NUMBER, DOUBLE, DATE, TIMESTAMP)
    for other in others if first.type.kind != NULL else []:
        smaller = first.value <= other.value
        wins = smaller if isinstance(node, exp.Least) else first.value >= other.value
        keeps = disjunction(other.null, conjunction(wins, z3.Not(first.null)))
        first = Term(first.type, choice(keeps, first.value, other.value), conjunction(first.null, other.null))
    return first


def cast(translator, node: exp.Cast) -> Term:
    """Between numbers without loss, boolean and number, date and timestamp; a date from its text."""
    try:
        target = parse_type(node.args["to"].sql().lower())
    except ValueError as error:
        raise translator.problem(node, f"cannot be translated: {error}") from None
    if isinstance(node.this, exp.Literal) and node.this.is_string and target.kind in (DATE, TIMESTAMP):
        return dates.moment(translator, node, node.this.this, target.kind)
    term = translator.term(node.this)
    kinds = (term.type.kind, target.kind)
    if kinds in ((DOUBLE, NUMBER), (NUMBER, NUMBER)) and (kinds[0] == DOUBLE or term.type.scale > target.scale):
        raise translator.problem(node, "rounds, and engines round differently: compare the number itself")
    if term.type.kind == NULL or target.kind == term.type.kind or kinds in ((NUMBER, DOUBLE), (DATE, TIMESTAMP)):
        return convert(term, Type(target.kind, target.scale))
    if kinds == (TIMESTAMP, DATE):
        return Term(Type(DATE), term.value / DAY, term.null)
    if target.kind == BOOLEAN and term.type.kind in (NUMBER, DOUBLE):
        return Term(Type(BOOLEAN), term.value != 0, term.null)
    if term.type.kind == BOOLEAN and target.kind in (NUMBER, DOUBLE):
        one = Term(Type(NUMBER), choice(term.value, numbers.whole(1), numbers.whole(0)), term.null)
        return convert(one, Type(target.kind, target.scale))
    raise translator.problem(node, f"is not supported: it makes {target} of {term.type}")


def days_between(translator, node: exp.DateDiff) -> Term:
    """`date_diff('day', from, to)`: midnights crossed."""
    if node.text("unit").upper() not in ("DAY", "DAYS"):
        raise translator.problem(node, "is not supported: count in days, date_diff('day', from, to)")
    ends = [translator.expect(part, translator.term(part), DATE, TIMESTAMP) for part in (node.this, node.expression)]
    end, begin = (term.value / DAY if term.type.kind == TIMESTAMP else convert(term, Type(DATE)).value for term in ends)
    return Term(Type(NUMBER), end - begin, disjunction(*(term.null for term in ends)))


HANDLERS = {
    exp.Case: case,
    exp.Coalesce: coalesce,
    exp.Nullif: nullif,
    exp.Least: extreme,
    exp.Greatest: extreme,
    exp.Cast: cast,
    exp.DateDiff: days_between,
}
