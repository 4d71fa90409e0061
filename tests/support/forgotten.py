"""A customer taken out of the raw files of a brand, and where a database still knows them."""

from __future__ import annotations

import csv
import re
import unicodedata
from dataclasses import dataclass
from pathlib import Path

import duckdb

NAMES_OTHERS = {"customers": "referrer_customer_id"}  # in a row that is somebody else's: emptied, and the row stays
KEYS = {"orders": "order_id", "touchpoints": "event_id"}
OF_ORDERS = ("order_items", "refunds")


@dataclass(frozen=True)
class Person:
    """A customer: everything that names them (identifiers, and the keys of their orders and touches), by raw table the rows removed."""

    customer_id: str
    names: frozenset[str]
    removed: dict[str, int]


def known_best(connection: duckdb.DuckDBPyConnection) -> tuple[str, list[str]]:
    """Return the customer of whom most kinds of things are known, who is in a list and did not make the newest date, with their identifiers."""
    customer = connection.execute("""
        select identity.customer_id
        from intermediate.int_identity__resolved as identity
        inner join tags.customer_tags as tags on identity.customer_id = tags.customer_id and tags.is_current
        where tags.orders_count > 2 and tags.days_since_last_active > 2 and identity.customer_id in (select customer_id from activation.recall_list where is_usable)
        group by identity.customer_id
        order by count(distinct identifier_type) desc, count(*) desc, identity.customer_id
        limit 1
    """).fetchall()[0][0]
    identifiers = connection.execute("select identifier from intermediate.int_identity__resolved where customer_id = ? order by 1", [customer]).fetchall()
    return customer, [row[0] for row in identifiers]


def forget(source: Path, target: Path, customer_id: str, identifiers: list[str]) -> Person:
    """Write the raw CSV files of `source` to `target` without every row that names the customer by any identifier, or is of their orders."""
    named = pattern({customer_id, *identifiers})
    keys: dict[str, set[str]] = {table: set() for table in KEYS}
    removed: dict[str, int] = {}
    target.mkdir(parents=True)
    paths = sorted(source.glob("*.csv"), key=lambda path: path.stem in OF_ORDERS)
    for path in paths:
        table = path.stem
        with path.open(encoding="utf-8", newline="") as file:
            reader = csv.DictReader(file)
            header, rows = list(reader.fieldnames or []), list(reader)
        kept = []
        for row in rows:
            other = NAMES_OTHERS.get(table)
            own = [cell for column, cell in row.items() if column != other]
            if any(named.search(plain(cell)) for cell in own) or table in OF_ORDERS and row["order_id"] in keys["orders"]:
                if table in KEYS:
                    keys[table].add(row[KEYS[table]])
                continue
            if other and named.search(plain(row[other])):
                row[other] = ""
            kept.append(row)
        removed[table] = len(rows) - len(kept)
        with (target / path.name).open("w", encoding="utf-8", newline="") as file:
            writer = csv.DictWriter(file, header, lineterminator="\n")
            writer.writeheader()
            writer.writerows(kept)
    return Person(customer_id, frozenset({customer_id, *identifiers}.union(*keys.values())), removed)


def still_known(database: Path, person: Person) -> dict[str, int]:
    """Return every table and view of the database in which a row names the person: schema.name -> rows."""
    with duckdb.connect(str(database), read_only=True) as connection:
        relations = connection.execute("select table_schema, table_name from information_schema.tables order by 1, 2").fetchall()
        counts = {}
        for schema, name in relations:
            whole = f"regexp_matches(cast(t as varchar), '{pattern(person.names).pattern}')"
            counts[f"{schema}.{name}"] = connection.execute(f'select count(*) from "{schema}"."{name}" as t where {whole}').fetchall()[0][0]
    return {relation: count for relation, count in counts.items() if count}


def pattern(names: set[str] | frozenset[str]) -> re.Pattern[str]:
    return re.compile("|".join(re.escape(name) for name in sorted(names)))


def plain(cell: str) -> str:
    """A cell as it is read: identifiers may come with full-width digits."""
    return unicodedata.normalize("NFKC", cell or "")
