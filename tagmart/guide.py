"""What `make build` says at its end: what there is now, and where to look next."""

from __future__ import annotations

import os

import duckdb


def main() -> None:
    database = os.environ.get("TAGMART_DATABASE", "target/tagmart.duckdb")
    with duckdb.connect(database, read_only=True) as connection:
        customers, dates, newest = connection.execute(
            "select count(distinct customer_id), count(distinct as_of_date), max(as_of_date) from tags.customer_tags"
        ).fetchone()
        staged, rejected = connection.execute("select sum(staged_rows), sum(rejected_rows) from staging.stg_row_balance").fetchone()
        segments = connection.execute("select segment_code, count(*) from segments.segment_rfm where is_current group by 1 order by 2 desc, 1").fetchall()
    print(
        f"\n{database}: {customers:,} customers at {dates} as-of dates, the newest {newest}; "
        f"{staged or 0:,} raw rows staged, {rejected or 0:,} rejected with a reason."
    )
    print("RFM today: " + ", ".join(f"{code} {count:,}" for code, count in segments))
    print("Look at  tags.customer_tags, tags.tag_dictionary, segments.segment_sizes, segments.segment_moves, staging.stg_rejected_rows")
    print("Your own orders:  dbt build --vars '{raw_path: FOLDER}'   (README, Your own data)")


if __name__ == "__main__":
    main()
