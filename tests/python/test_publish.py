"""tagmart publish: readers of all three places never fail; every contract type comes back, and PostgreSQL has the keys."""

from __future__ import annotations

import json
import threading

import duckdb
import pytest
from loopback_postgres import loopback_postgres
from published import EMPTY, ROW, change, green_build, green_database, publish

__all__ = ["green_build", "green_database"]  # the fixture `built`


def test_a_folder_holds_every_type_and_an_unchanged_state_writes_nothing(built, tmp_path):
    out = tmp_path / "out"
    assert publish(built, out).exit_code == 0
    with duckdb.connect(str(out / "tagmart.duckdb"), read_only=True) as connection:
        assert connection.execute("from tags.customer_tags order by share nulls last").fetchall() == [ROW, EMPTY]
        assert connection.execute("select comment from duckdb_columns() where column_name = 'amount'").fetchone() == ("It's amount.",)
    assert duckdb.sql(f"from '{out}/parquet/current/customer_tags.parquet' order by share nulls last").fetchall() == [ROW, EMPTY]
    before = {path: path.stat().st_mtime_ns for path in out.rglob("*")}
    assert "nothing was written" in publish(built, out).output
    assert {path: path.stat().st_mtime_ns for path in out.rglob("*")} == before


def read_while_publishing(built, to, read, reads):
    """`reads` reads at the least while five states are published: each must see one amount in all rows."""
    failed, ended, count = [], threading.Event(), 0

    def publish_five():
        try:
            for number in range(5):
                change(built, f"update tags.customer_tags set n = {number}")
                said = publish(built, to)
                if said.exit_code:
                    failed.append(said.output + repr(said.exception))
        finally:
            ended.set()

    publisher = threading.Thread(target=publish_five)
    publisher.start()
    while count < reads or not ended.is_set():
        assert read() == (2, 1)
        count += 1
    publisher.join()
    assert failed == []


COUNTS = "select count(*), count(distinct n) from "


@pytest.mark.parametrize("reads", [30, pytest.param(1000, marks=pytest.mark.slow)])
def test_readers_of_a_folder_never_fail(built, tmp_path, reads):
    out = tmp_path / "out"
    publish(built, out)
    change(built, "update tags.customer_tags set n = 9")
    publish(built, out)

    def read():
        version = json.loads((out / "parquet/current.json").read_text())["version"]
        with duckdb.connect() as connection:
            parquet = connection.execute(f"{COUNTS} '{out}/parquet/{version}/customer_tags.parquet'").fetchone()
            connection.execute(f"attach '{out}/tagmart.duckdb' as serving (read_only)")
            assert connection.execute(f"{COUNTS} serving.tags.customer_tags").fetchone() == parquet
            return parquet

    read_while_publishing(built, out, read, reads)
    assert len([path for path in (out / "parquet").iterdir() if path.is_dir() and not path.is_symlink()]) == 3


@pytest.mark.parametrize("reads", [30, pytest.param(1000, marks=pytest.mark.slow)])
def test_readers_of_postgres_never_fail_and_their_own_views_and_grants_stay(built, reads):
    psycopg = pytest.importorskip("psycopg")
    with loopback_postgres() as url:
        assert publish(built, url).exit_code == 0
        with psycopg.connect(url, autocommit=True) as reader:
            assert reader.execute("select * from tagmart.customer_tags order by share nulls last").fetchall() == [ROW, EMPTY]
            assert reader.execute("select indexdef like '%UNIQUE%(customer_id%' from pg_indexes where schemaname like 'tagmart%'").fetchall() == [(True,)] * 2
            keys = "select relname, pg_get_constraintdef(c.oid) from pg_constraint as c join pg_class as r on r.oid = conrelid where contype = 'p'"
            assert reader.execute(f"{keys} and relnamespace::regnamespace::text like 'tagmart%'").fetchall() == [("segment_rfm", "PRIMARY KEY (customer_id)")]
            reader.execute("create view mine as select * from tagmart.customer_tags; create role bi; grant select on tagmart.customer_tags to bi")
            assert "nothing was written" in publish(built, url).output
            change(built, "update tags.customer_tags set n = 9")
            publish(built, url)
            read_while_publishing(built, url, lambda: reader.execute(f"{COUNTS} mine").fetchone(), reads)
            assert reader.execute("select max(n), has_table_privilege('bi', 'tagmart.customer_tags', 'select') from mine").fetchone() == (4, True)
            assert reader.execute("select count(*) from pg_namespace where nspname like 'tagmart\\_%'").fetchone() == (2,)
