"""What DuckDB says of a segment scheme: the independent side of the tests of `tagmart check`."""

from __future__ import annotations

import itertools
import random
from datetime import date, datetime, timedelta
from decimal import Decimal
from functools import cache

import duckdb
import sqlglot
from sqlglot import exp

from tagmart.check.schemes import Scheme

Row = dict[str, object]
BATCH = 200  # rows an insert: one by one, a large grid takes longer than its proof


def scheme(rules: dict[str, str], columns: dict, population: str = "true", assumes=()) -> Scheme:
    """A scheme without a file; `columns` as in a definition."""
    declared = {name: column if isinstance(column, dict) else {"type": column} for name, column in columns.items()}
    return Scheme("tried", "tried.yml", population, tuple(assumes), rules, declared)


def make_table(connection: duckdb.DuckDBPyConnection, of: Scheme, columns: list[str], rows: list[Row]) -> None:
    """Create table `customers` with the declared types; a table needs a column, so it also has row_number."""
    types = "".join(f', "{name}" {of.columns[name]["type"]}' for name in columns)
    connection.execute(f"create or replace table customers (row_number integer{types})")
    marks = ", ".join(["?"] * (len(columns) + 1))
    lines = [[number, *(row[name] for name in columns)] for number, row in enumerate(rows)]
    for start in range(0, len(lines), BATCH):
        batch = lines[start : start + BATCH]
        connection.execute(f"insert into customers values {', '.join([f'({marks})'] * len(batch))}", [value for line in batch for value in line])


def premise(of: Scheme) -> str:
    return "coalesce(" + " and ".join(f"({text}\n)" for text in [of.population, *of.assumes]) + ", false)"


def replay(of: Scheme, customer: Row) -> list[str]:
    """Return the codes of the rules that a customer meets, run on a table of one row; the row must satisfy the premises."""
    connection = one_row()
    make_table(connection, of, list(customer), [customer])
    hits = ", ".join(f"coalesce(({when}\n), false)" for when in of.rules.values())
    inside, *met = connection.execute(f"select {premise(of)}, {hits} from customers").fetchone()
    assert inside, f"{customer} is outside the population"
    return [code for code, meets in zip(of.rules, met) if meets]


@cache
def one_row() -> duckdb.DuckDBPyConnection:
    """The database of the replays, opened once."""
    return duckdb.connect()


def assert_replays(of: Scheme, verdict) -> None:
    """Every counter-example of a verdict is one in DuckDB too."""
    for customer in verdict.gaps:
        assert replay(of, customer) == [], (of, customer)
    for codes, customer in verdict.overlaps:
        met = replay(of, customer)
        assert len(met) >= 2 and met == codes, (of, customer, met, codes)


def brute(connection: duckdb.DuckDBPyConnection, of: Scheme) -> tuple[bool, bool, list[str]]:
    """Return whether table `customers` has a gap and an overlap, and the rules that nobody there meets."""
    hits = ", ".join(f"coalesce(({when}\n), false) as hit_{number}" for number, when in enumerate(of.rules.values()))
    total = " + ".join(f"cast(hit_{number} as integer)" for number in range(len(of.rules)))
    met = ", ".join(f"coalesce(bool_or(hit_{number}), false)" for number in range(len(of.rules)))
    gap, overlap, *reached = connection.execute(
        f"select coalesce(bool_or({total} = 0), false), coalesce(bool_or({total} > 1), false), {met} from (select {hits} from customers where {premise(of)})"
    ).fetchone()
    return gap, overlap, [code for code, reach in zip(of.rules, reached) if not reach]


def boundary_values(of: Scheme) -> dict[str, list]:
    """Return, for each column that the scheme uses, NULL, zero, and the literals it is compared with and next to them."""
    values: dict[str, list] = {}
    for sql in [of.population, *of.assumes, *of.rules.values()]:
        tree = sqlglot.parse_one(sql, read="duckdb", into=exp.Condition)
        for column in tree.find_all(exp.Column):
            around = column.find_ancestor(exp.Predicate) or column
            declared = of.columns[column.name]
            found = values.setdefault(column.name, _usual(declared))
            for literal in [*around.find_all(exp.Literal), *_solutions(around)]:
                found += [value for value in _near(declared["type"].lower(), literal) if value not in found]
    return _shared(of, values)


