"""Rows that no longer hold, out of a table of Parquet, which knows no delete: what holds them is written again without them.

A table by as-of date is partitioned so, and only the dates that hold such rows are written again. The rows that stay of these dates are put
aside in a table `<name>__rest` first: a server that dies while it overwrites leaves dates without rows, and what was said at a date in the
past could not be said again. The next build puts them back.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from pyspark.sql import SparkSession

DATE = "as_of_date"
OF = "tagmart.rest_of"  # of `<name>__rest`: when the table whose rows it holds was created


def rest_of(table: str) -> str:
    """Where rows of a table (schema.name) wait while it is written again."""
    return f"{table}__rest"


def forget_rows(spark: SparkSession, table: str, condition: str) -> int:
    """Forget the rows of a table (schema.name) that meet a condition (SQL); return how many of its dates, or tables, were written again."""
    put_back(spark, table)
    columns = spark.table(table).columns
    found = spark.sql(f"select distinct {DATE if DATE in columns else 'null'} from {table} where {condition}").collect()
    if not found:
        return 0
    dates = [str(row[0]) for row in found] if DATE in columns else []
    created = _created(spark, table)
    spark.sql(f"""
        create table {rest_of(table)} using parquet tblproperties ('{OF}' = '{created}') as
        select {", ".join(columns)} from {table} where not coalesce({condition}, false){_at(dates)}""")
    _overwrite(spark, table, columns)
    left = {str(row[0]) for row in spark.sql(f"select distinct {DATE} from {rest_of(table)}").collect()} if dates else set()
    for date in sorted(set(dates) - left):
        spark.sql(f"alter table {table} drop if exists partition ({DATE} = date '{date}')")
    spark.sql(f"drop table {rest_of(table)}")
    return len(found)


def put_back(spark: SparkSession, table: str) -> bool:
    """Finish what a build that was killed has begun; return whether there was such. Rows of a table that was made anew since are let go."""
    rest = rest_of(table)
    if not spark.catalog.tableExists(rest):
        return False
    is_of_this = spark.sql(f"show tblproperties {rest} ('{OF}')").collect()[0][1] == _created(spark, table)
    if is_of_this:
        _overwrite(spark, table, spark.table(rest).columns)
    spark.sql(f"drop table {rest}")
    return is_of_this


def _overwrite(spark: SparkSession, table: str, columns: list[str]) -> None:
    partition = f"partition ({DATE})" if DATE in columns else ""
    spark.sql(f"insert overwrite {table} {partition} select {', '.join(columns)} from {rest_of(table)}")


def _at(dates: list[str]) -> str:
    return f" and {DATE} in ({', '.join(f'''date '{date}' ''' for date in sorted(dates))})" if dates else ""


def _created(spark: SparkSession, table: str) -> str:
    return next(row[1] for row in spark.sql(f"describe extended {table}").collect() if row[0] == "Created Time")
