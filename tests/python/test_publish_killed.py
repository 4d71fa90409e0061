"""tagmart publish killed at drawn moments: readers find one state, that before or the new one, and the next publication clears the rest."""

from __future__ import annotations

import json
import subprocess
import sys
import time
from pathlib import Path
from random import Random

import duckdb
import pytest
from loopback_postgres import loopback_postgres
from published import change, green_build, green_database, publish

__all__ = ["green_build", "green_database"]  # the fixture `built`
MORE = "insert into tags.customer_tags (customer_id, as_of_date) select cast(range as varchar), date '2024-09-30' from range(200000)"
STATE = "update tags.customer_tags set n = {0}; update segments.segment_rfm set segment_code = '{0}'"
READ = "select count(*), min(n), max(n), (select min(segment_code) from {1}), (select max(segment_code) from {1}) from {0}"


def killed_after(seconds: float, database: Path, to: Path | str) -> bool:
    """Publish in a process of its own and kill it; whether it was killed before its end."""
    command = [sys.executable, "-m", "tagmart.cli", "publish", "--database", str(database), "--to", str(to)]
    running = subprocess.Popen(command, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
    time.sleep(seconds)
    running.kill()
    return running.wait() != 0


def moments(number: int, database: Path, to: Path | str, *options: str) -> list[float]:
    """Drawn seconds from the start of such a process, between its imports and its end, as long as both take now."""
    begins = time.perf_counter()
    subprocess.run([sys.executable, "-c", "import tagmart.publish.command, psycopg"], check=True)
    imported = time.perf_counter() - begins
    assert publish(database, to, *options).exit_code == 0
    random, written = Random(number), time.perf_counter() - begins - imported
    return [random.uniform(0.8 * imported, imported + 1.1 * written) for _ in range(number)]


def one_state(row: tuple, known: set[int]) -> int:
    """The number of the state that both marts show whole; a fault when they show two, or part of one."""
    count, least, most, least_code, most_code = row
    assert count == 200002 and least == most == int(least_code) == int(most_code) and least in known, row
    return least


def read_folder(out: Path) -> tuple[tuple, tuple]:
    parquet = out / "parquet" / json.loads((out / "parquet/current.json").read_text())["version"]
    with duckdb.connect(str(out / "tagmart.duckdb"), read_only=True) as connection:
        files = connection.execute(READ.format(f"'{parquet}/customer_tags.parquet'", f"'{parquet}/segment_rfm.parquet'")).fetchone()
        return files, connection.execute(READ.format("tags.customer_tags", "segments.segment_rfm")).fetchone()


@pytest.mark.parametrize("number", [3, pytest.param(12, marks=pytest.mark.slow)])
def test_killed_into_a_folder(built, tmp_path, number):
    out = tmp_path / "out"
    change(built, f"{MORE}; {STATE.format(0)}")
    drawn = moments(number, built, tmp_path / "measured")
    assert publish(built, out).exit_code == 0
    killed = 0
    for state, seconds in enumerate(drawn, 1):
        change(built, STATE.format(state))
        killed += killed_after(seconds, built, out)
        for row in read_folder(out):
            one_state(row, set(range(state + 1)))
    assert killed >= number / 3 and publish(built, out).exit_code == 0
    assert [one_state(row, {number}) for row in read_folder(out)] == [number] * 2
    left = {path.name for path in [*out.iterdir(), *(out / "parquet").iterdir()]}
    kept = json.loads((out / "parquet/current.json").read_text())["kept"]
    assert left == {"tagmart.duckdb", "parquet", "current", "current.json", *kept}


@pytest.mark.slow
def test_killed_into_postgres(built):
    psycopg = pytest.importorskip("psycopg")
    with loopback_postgres() as url, psycopg.connect(url, autocommit=True) as reader:
        change(built, f"{MORE}; {STATE.format(0)}")
        drawn = moments(12, built, url, "--schema", "measured")
        assert publish(built, url).exit_code == 0
        now, remains, killed = 0, 0, 0
        for state, seconds in enumerate(drawn, 1):
            change(built, STATE.format(state))
            killed += killed_after(seconds, built, url)
            found = one_state(reader.execute(READ.format("tagmart.customer_tags", "tagmart.segment_rfm")).fetchone(), {now, state})
            remains += found == now
            now = found
        assert killed >= 4 and remains >= 2
        assert publish(built, url).exit_code == 0
        assert one_state(reader.execute(READ.format("tagmart.customer_tags", "tagmart.segment_rfm")).fetchone(), {12}) == 12
        assert reader.execute("select count(*) from pg_namespace where nspname ~ '^tagmart_'").fetchone() == (2,)
