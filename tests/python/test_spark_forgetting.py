"""A process that is killed, or a server that dies, while rows are forgotten on Spark: the next build finds the rows that should be there.

It needs the Spark of `make spark-up`.
"""

from __future__ import annotations

import os
import shutil
import signal
import subprocess
import sys
from pathlib import Path
from urllib.parse import urlsplit

import pytest

from tagmart.spark.forgetting import forget_rows, put_back, rest_of

pytestmark = pytest.mark.spark
PROJECT = Path(__file__).resolve().parents[2]
REMOTE = os.environ.get("TAGMART_SPARK", "sc://127.0.0.1:15002")
BY_DATE, WHOLE = "forgetting.by_date", "forgetting.whole"
STALE = "value > 1 and customer_id <> 'a'"
# 1 January keeps one of its rows, 2 January none, 3 January both; a null is not known to be stale.
ROWS = "('a', 9, date '2025-01-01'), ('b', 2, date '2025-01-01'), ('c', 3, date '2025-01-02'), ('d', 1, date '2025-01-03'), ('e', null, date '2025-01-03')"
LEFT = {("a", 9, "2025-01-01"), ("d", 1, "2025-01-03"), ("e", None, "2025-01-03")}
# Run in a process of its own, which ends by SIGKILL while its fourth statement runs.
KILLED = """
import os, signal, sys, threading
from pyspark.sql import SparkSession
from tagmart.spark.forgetting import forget_rows

spark = SparkSession.builder.remote(sys.argv[1]).getOrCreate()
said, seen = spark.sql, []

def sql(text):
    seen.append(text)
    if len(seen) == OVERWRITE:
        print(text.split()[:2], flush=True)
        threading.Timer(0.05, os.kill, (os.getpid(), signal.SIGKILL)).start()
    return said(text)

spark.sql = sql
spark.conf.set("spark.sql.sources.partitionOverwriteMode", "dynamic")
forget_rows(spark, *sys.argv[2:])
"""
OVERWRITE = 4  # the statement that overwrites


class Killed(Exception):
    """What ends a process here, where a signal would end the test."""


class Dying:
    """A session that says no more than some statements."""

    def __init__(self, spark, statements: int):
        self.spark, self.left, self.last = spark, statements, ""

    def __getattr__(self, name: str):
        return getattr(self.spark, name)

    def sql(self, text: str):
        self.last = " ".join(text.split()[:2])
        if not self.left:
            raise Killed
        self.left -= 1
        return self.spark.sql(text)


@pytest.fixture(scope="module")
def spark():
    from pyspark.sql import SparkSession

    session = SparkSession.builder.remote(REMOTE).getOrCreate()
    session.conf.set("spark.sql.sources.partitionOverwriteMode", "dynamic")
    session.sql("create schema if not exists forgetting")
    yield session
    session.sql("drop schema forgetting cascade")


@pytest.fixture(params=[BY_DATE, WHOLE])
def table(spark, request) -> str:
    for name in (rest_of(request.param), request.param):
        spark.sql(f"drop table if exists {name}")
    return _created(spark, request.param)


def test_rows_that_meet_the_condition_are_gone_and_no_others(spark, table):
    assert forget_rows(spark, table, STALE) == (2 if table == BY_DATE else 1)
    assert _rows(spark, table) == LEFT
    assert forget_rows(spark, table, STALE) == 0, "again there is nothing to forget"
    assert not spark.catalog.tableExists(rest_of(table))


def test_ended_before_any_of_its_statements(spark, table):
    statements = 0
    while killed := _end(spark, table, statements):
        assert _rows(spark, table) >= LEFT, f"no row that stays is away: ended before {killed}"
        forget_rows(spark, table, STALE)
        assert _rows(spark, table) == LEFT, f"ended before {killed}"
        assert not spark.catalog.tableExists(rest_of(table))
        spark.sql(f"drop table {table}")
        _created(spark, table)
        statements += 1
    assert statements == (7 if table == BY_DATE else 5)


def test_killed_while_it_overwrites(spark, table):
    command = [sys.executable, "-c", KILLED.replace("OVERWRITE", str(OVERWRITE)), REMOTE, table, STALE]
    ran = subprocess.run(command, cwd=PROJECT, capture_output=True, text=True)
    assert (ran.returncode, ran.stdout) == (-signal.SIGKILL, "['insert', 'overwrite']\n"), ran.stderr
    forget_rows(spark, table, STALE)
    assert _rows(spark, table) == LEFT


def test_what_a_dying_server_took_away_is_put_back(spark, table):
    """It removes the files of what it overwrites before it moves the new ones there."""
    assert _end(spark, table, OVERWRITE - 1) == "insert overwrite"
    place = next(row[1] for row in spark.sql(f"describe extended {table}").collect() if row[0] == "Location")
    for part in Path(urlsplit(place).path).iterdir():
        if part.is_dir() and "2025-01-03" not in part.name:
            shutil.rmtree(part)
        elif table == WHOLE:
            part.unlink()
    assert not _rows(spark, table) >= LEFT
    forget_rows(spark, table, STALE)
    assert _rows(spark, table) == LEFT


def test_rows_of_a_table_that_was_made_anew_are_let_go(spark, table):
    assert _end(spark, table, OVERWRITE - 1) == "insert overwrite"
    spark.sql("select java_method('java.lang.Thread', 'sleep', 1100L)").collect()  # a catalogue knows seconds
    spark.sql(f"drop table {table}")
    _created(spark, table, "('z', 1, date '2025-01-01')")
    assert put_back(spark, table) is False and not spark.catalog.tableExists(rest_of(table))
    assert _rows(spark, table) == {("z", 1, "2025-01-01")}


def _created(spark, table: str, rows: str = ROWS) -> str:
    partition = "partitioned by (as_of_date)" if table == BY_DATE else ""
    date = "as_of_date" if table == BY_DATE else "said_on"
    spark.sql(f"create table {table} using parquet {partition} as select * from (values {rows}) as rows (customer_id, value, {date})")
    return table


def _rows(spark, table: str) -> set[tuple]:
    spark.catalog.refreshTable(table)
    rows = [(row[0], row[1], str(row[2])) for row in spark.table(table).collect()]
    assert len(rows) == len(set(rows)), f"{table} holds rows twice: {rows}"
    return set(rows)


def _end(spark, table: str, statements: int) -> str:
    """Forget rows and end after so many statements; return what came next, '' when that was all."""
    dying = Dying(spark, statements)
    try:
        forget_rows(dying, table, STALE)
    except Killed:
        return dying.last
    return ""
