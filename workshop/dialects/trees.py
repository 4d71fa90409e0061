"""Constructs that are seen in the tree of a text: what both engines read, and give another value for."""

from __future__ import annotations

from collections.abc import Iterator

from sqlglot import exp

# Construct -> what to write instead.
INSTEAD = {
    "order by without nulls": "nulls come last on DuckDB and first on Spark: say nulls last or nulls first",
    "order inside an aggregate": "Spark ignores or refuses it: use joined_texts or distinct_list of macros/cross_db, or max_by",
    "distinct on": "rank in a subquery with row_number() and filter outside of it",
    "count of several columns": "the engines count nulls otherwise: count the rows of a select distinct",
    "concat": "DuckDB leaves nulls out, Spark makes all of it null: write a || b, with coalesce around what may be null",
    "date - date": "an integer on DuckDB, an interval on Spark: write {{ dbt.datediff(first, second, 'day') }}",
    "interval without cast": "a timestamp on one engine and a date on the other: write cast(date + interval 1 month as date)",
    "division of decimals": "other digits on each engine: cast both to double, or use {{ share(part, whole) }}",
    "part of a date": "the engines count it otherwise, or have it not: use year, month, day, hour, minute, or a macro of macros/cross_db (is_weekend)",
    "lambda": "the engines write it otherwise: unnest into rows and aggregate",
    "sample": "rows differ from run to run and from engine to engine: choose them by a hash of their key",
    "pivot": "write one filtered aggregate a column",
    "select * replace": "name the columns",
    "clock": "builds would not repeat: take the day from int_as_of_dates",
    "type": "the engines do not share it: use {{ dbt.type_string() }}, {{ type_wide_integer() }}, decimal, double, bigint, date or timestamp",
    "regexp_replace": "DuckDB replaces the first match and Spark all of them: write {{ replaced(value, pattern, replacement) }}",
    "limit in percent": "Spark has it not: number the rows and filter",
    "not in a query": "but as one condition of a where, on one column, Spark compares each row with each other: not coalesce(a in (select …), false)",
}
_PARTS = {"YEAR", "MONTH", "DAY", "HOUR", "MINUTE", "QUARTER"}
_CLOCKS = (exp.CurrentDate, exp.CurrentTimestamp, exp.CurrentTime, exp.Localtimestamp, exp.Localtime)


def constructs(tree: exp.Expr, engine: str) -> Iterator[tuple[str, exp.Expr]]:
    """Yield (construct, node) of what INSTEAD lists, `order by without nulls` and `type` aside: a tree does not show them."""
    for node in tree.walk():
        for construct, is_so in _CHECKS.get(type(node), ()):
            if is_so(node, engine):
                yield construct, node


def _ordered(node: exp.Order, _: str) -> bool:
    return isinstance(node.parent, exp.Func) and not isinstance(node.parent, exp.Window)


def _is_double(node: exp.Expr | None) -> bool:
    """Whether an operand makes the whole of it a double, by what is written."""
    if isinstance(node, exp.Cast):
        return node.to.this.value in ("DOUBLE", "FLOAT")
    if isinstance(node, exp.Literal):
        return not node.is_string and "e" in node.name.lower()
    if isinstance(node, (exp.Add, exp.Sub, exp.Mul, exp.Div, exp.Coalesce, exp.Greatest, exp.Least)):
        return any(_is_double(each) for each in node.iter_expressions())
    return isinstance(node, (exp.Paren, exp.Neg, exp.Nullif, exp.AggFunc, exp.Window, exp.Abs)) and _is_double(node.this)


def _is_decimal(node: exp.Expr | None) -> bool:
    """The same of a decimal: a cast to it, or a column that is one by its name (models/README.md, Names)."""
    if isinstance(node, exp.Cast):
        return node.to.this.value == "DECIMAL"
    if isinstance(node, exp.Column):
        return node.name.lower().endswith("_amount")
    if isinstance(node, (exp.Add, exp.Sub, exp.Mul, exp.Coalesce, exp.Greatest, exp.Least)):
        return any(_is_decimal(each) for each in node.iter_expressions())
    return isinstance(node, (exp.Paren, exp.Neg, exp.Nullif, exp.Sum, exp.Max, exp.Min, exp.Filter, exp.Window, exp.Abs)) and _is_decimal(node.this)


def _is_date(node: exp.Expr | None) -> bool:
    if isinstance(node, exp.Cast):
        return node.to.this.value == "DATE"
    if isinstance(node, (exp.Column, exp.Max, exp.Min, exp.Paren)):
        name = node.name if isinstance(node, exp.Column) else ""
        return name.lower().endswith("_date") or (not name and _is_date(node.this))
    return False


def _divides_decimals(node: exp.Div, _: str) -> bool:
    sides = node.this, node.expression
    return any(map(_is_decimal, sides)) and not any(map(_is_double, sides))


def _uncast(node: exp.Add | exp.Sub, _: str) -> bool:
    if not any(isinstance(side, exp.Interval) for side in (node.this, node.expression)):
        return False
    above = node.parent
    while isinstance(above, (exp.Paren, exp.Add, exp.Sub)):
        above = above.parent
    return not isinstance(above, exp.Cast)


def _replaces(node: exp.RegexpReplace, engine: str) -> bool:
    """Whether a call is not as the macro `replaced` writes it for this engine."""
    modifiers = node.args.get("modifiers")
    return modifiers is None or modifiers.name != "g" if engine == "duckdb" else bool(modifiers or node.args.get("position"))


def _part(node: exp.Extract, _: str) -> bool:
    return node.name.upper() not in _PARTS


def _not_in_query(node: exp.Not, _: str) -> bool:
    """Whether `not in (select …)` is no condition of a where by itself, or asks for several columns: then Spark has no hash join for it."""
    asks = node.this.unnest()
    if not isinstance(asks, exp.In) or asks.args.get("query") is None:
        return False
    above = node.parent
    while isinstance(above, (exp.Paren, exp.And)):
        above = above.parent
    return not isinstance(above, exp.Where) or isinstance(asks.this, exp.Tuple)


_CHECKS = {
    exp.Order: [("order inside an aggregate", _ordered)],
    exp.Distinct: [
        ("distinct on", lambda node, _: node.args.get("on") is not None),
        ("count of several columns", lambda node, _: isinstance(node.parent, exp.Count) and len(node.expressions) > 1),
    ],
    exp.Not: [("not in a query", _not_in_query)],
    exp.Concat: [("concat", lambda *_: True)],
    exp.Sub: [("date - date", lambda node, _: _is_date(node.this) and _is_date(node.expression)), ("interval without cast", _uncast)],
    exp.Add: [("interval without cast", _uncast)],
    exp.Div: [("division of decimals", _divides_decimals)],
    exp.Extract: [("part of a date", _part)],
    exp.Lambda: [("lambda", lambda *_: True)],
    exp.TableSample: [("sample", lambda *_: True)],
    exp.Pivot: [("pivot", lambda node, _: not node.args.get("unpivot"))],
    exp.Star: [("select * replace", lambda node, _: bool(node.args.get("replace") or node.args.get("rename")))],
    exp.Limit: [("limit in percent", lambda node, _: bool(node.args.get("limit_options") and node.args["limit_options"].args.get("percent")))],
    exp.RegexpReplace: [("regexp_replace", _replaces)],
    **{clock: [("clock", lambda *_: True)] for clock in _CLOCKS},
}
