"""tagmart publish killed at several moments: readers find the state before or after, whole."""

from __future__ import annotations

import json
import subprocess
import sys
import time

import duckdb
from published import change, green_build, green_database, publish

__all__ = ["green_build", "green_database"]  # the fixture `built`


def test_a_killed_publication_leaves_a_whole_state_and_the_next_one_clears_its_remains(built, tmp_path):
    out = tmp_path / "out"
    assert publish(built, out).exit_code == 0
    command = [sys.executable, "-m", "tagmart.cli", "publish", "--database", str(built), "--to", str(out)]
    change(built, "insert into tags.customer_tags (customer_id, as_of_date, n) select cast(range as varchar), date '2024-09-30', 9 from range(300000)")
    for delay in (0.35, 0.45, 0.55, 0.65, 0.8):
        running = subprocess.Popen(command, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
        time.sleep(delay)
        running.kill()
        running.wait()
        version = json.loads((out / "parquet/current.json").read_text())["version"]
        assert duckdb.sql(f"select count(*) from '{out}/parquet/{version}/customer_tags.parquet'").fetchall()[0][0] in (2, 300002)
        with duckdb.connect(str(out / "tagmart.duckdb"), read_only=True) as connection:
            assert connection.execute(
                "select (select count(*) from tags.customer_tags) = row_count from published where mart = 'customer_tags'"
            ).fetchone() == (True,)
    assert publish(built, out).exit_code == 0
    assert list(out.rglob(".next-*")) == []
