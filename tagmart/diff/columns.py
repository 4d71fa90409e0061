"""The columns of two definitions of one scheme, as one list."""

from __future__ import annotations

import sqlglot
from sqlglot import exp
from sqlglot.errors import SqlglotError

from tagmart.check.problem import CheckProblem
from tagmart.check.schemes import Scheme
from tagmart.check.types import parse_type


def common_columns(base: Scheme, head: Scheme) -> dict[str, dict]:
    """Return the columns of both sides, `{name: {"type", "values"}}`.

    Of two lists of values it has both, of two sizes of a number the larger. CheckProblem for a column that is of another kind on each side:
    nobody has both, so their classes cannot be compared.
    """
    columns = {name.lower(): {**column, "name": name} for name, column in base.columns.items()}
    for name, column in head.columns.items():
        other = columns.get(name.lower())
        columns[name.lower()] = {**(_joined(name, other, column, head.file) if other else column), "name": name}
    return {column.pop("name"): column for column in columns.values()}


def _joined(name: str, base: dict, head: dict, file: str) -> dict:
    first, second = parse_type(base["type"]), parse_type(head["type"])
    if (first.kind, first.scale) != (second.kind, second.scale):
        raise CheckProblem(f"{file}, column {name}: it is {base['type']} in BASE and {head['type']} in HEAD, so nothing can be compared: give it another name.")
    wider = base if first.bounds and second.bounds and first.bounds[1] > second.bounds[1] else head
    if base.get("values") is None or head.get("values") is None:
        return {"type": wider["type"]}
    return {"type": wider["type"], "values": list(dict.fromkeys([*base["values"], *head["values"]]))}


def column_notes(base: Scheme, head: Scheme) -> list[str]:
    """Return a sentence for each column that the rules of one side use and the other side does not have."""
    notes = []
    for side, other, words in ((base, head, "BASE alone has"), (head, base, "HEAD alone has")):
        there = {name.lower() for name in other.columns}
        notes += [f"{words} the column {name}" for name in used_columns(side) if name.lower() not in there]
    return notes


def used_columns(scheme: Scheme) -> list[str]:
    """Return the columns that the rules use, in the order in which they come up; CheckProblem for a rule that is no SQL."""
    found: dict[str, None] = {}
    for code, sql in scheme.rules.items():
        try:
            tree = sqlglot.parse_one(sql, read="duckdb", into=exp.Condition)
        except SqlglotError as error:
            raise CheckProblem(f"{scheme.file}, rule {code}: this is no SQL condition: {sql.strip()} ({str(error).splitlines()[0]}).") from None
        found |= dict.fromkeys(column.name for column in tree.find_all(exp.Column))
    return list(found)
