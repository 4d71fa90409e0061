"""One text of one engine, parsed: the functions that it calls, and the constructs of tokens.py and trees.py in it."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import Any

import duckdb
from sqlglot import exp
from sqlglot.dialects import DuckDB, Spark
from sqlglot.errors import SqlglotError
from sqlglot.tokens import Token

from workshop.dialects import tokens, trees

SHARED_TYPES = {"boolean", "tinyint", "smallint", "int", "integer", "bigint", "float", "double", "date", "timestamp", "string", ")"}
# What cannot be null however the data is: it needs no place for nulls.
_NEVER_NULL = (exp.Literal, exp.Count, exp.RowNumber)


@dataclass(frozen=True)
class Found:
    """A construct, or a function (construct ""); how it is written, where that tells it from another; its line in the text."""

    construct: str
    said: str
    line: int


class NotRead(Exception):
    """An engine's parser does not read the text: `line`, and its words."""

    def __init__(self, line: int, words: str):
        super().__init__(words)
        self.line, self.words = line, words


class _Noting:
    """A parser that notes what the tree does not show: names as they are written, and whether an order says where nulls go."""

    def start(self) -> Any:
        self.calls: dict[int, tuple[str, int]] = {}
        self.orders: dict[int, tuple[exp.Ordered, int]] = {}
        self.types: dict[int, tuple[str, int]] = {}
        return self

    def _parse_function_call(self, *arguments: Any, **named: Any) -> Any:
        place, token, opens = self._index, self._curr, self._next is not None and self._next.text == "("
        found = super()._parse_function_call(*arguments, **named)
        if found is not None and opens:
            self.calls[place] = token.text.lower(), token.line
        return found

    def _parse_ordered(self, *arguments: Any, **named: Any) -> Any:
        place, line = self._index, self._curr.line
        found = super()._parse_ordered(*arguments, **named)
        if found is not None and not found.args.get("desc") and self._prev.text.lower() not in ("first", "last"):
            self.orders[place] = found, line
        return found

    def _parse_cast(self, *arguments: Any, **named: Any) -> Any:
        found = super()._parse_cast(*arguments, **named)
        # It stands before the bracket that closes the cast; what ends with a bracket of its own has a size.
        if self._prev.text.lower() not in SHARED_TYPES:
            self.types[self._index] = self._prev.text.lower(), self._prev.line
        return found


class _DuckDBParser(_Noting, DuckDB.Parser):
    pass


class _SparkParser(_Noting, Spark.Parser):
    pass


_ENGINES = {"duckdb": (DuckDB(), _DuckDBParser), "spark": (Spark(), _SparkParser)}


@dataclass
class Reading:
    """What was found in a text, and why it was not read, if so: then only what its tokens show was found."""

    found: list[Found]
    not_read: NotRead | None = None


def read(text: str, engine: str) -> Reading:
    """Read a text as DuckDB ("duckdb": by DuckDB's own parser too) or as Spark ("spark")."""
    found: list[Found] = []
    try:
        written = _ENGINES[engine][0].tokenize(text)
        found += [Found(*each) for each in tokens.constructs(written, text)]
        found += _parsed(text, written, engine)
    except SqlglotError as error:
        return Reading(found, _not_read(error))
    except NotRead as error:
        return Reading(found, error)
    return Reading(found)


def _parsed(text: str, written: list[Token], engine: str) -> list[Found]:
    """The functions and the constructs that the tree shows."""
    dialect, parser = _ENGINES[engine]
    noting = parser(dialect=dialect).start()
    statements = noting.parse(written, text)
    try:
        if engine == "duckdb":
            duckdb.extract_statements(text)
    except duckdb.Error as error:
        raise NotRead(_line(str(error), text), str(error).split("\n")[0]) from error
    found = [Found("", *call) for call in noting.calls.values()]
    found += [Found("order by without nulls", "", line) for node, line in noting.orders.values() if _has_nulls(node)]
    found += [Found("type", f"cast to {name}", line) for name, line in noting.types.values()]
    for tree in filter(None, statements):
        found += [Found(construct, "", _line_of(node)) for construct, node in trees.constructs(tree, engine)]
    return found


def _has_nulls(node: exp.Ordered) -> bool:
    """Whether it matters where nulls go: an aggregate that orders leaves them out."""
    within = node.parent and isinstance(node.parent.parent, exp.WithinGroup)
    return not within and not _is_never_null(node.this)


def _is_never_null(node: exp.Expr) -> bool:
    if isinstance(node, exp.Case):
        results = [each.args["true"] for each in node.args["ifs"]]
        return node.args.get("default") is not None and all(map(_is_never_null, [*results, node.args["default"]]))
    if isinstance(node, exp.Coalesce):
        return any(map(_is_never_null, node.expressions))
    if isinstance(node, (exp.Window, exp.Paren)):
        return _is_never_null(node.this)
    return isinstance(node, _NEVER_NULL)


def _line_of(node: exp.Expr) -> int:
    """The line of a node: of the first name in it or above it that knows its own."""
    while node is not None:
        for each in node.walk():
            if "line" in each.meta:
                return each.meta["line"]
        node = node.parent
    return 1


def _not_read(error: SqlglotError) -> NotRead:
    first = error.errors[0] if getattr(error, "errors", None) else {}
    said = first.get("description") or str(error).split("\n")[0]
    near = first.get("highlight")
    return NotRead(first.get("line") or 1, f"{said} near '{near}'" if near else said)


def _line(said: str, text: str) -> int:
    """The line that DuckDB names in an error, or that of the word that it stops at."""
    if found := re.search(r"LINE (\d+):", said):
        return int(found[1])
    near = re.search(r'at or near "(.+?)"', said)
    return text.count("\n", 0, max(text.find(near[1]), 0)) + 1 if near else 1
