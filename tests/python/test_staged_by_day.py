"""Orders and touchpoints are staged by the day: whatever happens to the raw files between two builds, the staged
rows are those of one build from nothing, and days that did not change are left alone."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime, timedelta
from pathlib import Path
from random import Random

import duckdb
import pytest
from conftest import Workshop
from real_exports import write_csv

Row = dict[str, str]
Tables = dict[str, list[Row]]
SELECT = "+stg_orders__checked +stg_touchpoints__checked"
TIMES = {"orders": "ordered_at", "touchpoints": "occurred_at"}
KEYS = {"orders": "order_id", "touchpoints": "event_id"}
START = datetime(2025, 3, 1)


@pytest.fixture(scope="module")
def shop(tmp_path_factory) -> Workshop:
    return Workshop(tmp_path_factory.mktemp("by_day"))


def brand(days: int = 12, a_day: int = 8) -> Tables:
    moments = [START + timedelta(days=number // a_day, minutes=171 * (number % a_day)) for number in range(days * a_day)]
    return {
        "orders": [
            {
                "order_id": f"o{number}",
                "customer_id": f"c{number % 7}",
                "ordered_at": str(moment),
                "paid_at": str(moment),
                "status": "paid",
                "order_amount": str(10 + number),
            }
            for number, moment in enumerate(moments)
        ],
        "touchpoints": [
            {"event_id": f"e{number}", "occurred_at": str(moment), "event_type": "page_view", "customer_id": f"c{number % 5}", "duration_seconds": str(number)}
            for number, moment in enumerate(moments)
        ],
    }


def some(rows: list[Row], random: Random, most: int = 3) -> list[Row]:
    return random.sample(rows, random.randint(1, most))


def new_day(rows: list[Row], table: str, random: Random) -> None:
    newest = max(row[TIMES[table]] for row in rows if row[TIMES[table]][:2] == "20" and row[TIMES[table]] < "2090")
    day = datetime.fromisoformat(newest) + timedelta(days=1)
    rows += [{**row, KEYS[table]: f"new{random.random()}", TIMES[table]: str(day)} for row in some(rows, random)]


def lost(rows: list[Row], table: str, random: Random) -> None:
    for row in some(rows, random):
        rows.remove(row)


def edited(rows: list[Row], table: str, random: Random) -> None:
    for row in some(rows, random):
        row["order_amount" if table == "orders" else "duration_seconds"] = str(random.randint(100, 999))


def moved(rows: list[Row], table: str, random: Random) -> None:
    for row in some(rows, random):
        row[TIMES[table]] = random.choice(rows)[TIMES[table]]


def copied(rows: list[Row], table: str, random: Random) -> None:
    rows += [dict(row) for row in some(rows, random)]


def sent_twice(rows: list[Row], table: str, random: Random) -> None:
    """The same key on another day, and another version of it."""
    rows += [{**row, TIMES[table]: random.choice(rows)[TIMES[table]], "customer_id": "changed"} for row in some(rows, random)]


def without_key(rows: list[Row], table: str, random: Random) -> None:
    for row in some(rows, random):
        row[KEYS[table]] = ""


def without_time(rows: list[Row], table: str, random: Random) -> None:
    for row in some(rows, random):
        row[TIMES[table]] = random.choice(["", "soon", "1970-01-01 00:00:00"])


def unknown(rows: list[Row], table: str, random: Random) -> None:
    for row in some(rows, random):
        row["status" if table == "orders" else "event_type"] = "dreamt"


def far_future(rows: list[Row], table: str, random: Random) -> None:
    """A thin tail: it is rejected, and moves the horizon that all other rows are judged by."""
    rows.append({**random.choice(rows), KEYS[table]: "far", TIMES[table]: "2099-01-01 00:00:00"})


def nothing(rows: list[Row], table: str, random: Random) -> None:
    """The files are delivered again as they were, in another order."""
    random.shuffle(rows)


CHANGES: list[Callable] = [new_day, lost, edited, moved, copied, sent_twice, without_key, without_time, unknown, far_future, nothing]


def staged(database: Path) -> dict[str, list[tuple]]:
    with duckdb.connect(str(database), read_only=True) as connection:
        return {table: connection.execute(f"select * from staging.stg_{table}__checked order by all").fetchall() for table in TIMES}


def build(shop: Workshop, tables: Tables, fresh: bool, vars: dict | None = None) -> dict[str, list[tuple]]:
    """Build into the database that grows, or anew into another."""
    done = shop.build(write_csv(shop.folder / "csv", **tables), name="grown" if not fresh else "brand", fresh=fresh, select=SELECT, vars=vars)
    assert done.success, done.text[-3000:]
    return staged(done.database)


def check(shop: Workshop, seed: int, steps: int) -> None:
    random, tables = Random(seed), brand()
    (shop.folder / "grown.kept").unlink(missing_ok=True)
    build(shop, tables, fresh=False)
    for step in range(steps):
        done = random.choices(CHANGES, k=3)
        for change in done:
            change(tables[table := random.choice(list(TIMES))], table, random)
        vars = {"earliest_date": random.choice(["2000-01-01", "2025-03-04"])} if step % 3 == 2 else None
        grown, fresh = build(shop, tables, fresh=False, vars=vars), build(shop, tables, fresh=True, vars=vars)
        for table in TIMES:
            assert grown[table] == fresh[table], f"{table} after {[change.__name__ for change in done]} (seed {seed}, step {step})"


@pytest.mark.slow
def test_any_change_of_the_files_ends_as_a_build_from_nothing(shop):
    check(shop, seed=1, steps=3)


@pytest.mark.slow
@pytest.mark.parametrize("seed", range(2, 5))
def test_many_changes_end_as_a_build_from_nothing(shop, seed):
    check(shop, seed, steps=5)


def test_only_changed_days_are_staged_again(shop):
    """A mark set by hand on a staged row goes with its day, and only with it."""
    tables = brand()
    file = shop.folder / "brand.duckdb"
    assert shop.build(write_csv(shop.folder / "csv", **tables), select=SELECT).success
    with duckdb.connect(str(file)) as connection:
        connection.execute("update staging.stg_touchpoints__checked set category = 'marked'")
    changed = next(row for row in tables["touchpoints"] if row["event_id"] == "e20")
    changed["duration_seconds"] = "12345"
    assert shop.build(write_csv(shop.folder / "csv", **tables), fresh=False, select=SELECT).success
    with duckdb.connect(str(file), read_only=True) as connection:
        days = connection.execute(
            "select cast(occurred_at as date), count(*), count(category) from staging.stg_touchpoints__checked group by 1 order by 1"
        ).fetchall()
    assert [count - marked for _, count, marked in days] == [8 if str(day) == changed["occurred_at"][:10] else 0 for day, _, _ in days]
