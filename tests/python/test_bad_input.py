"""Bad input: every bad row is kept with its reason, nothing else is lost, the build stays green, and what cannot
be read at all is one clear sentence. The kinds stand in dirty.py."""

from __future__ import annotations

from collections import Counter
from pathlib import Path

import dirty
import duckdb
import pyarrow.parquet as pq
import pytest
from conftest import Workshop
from dirty import CONTRACT, Kind

STAGING = "+path:models/staging"
OPTIONAL = [table for table, rules in CONTRACT.items() if not rules.get("required")]
CSV_KINDS = dirty.csv_kinds()
PARQUET_KINDS = dirty.parquet_kinds()


@pytest.fixture(scope="module")
def shop(tmp_path_factory) -> Workshop:
    """A workshop whose raw folder has a path with spaces, quotes, brackets, a semicolon and Chinese in it."""
    folder = tmp_path_factory.mktemp("bad_input")
    workshop = Workshop(folder)
    workshop.raw_link = folder / "brand [1]; it's \"ours\" 百分百%" / "raw data"
    workshop.raw_link.parent.mkdir()
    return workshop


@pytest.fixture(scope="module")
def csv_folder(tmp_path_factory) -> Path:
    return dirty.write_csv_folder(tmp_path_factory.mktemp("dirty") / "csv", CSV_KINDS)


@pytest.fixture(scope="module")
def csv_build(shop, csv_folder):
    """All models, downstream too, on the dirty CSV files."""
    return shop.build(csv_folder, name="dirty_csv")


@pytest.fixture(scope="module")
def parquet_folder(tmp_path_factory) -> Path:
    return dirty.write_parquet_folder(tmp_path_factory.mktemp("dirty") / "parquet", PARQUET_KINDS)


@pytest.fixture(scope="module")
def parquet_build(shop, parquet_folder):
    """All models, downstream too, on the Parquet files of other types."""
    return shop.build(parquet_folder, name="dirty_parquet")


def staged(build, table: str) -> list[dict]:
    columns = list(CONTRACT[table]["columns"])
    rows = build.rows(f"select {', '.join(columns)} from staging.stg_{table}")
    return [dict(zip(columns, row, strict=True)) for row in rows]


def rejected(build) -> list[tuple]:
    return build.rows("select table_name, reason_code, reason_column, row_json, copies from staging.stg_rejected_rows")


def check_kind(build, kind: Kind) -> None:
    """Its bad rows are rejected for its reasons, and only they; its good rows are staged, and read as they should."""
    found = [(reason, column) for table, reason, column, row, _ in rejected(build) if table == kind.table and kind.trace in row]
    assert Counter(found) == Counter(kind.rejected)
    key = CONTRACT[kind.table]["key"]
    for row in kind.staged:
        same_key = [other for other in staged(build, kind.table) if all(other[column] == row[column] for column in key if column in row)]
        assert [{column: other[column] for column in row} for other in same_key] == [row]


def check_balance(build, raw_rows: dict[str, int], kinds: list[Kind]) -> None:
    """Raw rows = staged + rejected + exact duplicates, each as counted outside; the money balances too."""
    balance = build.rows(
        "select table_name, raw_rows, staged_rows, rejected_rows, exact_duplicates, "
        "raw_amount - staged_amount - rejected_amount - duplicate_amount from staging.stg_row_balance"
    )
    expected = []
    for table in CONTRACT:
        mine = [kind for kind in kinds if kind.table == table]
        counts = [sum(len(kind.staged) for kind in mine), sum(len(kind.rejected) for kind in mine), sum(kind.duplicates for kind in mine)]
        expected.append((table, raw_rows.get(table, 0), *counts, 0))
    assert sorted(balance) == sorted(expected)
    assert all(raw == good + bad + copies for _, raw, good, bad, copies, _ in balance)


# --- rows ------------------------------------------------------------------------------------------


def test_dirty_csv_builds_green(csv_build):
    assert csv_build.success, csv_build.text[-3000:]
    assert csv_build.rows("select count(*) > 0 from tags.customer_tags") == [(True,)]


@pytest.mark.parametrize("kind", CSV_KINDS, ids=lambda kind: kind.name)
def test_kind_in_csv(csv_build, kind):
    check_kind(csv_build, kind)


