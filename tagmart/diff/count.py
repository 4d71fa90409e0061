"""How many actual customers change class, and how much they bought in the trailing year."""

from __future__ import annotations

from dataclasses import dataclass
from decimal import Decimal

import duckdb

from tagmart.check.problem import CheckProblem
from tagmart.check.schemes import Scheme
from tagmart.diff.columns import used_columns

TAGS = "tags.customer_tags"
AMOUNT = "net_amount_365d"


@dataclass(frozen=True)
class Count:
    """Customers at the newest as-of date whose class is `before` in BASE and `after` in HEAD, with their net amount of the trailing 365 days."""

    before: str | None
    after: str | None
    customers: int
    net_amount: Decimal


def counted(connection: duckdb.DuckDBPyConnection, relation: str, base: Scheme, head: Scheme) -> list[Count]:
    """Return the counts of all pairs of classes, those who stay included, in order of both sides' rules.

    Both definitions are asked over the same rows: customer_tags and, by customer and date, the columns of `relation`, the scheme's own
    table. CheckProblem when a column that a rule uses is in neither.
    """
    tags, own = _columns(connection, TAGS), _columns(connection, relation)
    columns = dict.fromkeys(name.lower() for scheme in (base, head) for name in used_columns(scheme))
    missing = [name for name in columns if name not in tags and name not in own]
    if missing:
        raise CheckProblem(f"{head.code} could not be counted: the database has no {', '.join(missing)}; build the side that has it, and run this again.")
    read = ", ".join(f'{"own" if name in own else "tags"}."{name}"' for name in columns)
    rows = connection.execute(
        f"""
        select {_case(base)} as class_before, {_case(head)} as class_after, count(*), coalesce(sum(trailing_year_amount), 0)
        from (
            select tags.{AMOUNT} as trailing_year_amount{", " if read else ""}{read}
            from {TAGS} as tags left join {relation} as own on tags.customer_id = own.customer_id and tags.as_of_date = own.as_of_date
            where tags.is_current
        ) as customers
        group by all
        """
    ).fetchall()
    order = [[*base.rules, None], [*head.rules, None]]
    return [Count(*row) for row in sorted(rows, key=lambda row: (order[0].index(row[0]), order[1].index(row[1])))]


def _case(scheme: Scheme) -> str:
    """Return the class of a row as the model has it: the first rule that is TRUE."""
    whens = "\n".join(f"when {sql}\nthen '{code.replace(chr(39), chr(39) * 2)}'" for code, sql in scheme.rules.items())
    return f"case {whens} end"


def _columns(connection: duckdb.DuckDBPyConnection, relation: str) -> set[str]:
    try:
        return {row[0].lower() for row in connection.execute(f"describe {relation}").fetchall()}
    except duckdb.CatalogException:
        return set()
