"""Which orders come late or are corrected, and which accounts are merged: chosen by the MD5 of their keys, so always the same ones."""

from __future__ import annotations

import datetime as dt
from pathlib import Path

import duckdb

LATE, CANCELLED, CHEAPER = 50, 2, 3  # orders: not delivered at first; delivered as cancelled; delivered with another amount
MERGED = 20  # pairs of accounts


def choose(connection: duckdb.DuckDBPyConnection, raw: Path, begin: dt.datetime, month: dt.datetime) -> None:
    """Tables changes (order_id, kind: late, cancelled or cheaper) and merges (customer_id and the openid of another account).

    Orders are completed ones from before the month of the newest day, never refunded. Accounts are those of buyers with one account
    who share no identifier: one gives its openid to another that has none, as when somebody signs in to both.
    """
    connection.execute(f"""
        create table changes as
        select order_id, case when place <= {LATE} then 'late' when place <= {LATE + CANCELLED} then 'cancelled' else 'cheaper' end as kind
        from (
            select order_id, row_number() over (order by md5(order_id)) as place
            from orders anti join refunds using (order_id)
            where ordered_at < timestamp '{month}' and status = 'completed' and customer_id is not null
            order by md5(order_id) limit {LATE + CANCELLED + CHEAPER}
        )""")
    connection.execute(f"""
        create table merges as
        with alone as (
            select customer_id, openid, row_number() over (partition by openid is null order by md5(customer_id)) as place
            from customers
            join read_parquet('{raw}/truth/people.parquet') as people using (customer_id)
            anti join (from read_parquet('{raw}/truth/identifiers.parquet') where is_shared) as sharing using (person_id)
            where is_buyer and second_customer_id is null and registered_at < timestamp '{begin}'
        )
        select takers.customer_id, givers.openid
        from alone as takers join alone as givers using (place)
        where takers.openid is null and givers.openid is not null and place <= {MERGED}""")
