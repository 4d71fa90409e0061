"""Two deliveries of one brand: what it had exported the day before its newest day, and what it exports on it.

The second one is the sample as generated, except for the merged accounts. The first lacks what the second brings: all rows of the
newest day, the late orders with their lines; and it has earlier versions of the corrected orders.
"""

from __future__ import annotations

import datetime as dt
import os
import shutil
from dataclasses import dataclass
from pathlib import Path

import duckdb

from tagmart.contract import raw_contract
from workshop.bench.changes import choose
from workshop.sample.plan import LAST_DAY

UTC_OFFSET = dt.timedelta(hours=8)  # of the sample's business days


@dataclass(frozen=True)
class Delivery:
    """What the second day brings, in rows; of all orders and touchpoints, how many there are then."""

    newest: dt.date
    orders: int
    touchpoints: int
    new_orders: int
    new_touchpoints: int
    late: int
    late_lines: int
    merged: int
    corrected: int


def deliver(raw: Path, folder: Path) -> Delivery:
    """Make the folders day_1 and day_2 anew; what day_2 has in common with the sample are links to its files."""
    with duckdb.connect() as connection:
        connection.execute("set threads = 2; set enable_progress_bar = false")
        for table in raw_contract():
            if (raw / f"{table}.parquet").is_file():
                connection.execute(f"create view {table} as select * from read_parquet('{raw / table}.parquet')")
        of_any = f"select max(occurred_at) from touchpoints where occurred_at < timestamp '{LAST_DAY + dt.timedelta(days=1)}'"  # dirt is dated 2099
        newest = (connection.execute(of_any).fetchone()[0] + UTC_OFFSET).date()
        begin = dt.datetime.combine(newest, dt.time()) - UTC_OFFSET
        choose(connection, raw, begin, dt.datetime.combine(newest.replace(day=1), dt.time()) - UTC_OFFSET)
        _write_before(connection, _empty(folder / "day_1"), begin)
        _write_newest(connection, raw, _empty(folder / "day_2"))

        def count(of: str) -> int:
            return connection.execute(f"select count(*) from {of}").fetchone()[0]

        return Delivery(
            newest=newest,
            orders=count("orders"),
            touchpoints=count("touchpoints"),
            new_orders=count(f"orders where ordered_at >= timestamp '{begin}'"),
            new_touchpoints=count(f"touchpoints where occurred_at >= timestamp '{begin}'"),
            late=count("changes where kind = 'late'"),
            late_lines=count("order_items semi join (from changes where kind = 'late') using (order_id)"),
            merged=count("merges"),
            corrected=count("changes where kind != 'late'"),
        )


def _write_before(connection: duckdb.DuckDBPyConnection, folder: Path, begin: dt.datetime) -> None:
    """What was there before `begin` (UTC), the start of the newest day; lines come with their orders."""
    connection.execute(f"""
        create table not_yet as
        select order_id from changes where kind = 'late' union all select order_id from orders where ordered_at >= timestamp '{begin}'""")
    for (table,) in connection.execute("select view_name from duckdb_views() where not internal").fetchall():
        at = raw_contract()[table].get("event_at")
        rows = f"select * from {table} " + (f"where coalesce({at} < timestamp '{begin}', true)" if at else "")
        if table in ("orders", "order_items"):
            rows = f"select * from ({rows}) anti join not_yet using (order_id)"
        if table == "orders":
            rows = f"""
                select earlier.* replace (
                    case when kind = 'cancelled' then 'cancelled' else status end as status,
                    case when kind = 'cheaper' then cast(order_amount * 0.8 as decimal(18, 2)) else order_amount end as order_amount
                )
                from ({rows}) as earlier left join changes using (order_id)"""
        connection.execute(f"copy ({rows}) to '{folder / table}.parquet'")


def _write_newest(connection: duckdb.DuckDBPyConnection, raw: Path, folder: Path) -> None:
    """The sample, with the openid of the other account for each account that is merged."""
    for file in raw.glob("*.parquet"):
        if file.stem != "customers":
            os.link(file, folder / file.name)
    connection.execute(f"""
        copy (
            select customers.* replace (coalesce(merges.openid, customers.openid) as openid)
            from customers left join merges using (customer_id)
        ) to '{folder}/customers.parquet'""")


def _empty(folder: Path) -> Path:
    shutil.rmtree(folder, ignore_errors=True)
    folder.mkdir(parents=True)
    return folder
