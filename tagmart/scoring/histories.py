"""Purchases up to a day as what the BTYD models take, and what came after the day."""

from __future__ import annotations

import datetime as dt
from pathlib import Path

import duckdb
import numpy as np

from tagmart.scoring.purchases import Purchases, PurchasesProblem, read_purchases

HISTORIES = """
    with purchase_days as (
        select customer_id, day, sum(cast(amount as decimal(38, 4))) as amount
        from purchases
        group by all
    ),
    firsts as (
        select *, min(day) over (partition by customer_id) as first_day, max(day) over () as newest_day
        from purchase_days
    )
    select
        count(*) filter (where day > first_day and day <= date '{until}') as x,
        coalesce(max(day) filter (where day <= date '{until}') - first_day, 0) as t_x,
        date '{until}' - first_day as T,
        cast(coalesce(avg(amount) filter (where day > first_day and day <= date '{until}'), 0) as double) as m,
        least(any_value(newest_day) - date '{until}', {longest}) as horizon,
        count(*) filter (where day > date '{until}' and day <= date '{until}' + {longest}) as later,
        count(*) filter (where day > first_day) as repeats
    from firsts
    where first_day <= date '{until}'
    group by customer_id, first_day
    order by customer_id
"""
LONGEST = 100_000  # days: all there are


def histories(file: Path, until: dt.date, customer: str, date: str, amount: str, longest: int = LONGEST) -> dict[str, np.ndarray]:
    """Read a file of purchases, and count: see read_purchases and counted."""
    return counted(read_purchases(file, customer, date, amount), until, longest)


def counted(bought: Purchases, until: dt.date, longest: int = LONGEST) -> dict[str, np.ndarray]:
    """Return one entry a customer who had bought by `until`: x, t_x, T (days), m, later, horizon (at most `longest`).

    Raises:
        PurchasesProblem: nobody had bought by then, or nothing is known of that day.
    """
    with duckdb.connect() as connection:
        connection.register("purchases", bought.rows)
        oldest, newest = connection.execute("select min(day), max(day) from purchases").fetchone()
        if oldest is None:
            raise PurchasesProblem(f"There is no purchase to look at: {bought.said}")
        if until < oldest:
            raise PurchasesProblem(f"Nobody had bought by {until}: the purchases are of {oldest} to {newest}, so give a later --until.")
        if until > newest:
            raise PurchasesProblem(f"Nothing is known of {until}: the purchases are of {oldest} to {newest}, so give an earlier --until.")
        return connection.execute(HISTORIES.format(until=until, longest=longest)).fetchnumpy()
