"""A small healthy brand as CSV or Parquet, into which the tests of test_real_exports*.py put cells as real exports write them."""

from __future__ import annotations

import csv
import re
from datetime import datetime, timedelta
from pathlib import Path

import pyarrow as pa
import pyarrow.parquet as pq
from conftest import Build, Workshop

Row = dict[str, object]
ACCEPTED = "+stg_delivery_accepted +stg_delivery_summary"
FIRST = datetime(2025, 3, 1, 3)


def order(number: str, customer_id: str = "", **cells: object) -> Row:
    """Return an order of 50 on 1 May 2025, completed as 淘宝 says it."""
    return {
        "order_id": number,
        "customer_id": customer_id,
        "ordered_at": "2025-05-01 03:00:00",
        "paid_at": "2025-05-01 03:01:00",
        "status": "交易成功",
        "order_amount": "50",
        "discount_amount": "",
        "coupon_amount": "",
        "phone_hash": "",
        "device_id": "",
        "channel": "app",
        **cells,
    }


def usual_orders(**columns: object) -> list[Row]:
    """Return 40 orders of 20 customers, one every second day from 1 March 2025; `columns` may hold a function of the number."""
    orders = []
    for number in range(40):
        moment = str(FIRST + timedelta(days=2 * number))
        cells = {column: made(number) if callable(made) else made for column, made in columns.items()}
        orders.append(order(f"good{number}", f"usual{number % 20}", **{"ordered_at": moment, "paid_at": moment, **cells}))
    return orders


def write_csv(folder: Path, **tables: list[Row]) -> Path:
    """Write each table as CSV in UTF-8, every cell as it stands."""
    folder.mkdir(parents=True, exist_ok=True)
    for table, rows in tables.items():
        with (folder / f"{table}.csv").open("w", newline="", encoding="utf-8") as file:
            writer = csv.DictWriter(file, list(rows[0]), restval="")
            writer.writeheader()
            writer.writerows(rows)
    return folder


def write_parquet(folder: Path, types: dict[str, dict[str, pa.DataType]], **tables: list[Row]) -> Path:
    """Write each table as Parquet; columns without a type are text."""
    folder.mkdir(parents=True)
    for table, rows in tables.items():
        columns = {column: pa.array([row.get(column) for row in rows], types.get(table, {}).get(column, pa.string())) for column in rows[0]}
        pq.write_table(pa.table(columns), folder / f"{table}.parquet")
    return folder


def built(workshop: Workshop, raw: Path, *, select: str = ACCEPTED, vars: dict | None = None) -> Build:
    """Build into a database that no later build of the workshop takes the place of."""
    return workshop.build(raw, name=f"{raw.parent.name}_{raw.name}", select=select, vars=vars)


def values(build: Build, table: str, key: str, column: str) -> dict[str, object]:
    """Return a column by key, of every row that is staged and of none that is not."""
    return dict(build.rows(f"select {key}, {column} from staging.stg_{table}__checked where verdict is null"))


def refused(build: Build, table: str) -> list[tuple[str, str, str]]:
    """Return key, reason and column of the rejected rows of a table, in order."""
    return build.rows(f"select row_key, reason_code, reason_column from staging.stg_rejected_rows where table_name = '{table}' order by all")


def losses(build: Build, table: str, column: str) -> dict[str, tuple[int, str]]:
    """Return {kind: (rows, example)} of what a column lost or had mended."""
    rows = build.rows(f"select kind, rows_count, example from staging.stg_value_losses where table_name = '{table}' and column_name = '{column}'")
    return {kind: (count, example) for kind, count, example in rows}


def summary_line(build: Build, table: str) -> list[str]:
    """Return the words of a table's line in the table for people at the end of a build, without their thousands separators."""
    lines = [line.split() for line in build.text.splitlines() if re.match(rf"{table} +[0-9]", line)]
    assert len(lines) == 1, build.text[-3000:]
    return lines[0]


def in_order(build: Build, table: str, key: str, column: str) -> list:
    """Return a column of the rows k0, k1, …, in this order; all rows of the table must be staged."""
    staged = values(build, table, key, column)
    return [staged[f"k{number}"] for number in range(len(staged))]


def done(workshop: Workshop, raw: Path, **vars: str) -> Build:
    """Build what must be green."""
    build = built(workshop, raw, vars=vars or None)
    assert build.success, build.text[-3000:]
    return build
