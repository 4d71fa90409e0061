"""The three tables of schema `activation` that `tagmart wecom` reads, written without the models."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from pathlib import Path

import duckdb
import pyarrow as pa

AS_OF = dt.date(2025, 6, 30)
TABLES = {
    "wecom_tag_plan": """as_of_date date, scheme_code varchar, group_name varchar, group_order bigint, segment_code varchar, tag_name varchar,
        tag_order bigint, is_planned boolean, left_out_reason varchar, relations_count bigint, calls_count bigint, hours_needed double""",
    "wecom_tag_targets": """as_of_date date, customer_id varchar, userid varchar, external_userid varchar, scheme_code varchar, segment_code varchar,
        group_name varchar, tag_name varchar""",
    "wecom_tag_changes": """as_of_date date, customer_id varchar, userid varchar, external_userid varchar, change_kind varchar, group_name varchar,
        tag_name varchar, tag_id varchar""",
}
Relation = tuple[str, str]
Class = tuple[str, str]


@dataclass
class Plan:
    """Names of groups by scheme, names of tags by class; places fall in the order in which they stand. `left_out` gives reasons by class."""

    groups: dict[str, str]
    tags: dict[Class, str]
    left_out: dict[Class, str] | None = None

    def rows(self) -> list[tuple]:
        place = {scheme: 1_000 - number for number, scheme in enumerate(self.groups)}
        rows = [
            (AS_OF, scheme, self.groups[scheme], place[scheme], segment, name, 1_000 - number, True, None, 0, 0, 0.0)
            for number, ((scheme, segment), name) in enumerate(self.tags.items())
        ]
        out = [(AS_OF, *of[:1], None, None, of[1], None, None, False, reason, 0, 0, 0.0) for of, reason in (self.left_out or {}).items()]
        return rows + out


def write_marts(database: Path, plan: Plan, targets: Mapping[Relation, Iterable[Class]], changes: Iterable[tuple] = ()) -> Path:
    """Write the tables anew; a relation without classes is there with a row of nulls."""
    database.unlink(missing_ok=True)
    with duckdb.connect(str(database)) as connection:
        connection.execute("create schema activation")
        for table, columns in TABLES.items():
            connection.execute(f"create table activation.{table} ({columns})")
        connection.executemany(f"insert into activation.wecom_tag_plan values ({', '.join('?' * 12)})", plan.rows())
        rows = [
            (AS_OF, f"c-{external}", userid, external, scheme, segment, plan.groups.get(scheme), plan.tags.get((scheme, segment)))
            for (userid, external), classes in targets.items()
            for scheme, segment in (list(classes) or [(next(iter(plan.groups), None), None)])
        ]
        _insert(connection, "wecom_tag_targets", rows)
        _insert(connection, "wecom_tag_changes", [(AS_OF, *change) for change in changes])
    return database


def _insert(connection: duckdb.DuckDBPyConnection, table: str, rows: list[tuple]) -> None:
    if rows:
        types = [pa.date32()] + [pa.string()] * (len(rows[0]) - 1)
        loaded = pa.table([pa.array(column, type_) for column, type_ in zip(zip(*rows), types)], names=[f"c{number}" for number in range(len(types))])
        connection.register("loaded", loaded)
        connection.execute(f"insert into activation.{table} select * from loaded")
        connection.unregister("loaded")
