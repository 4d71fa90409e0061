"""Each construct of SQL that `tagmart check` translates, row by row against DuckDB; and what it refuses."""

from __future__ import annotations

import random
from datetime import date, datetime
from decimal import Decimal

import duckdb
import pytest
import z3
from segment_oracle import make_table, scheme

from tagmart.check.problem import CheckProblem
from tagmart.check.space import Space
from tagmart.check.terms import is_false, is_true
from tagmart.check.translate import Translator

COLUMNS = {
    "a": "integer",
    "b": "bigint",
    "m": "decimal(18, 4)",
    "r": "double",
    "p": "boolean",
    "q": "boolean",
    "s": "text",
    "t": {"type": "varchar", "values": ["x", "y"]},
    "d": "date",
    "e": "date",
    "u": "timestamp",
}
VALUES = {
    "a": [None, -2, -1, 0, 1, 2, 3],
    "b": [None, 0, 1, 2, 3],
    "r": [None, -0.5, 0.0, 0.25, 0.5, 1.0, 2.0],
    "m": [None, Decimal("-1"), Decimal("0"), Decimal("0.9999"), Decimal("1"), Decimal("1.0001"), Decimal("2.5")],
    "p": [None, True, False],
    "q": [None, True, False],
    "s": [None, "x", "z", ""],
    "t": [None, "x", "y"],
    "d": [None, date(2024, 12, 31), date(2025, 1, 1), date(2025, 1, 31)],
    "e": [None, date(2025, 1, 1), date(2025, 1, 2)],
    "u": [None, datetime(2025, 1, 1), datetime(2025, 1, 1, 23, 59, 59, 999999), datetime(2024, 12, 31, 12), datetime(1969, 12, 31, 1)],
}
CONDITIONS = """
a < 1
a <= b
a > -1
a >= 1.5
a = b
a == 1
a != b
a <> m
m < 1
m >= 1.0001
m = 1.00000
m > a
r > 0.3
r <= m
r = a
r < 1e0
a = null
null
null is null
a between 0 and 2
a not between 0 and b
m between a and 2.5
a between 1 and null
a in (1, 2)
a in (1, null)
a not in (1, null)
a in (b, b + 1, 2.5)
s in ('x', 'y')
s not in ('z', null)
t = 'x'
t <> 'nothing'
s = t
s = ''
a is null
a is not null
a + b is null
not a is null
a isnull
p
not p
p and q
p or q
p and null
p or null
p = q
p <> q
p is true
p is not true
p is false
p is not false
(a > 1) is not true
a is distinct from b
a is not distinct from b
a is distinct from null
p is distinct from q
s is not distinct from t
m is distinct from a
d is distinct from e
not (p and (q or a > 1))
not (a in (1, 2) or b is null)
(a = 0) = (b is null)
(a = b) is null
a = b is null
p = q is null
not p = q
not p = q is null
case when a > 1 then p when b > 1 then q end
case when a > 1 then 'x' when p then t else s end = 'x'
case a when 1 then true when null then false when b then p end
case when p then a else m end > 1
case when p then 1 else 0.5 end = 1
coalesce(a, b) > 1
coalesce(p, q, false)
coalesce(m, a, r) >= 1
coalesce(s, 'z') = 'z'
coalesce(null, a) = 1
ifnull(a, 2) = 2
nullif(a, 0) is null
nullif(a, b) > 0
nullif(m, 1) is null
nullif(s, '') is null
nullif(a, null) is null
least(a, b) < 1
greatest(a, b, null) > 1
least(a, m) = m
greatest(d, e) = d
abs(a) > 1
abs(m) = 1
-a > 1
- -a > 1
a + b > 2
a - b - 1 < 0
a - (b - 1) < 0
2 * a >= b + 1
a * 0.5 > m
m + a > 1.5
m - 0.00001 < 1
a * b > 1
a / 2 = 0.5
a / nullif(b, 0) > 0.5
coalesce(a / nullif(b, 0), 0) > 0.5
m / nullif(m + 1, 0) >= 0.5
a / -4.0 > 0.25
d > date '2025-01-01'
d <= e
d - e > 10
d = e + 30
e - 1 < d
d >= date '2025-01-01' + interval 30 day
d < e + interval '1' week
d - interval 2 days < e
d between date '2025-01-01' and e + 29
u > timestamp '2025-01-01 12:00:00'
u >= d
u = cast(d as timestamp)
cast(u as date) = d
cast(u as date) = date '1969-12-31'
cast('2025-01-01' as date) = d
d::timestamp = u
date_diff('day', d, e) > 0
date_diff('day', cast(d as timestamp), u) >= 0
datediff('day', e, d) = 30
cast(a as bigint) = b
cast(a as decimal(18, 4)) = m
cast(m as double) > r
cast(a as double) / 2 > r
cast(p as integer) + cast(q as integer) > 1
cast(a as boolean)
cast(null as integer) = a
cast(m as decimal(20, 6)) > 1
true
false or p
(((p)))
a > 1 -- a comment
and b > 1
A > 1 and "b" > 0
a is unknown
p or not p
1_000 > a
""".strip().replace("\nand b", " \nand b")