def test_nothing_else_is_lost_in_csv(csv_build, csv_folder):
    for table in CONTRACT:
        expected = [row for kind in CSV_KINDS if kind.table == table for row in kind.staged]
        found = staged(csv_build, table)
        assert sorted(map(repr, found)) == sorted(map(repr, expected)), table


def test_csv_rows_balance_with_an_independent_count(csv_build, csv_folder):
    counted = {file.stem: dirty.records_in(file, dirty.dialect_of(file.stem).delimiter) for file in csv_folder.iterdir()}
    assert counted["orders"] > 480
    check_balance(csv_build, counted, CSV_KINDS)


def test_money_of_rejected_rows_and_copies_is_counted(csv_build):
    rejected_amount, duplicate_amount = csv_build.rows(
        "select rejected_amount, duplicate_amount from staging.stg_row_balance where table_name = 'orders'"
    )[0]
    assert rejected_amount > 0
    assert duplicate_amount == 2 * dirty.Decimal("100.5") + 7


def test_rejected_rows_are_json_of_the_raw_row(csv_build, parquet_build):
    for build in (csv_build, parquet_build):
        assert build.rows("select count(*), count(*) filter (where not json_valid(row_json)) from staging.stg_rejected_rows")[0][1] == 0
    row = csv_build.rows("select row_json ->> 'order_amount' from staging.stg_rejected_rows where row_key = 'amount__currency_sign'")
    assert row == [("¥12.50",)]


def test_the_log_names_absent_tables_and_unknown_columns_once(csv_build):
    lines = csv_build.text.splitlines()
    absent = [line for line in lines if "Optional raw tables absent" in line]
    assert len(absent) == 1
    named = set(absent[0].rsplit(": ", 1)[1].split(", "))
    assert named == {dirty.EMPTY, dirty.ONLY_A_MARK, "wecom_contact_tags"}
    unknown = [line for line in lines if "Raw table campaign_members: columns with no home, not read: shop, note, 备注" in line]
    assert len(unknown) == 1
    assert len([line for line in lines if "Raw table costs: columns with no home, not read: amount__5" in line]) == 1


# --- Parquet and the warehouse ------------------------------------------------------------------------


def test_parquet_of_other_types_builds_green(parquet_build):
    assert parquet_build.success, parquet_build.text[-3000:]
    assert "Raw table orders: columns with no home, not read: note" in parquet_build.text


@pytest.mark.parametrize("kind", PARQUET_KINDS, ids=lambda kind: kind.name)
def test_kind_in_parquet(parquet_build, kind):
    check_kind(parquet_build, kind)


def test_parquet_rows_balance_with_an_independent_count(parquet_build, parquet_folder):
    files = [file for file in parquet_folder.iterdir() if file.stat().st_size]
    check_balance(parquet_build, {file.stem: pq.read_metadata(file).num_rows for file in files}, PARQUET_KINDS)


def test_a_warehouse_schema_gives_the_same_staging(shop, parquet_build, parquet_folder):
    database = shop.folder / "warehouse.duckdb"
    with duckdb.connect(str(database)) as connection:
        connection.execute("create schema raw")
        for file in parquet_folder.iterdir():
            if file.stat().st_size:
                connection.execute(f"create table raw.{file.stem} as select * from read_parquet('{file}')")
    build = shop.build(parquet_folder / "not read", name="warehouse", fresh=False, vars={"raw_schema": "raw"}, select=STAGING)
    assert build.success, build.text[-3000:]
    assert sorted(map(repr, rejected(build))) == sorted(map(repr, rejected(parquet_build)))
    assert sorted(build.rows("from staging.stg_row_balance")) == sorted(parquet_build.rows("from staging.stg_row_balance"))
    for table in CONTRACT:
        assert sorted(map(repr, staged(build, table))) == sorted(map(repr, staged(parquet_build, table))), table
    missing = shop.build(parquet_folder, name="warehouse", fresh=False, vars={"raw_schema": "nowhere"}, select="stg_staff")
    assert not missing.success
    assert "The required raw table 'orders' is missing in the schema 'nowhere'" in missing.text