def _shared(of: Scheme, values: dict[str, list]) -> dict[str, list]:
    """Give a column that is compared with another whole-number column the values of that one too."""
    both = {name: list(found) for name, found in values.items()}
    for sql in [of.population, *of.assumes, *of.rules.values()]:
        for node in sqlglot.parse_one(sql, read="duckdb", into=exp.Condition).find_all(exp.LT, exp.LTE, exp.GT, exp.GTE, exp.EQ):
            if not (isinstance(node.this, exp.Column) and isinstance(node.expression, exp.Column)):
                continue
            names = node.this.name, node.expression.name
            if all(of.columns[name]["type"].lower() in ("integer", "bigint") for name in names):
                for name, other in (names, names[::-1]):
                    both[name] += [value for value in values[other] if value not in both[name]]
    return both


def _solutions(around: exp.Expression) -> list[exp.Literal]:
    """Return where a comparison with a factor turns: `2 * amount >= 1000` at 500, not at 1000."""
    factors = [literal for product in around.find_all(exp.Mul) for literal in product.find_all(exp.Literal) if not literal.is_string]
    others = [literal for literal in around.find_all(exp.Literal) if not literal.is_string]
    return [
        exp.Literal.number(str(Decimal(other.this) / Decimal(factor.this)))
        for factor in factors
        for other in others
        if other is not factor and Decimal(factor.this)
    ]


def _usual(declared: dict) -> list:
    kind = declared["type"].lower()
    if kind in ("text", "varchar", "string"):
        return [None, *(declared.get("values") or ["something else"])]
    usual = {"boolean": [None, True, False], "date": [None, date(2025, 1, 1)], "timestamp": [None, datetime(2025, 1, 1)]}
    return list(usual.get(kind, [None, 0, 1]))


def _near(kind: str, literal: exp.Literal) -> list:
    if literal.is_string:
        if kind in ("text", "varchar", "string"):
            return [literal.this]
        if kind in ("date", "timestamp") and literal.this[:4].isdigit() and "-" in literal.this:
            moment = date.fromisoformat(literal.this) if kind == "date" else datetime.fromisoformat(literal.this)
            return [moment - timedelta(1), moment, moment + timedelta(1)]
        return []
    number = Decimal(literal.this)
    if kind.startswith("decimal"):
        return [number - Decimal("0.0001"), number, number + Decimal("0.0001"), number - 1, number + 1]
    if kind == "double":
        return [float(number) - 0.01, float(number), float(number) + 0.01]
    return [int(number) - 1, int(number), int(number) + 1] if kind in ("integer", "bigint", "int") else []


def grid(of: Scheme, limit: int, seed: int = 7) -> list[Row]:
    """Return the product of the boundary values in random order, a random sample of it when it is larger than `limit`."""
    values = boundary_values(of)
    size = 1
    for found in values.values():
        size *= len(found)
    draw = random.Random(seed)
    if size <= limit:
        rows = [dict(zip(values, row)) for row in itertools.product(*values.values())]
        draw.shuffle(rows)
        return rows
    return [{name: draw.choice(found) for name, found in values.items()} for _ in range(limit)]


def make_customers(connection: duckdb.DuckDBPyConnection, of: Scheme, number: int) -> None:
    """Create table `customers` of about `number` customers inside the premises, the same number from each class.

    The classes decide how many of a plain sample there are of each: half of it has no orders, and a mutant of a rule
    that wants three orders and four shares would show on nobody.
    """
    make_table(connection, of, list(boundary_values(of)), grid(of, 10 * number))
    code = " ".join(f"when {when}\n then {position}" for position, when in enumerate(of.rules.values()))
    connection.execute(
        f"create or replace table customers as select * exclude (place) from (select *, row_number() over ("
        f"partition by case {code} end order by row_number) as place from customers where {premise(of)}) "
        f"where place <= {max(number // len(of.rules), 1)}"
    )