def conditions():
    lines, joined = CONDITIONS.splitlines(), []
    for line in lines:
        joined += [] if line.startswith("and ") else [line]
        if line.startswith("and "):
            joined[-1] += "\n" + line
    return joined


def pinned(term, value) -> list[z3.BoolRef]:
    """Say that a column has a value."""
    if value is None:
        return [term.null]
    if isinstance(value, datetime):
        since = value - datetime(1970, 1, 1)
        value = since.days * 86_400_000_000 + since.seconds * 1_000_000 + since.microseconds
    elif isinstance(value, date):
        value = (value - date(1970, 1, 1)).days
    elif isinstance(value, Decimal):
        value = int(value.scaleb(term.type.scale))
    return [z3.Not(term.null), term.value == value]


@pytest.mark.parametrize("condition", conditions())
def test_a_condition_means_what_duckdb_says(condition):
    draw = random.Random(condition)
    rows = [{name: draw.choice(values) for name, values in VALUES.items()} for _ in range(40)]
    tried = scheme({"rule": condition}, COLUMNS)
    space = Space(tried.columns, "f.yml")
    term = (translator := Translator(space, "f.yml, rule r")).truth(translator.parse(condition))
    with duckdb.connect() as connection:
        make_table(connection, tried, list(COLUMNS), rows)
        answers = connection.execute(f"select ({condition}\n) from customers order by row_number").fetchall()
    solver = z3.Solver()
    for row, (answer,) in zip(rows, answers):
        facts = [fact for name, column in space.terms.items() for fact in pinned(column, space.string(row[name]) if isinstance(row[name], str) else row[name])]
        assert solver.check(*facts) == z3.sat
        model = solver.model()
        true, false = (z3.is_true(model.eval(part, model_completion=True)) for part in (is_true(term), is_false(term)))
        assert (True if true else False if false else None) == answer, (condition, row)


REFUSED = [
    ("a > ", "no SQL condition"),
    ("a foo", "no SQL condition"),
    ("a > 1; b > 1", "not supported"),
    ("a", "condition must stand"),
    ("a + 1", "condition must stand"),
    ("s", "condition must stand"),
    ("nothing > 1", "no column nothing"),
    ("mm > 1", "no column mm"),
    ("t.a > 1", "names a table"),
    ("a = 'x'", "mixes integer with text"),
    ("p = 1", "mixes boolean with integer"),
    ("d > '2025-01-01'", "write date 'YYYY-MM-DD'"),
    ("d > 20250101", "mixes date with integer"),
    ("s < 'x'", "puts text in an order"),
    ("p < q", "puts boolean in an order"),
    ("a / b > 1", "divides by what can be zero"),
    ("a / 0 > 1", "divides by what can be zero"),
    ("a / coalesce(nullif(b, 0), 0) > 1", "divides by what can be zero"),
    ("a % 2 = 0", "not supported"),
    ("a // 2 = 0", "not supported"),
    ("s like 'x%'", "not supported"),
    ("lower(s) = 'x'", "not supported"),
    ("round(m) = 1", "not supported"),
    ("unheard(a) > 1", "not supported"),
    ("d > current_date", "not supported"),
    ("a in (select 1)", "write the values"),
    ("exists (select 1)", "not supported"),
    ("count(*) > 1", "not supported"),
    ("sum(a) over () > 1", "not supported"),
    ("cast(m as integer) = 1", "rounds"),
    ("cast(r as decimal(18, 4)) = 1", "rounds"),
    ("cast(a as text) = '1'", "makes text of integer"),
    ("try_cast(a as double) > 1", "not supported"),
    ("d + interval 1 month > e", "fixed number of days"),
    ("date '2025-02-30' > d", "no date"),
    ("date_diff('month', d, e) > 1", "count in days"),
    ("a + p > 1", "calculates with"),
    ("s || 'x' = 'xx'", "not supported"),
    ("a = b = p", "parentheses"),
    ("p = not q", "parentheses"),
    ("a is 1", "after `is` write"),
    ("case when a then true end", "condition must stand"),
    ("case when p then 1 else 'x' end = 1", "mixes"),
    ("a is true", "expected is boolean"),
    ("coalesce(a, 'x') = 1", "mixes"),
    ("least(s, t) = 'x'", "expected is"),
    ("-s = 'x'", "expected is"),
    ("(a, b) = (1, 2)", "not supported"),
    ("a > ?", "not supported"),
    ("d - u > 1", "calculates with"),
    ("a between symmetric 3 and 1", "smaller bound"),
    ("", "no SQL condition"),
]


@pytest.mark.parametrize(("condition", "sentence"), REFUSED, ids=[condition for condition, _ in REFUSED])
def test_what_is_not_known_is_refused_by_name(condition, sentence):
    with pytest.raises(CheckProblem) as raised:
        translator = Translator(Space(scheme({}, COLUMNS).columns, "f.yml"), "f.yml, rule r")
        translator.truth(translator.parse(condition))
    assert sentence in str(raised.value) and str(raised.value).startswith("f.yml, rule r: "), str(raised.value)
