"""Rows of a query and their packed form: the page gets columns, with each text once."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from datetime import date, datetime
from decimal import Decimal
from pathlib import Path

import duckdb

QUERIES = Path(__file__).with_name("queries")


@dataclass
class Frame:
    """Named columns and rows of values that JSON holds."""

    columns: list[str]
    rows: list[list]

    def dicts(self) -> list[dict]:
        """Each row as {column: value}."""
        return [dict(zip(self.columns, row)) for row in self.rows]

    def where(self, holds: Callable[[dict], bool]) -> Frame:
        """The rows for which it holds."""
        return Frame(self.columns, [row for row in self.rows if holds(dict(zip(self.columns, row)))])

    def packed(self) -> dict:
        """{columns, rows: their number, values: by column a list, or {texts, codes} where texts repeat}."""
        return {"rows": len(self.rows), "values": {name: _packed([row[place] for row in self.rows]) for place, name in enumerate(self.columns)}}


def frame_of(rows: Iterable[dict], columns: list[str]) -> Frame:
    """A frame of dicts that have the columns."""
    return Frame(columns, [[row[name] for name in columns] for row in rows])


def read(connection: duckdb.DuckDBPyConnection, name: str, **parameters: object) -> Frame:
    """The rows of queries/<name>.sql; of the parameters it gets those that it names."""
    sql = (QUERIES / f"{name}.sql").read_text(encoding="utf-8")
    answer = connection.execute(sql, {key: value for key, value in parameters.items() if f"${key}" in sql})
    return Frame([column[0] for column in answer.description], [[_plain(value) for value in row] for row in answer.fetchall()])


def _plain(value: object) -> object:
    """Decimals as numbers of four places at most, dates as ISO text, shares with ten digits."""
    if isinstance(value, Decimal):
        return int(value) if value == value.to_integral_value() else round(float(value), 4)
    if isinstance(value, float):
        return None if value != value else float(f"{value:.10g}")
    return value.isoformat() if isinstance(value, date | datetime) else value


def _packed(values: list) -> list | dict:
    texts = sorted({value for value in values if isinstance(value, str)})
    if not texts or any(not isinstance(value, str) for value in values if value is not None):
        return values
    places = {text: place for place, text in enumerate(texts)}
    return {"texts": texts, "codes": [None if value is None else places[value] for value in values]}
