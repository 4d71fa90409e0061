"""Two deliveries of the bench's brand, and what the second brings, found by comparing their files."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

import duckdb
from click.testing import CliRunner

from workshop.bench.days import Delivery, deliver
from workshop.sample.command import sample_command

CUSTOMERS = 300
BUSINESS_DATE = "cast(ordered_at + interval 8 hour as date)"


@dataclass(frozen=True)
class Days:
    """The bench `folder` with the sample and both days in it.

    `late`: number and business date of orders that only the second day has, though they are older than it. `merged`: pairs of
    accounts that have one openid from the second day on. `corrected`: number, status and amount of orders with other values.
    """

    folder: Path
    delivery: Delivery
    connection: duckdb.DuckDBPyConnection
    late: list[tuple]
    merged: list[tuple[str, str]]
    corrected: list[tuple]

    def rows(self, sql: str) -> list[tuple]:
        """Rows of a query on tables such as day_1.orders."""
        return self.connection.execute(sql).fetchall()


def two_days(folder: Path) -> Days:
    """Make the sample in the folder, as the bench itself would, and cut it."""
    made = CliRunner().invoke(sample_command, ["--customers", str(CUSTOMERS), "--no-dirt", "--out", str(folder / f"raw_{CUSTOMERS}")])
    assert made.exit_code == 0, made.output
    delivery = deliver(folder / f"raw_{CUSTOMERS}", folder)
    connection = duckdb.connect()
    for day in ("day_1", "day_2"):
        connection.execute(f"create schema {day}")
        for file in (folder / day).glob("*.parquet"):
            connection.execute(f"create view {day}.{file.stem} as from read_parquet('{file}')")
    older = f"{BUSINESS_DATE} < date '{delivery.newest}'"
    late = f"select order_id, {BUSINESS_DATE} from day_2.orders anti join day_1.orders using (order_id) where {older}"
    merged = """
        select taker.customer_id, giver.customer_id
        from day_1.customers as before
        join day_2.customers as taker using (customer_id)
        join day_1.customers as giver on giver.openid = taker.openid
        where before.openid is distinct from taker.openid and giver.customer_id != taker.customer_id"""
    corrected = "select order_id, status, order_amount from (from day_2.orders except from day_1.orders) semi join day_1.orders using (order_id)"
    found = (connection.execute(sql).fetchall() for sql in (late, merged, corrected))
    return Days(folder, delivery, connection, *found)
