"""The same rows on DuckDB and on Spark: every public mart, every row and column, as of an earlier day, a later day upon it with all
data and unit tests, after a build that was killed while it forgot rows, and of a dirty brand.

It needs the Spark of `make spark-up`, whose tables it makes anew.
"""

from __future__ import annotations

import json
import os
import signal
import subprocess
import sys
import time
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pytest
from dirty_folders import Folder

from tagmart.spark.forgetting import rest_of
from workshop.bench.days import deliver
from workshop.spark.compare import compare, public_marts
from workshop.spark.export import export
from workshop.spark.plans import growing_loops

pytestmark = pytest.mark.spark
PROJECT = Path(__file__).resolve().parents[2]
REMOTE = os.environ.get("TAGMART_SPARK", "sc://127.0.0.1:15002")
MODELS = ["--resource-type", "seed", "--resource-type", "model"]
DIRTY_SEED = 191  # GBK and UTF-8, tabs and commas, times as milliseconds, serials, floats of pandas; every way to lose a row


class Engines:
    """Builds a raw folder on both engines and compares what came of it."""

    def __init__(self, place: Path):
        self.place, self.database, self.raw = place, place / "tagmart.duckdb", place / "raw"

    def offer(self, folder: Path) -> None:
        """Deliver a raw folder, always under one path: dbt reads the whole project again when a var has changed."""
        self.raw.unlink(missing_ok=True)
        self.raw.symlink_to(folder, target_is_directory=True)

    def dbt(self, target: str, *arguments: str, **vars: str) -> None:
        """Run dbt on one engine; what it says is the failure."""
        ran = subprocess.run(**self._call(target, *arguments, **vars), capture_output=True, text=True)
        assert ran.returncode == 0, ran.stdout[-6000:] + ran.stderr[-2000:]

    def _call(self, target: str, *arguments: str, **vars: str) -> dict:
        command = [str(Path(sys.executable).with_name("dbt")), "--no-use-colors", *arguments, "--target", target]
        command += ["--vars", json.dumps({"raw_path": str(self.raw), **vars})]
        command += ["--target-path", str(self.place / target), "--log-path", str(self.place / f"{target}_logs")]
        environment = os.environ | {
            "TAGMART_DATABASE": str(self.database),
            "OPENBLAS_NUM_THREADS": "1",
            "TAGMART_SPARK": REMOTE,
            "TAGMART_SPARK_ROWS": "few",
            "TAGMART_SPARK_PARTITIONS": "2",
            "TAGMART_THREADS": "3" if target == "spark" else "1",
        }
        return {"args": command, "cwd": PROJECT, "env": environment}

    def build(self, *arguments: str, tests: bool = False, **vars: str) -> None:
        """Build all models on both side by side; with `tests` all data and unit tests on Spark too."""
        with ThreadPoolExecutor(1) as pool:
            beside = pool.submit(self.dbt, "duckdb", "build", *MODELS, *arguments, **vars)
            self.dbt("spark", "build", *([] if tests else MODELS), *arguments, **vars)
            beside.result()

    def kill_while_it_forgets(self, model: str) -> None:
        """Kill the build of a model (schema.name) on Spark while the rows of it that stay wait beside it."""
        said, (schema, name) = self.place / "killed.log", model.split(".")
        with said.open("wb") as log:
            dbt = subprocess.Popen(**self._call("spark", "build", *MODELS, "--select", name), stdout=log, stderr=log)
        while not spark().sql(f"show tables in {schema} like '{name}__rest'").collect():
            assert dbt.poll() is None, said.read_text()[-6000:]
            time.sleep(0.05)
        dbt.kill()
        assert dbt.wait() == -signal.SIGKILL
        assert spark().catalog.tableExists(rest_of(model)), "it was done before it was killed"

    def differences(self) -> list[str]:
        """A line for each public mart that is not the same."""
        marts = public_marts(json.loads((self.place / "duckdb" / "manifest.json").read_text(encoding="utf-8")))
        assert len(marts) > 50
        files = self.place / "exported"
        found = [compare(self.database, files, mart, marts[mart]) for mart in export(REMOTE, files, marts)]
        return [str(each) for each in found if not each.is_none]


def spark():
    """A session of its own beside dbt's."""
    from pyspark.sql import SparkSession

    return SparkSession.builder.remote(REMOTE).config("spark.sql.sources.partitionOverwriteMode", "dynamic").getOrCreate()


@pytest.fixture(scope="module")
def engines(tmp_path_factory) -> Engines:
    return Engines(tmp_path_factory.mktemp("engines"))


def test_as_of_an_earlier_day(engines):
    """A replay: the sample as it was the day before its newest one, built as of the month's first day."""
    raw = engines.place / "brand"
    subprocess.run([sys.executable, "-m", "workshop", "sample", "--force", "--out", str(raw)], cwd=PROJECT, check=True, capture_output=True)
    newest = deliver(raw, engines.place).newest
    engines.offer(engines.place / "day_1")
    engines.build("--full-refresh", as_of_date=str(newest.replace(day=1)))
    assert engines.differences() == []


def test_no_model_compares_each_row_with_each_other(engines):
    """On a million customers such a build would never end; and what would, is found."""
    manifest = json.loads((engines.place / "spark" / "manifest.json").read_text(encoding="utf-8"))
    assert [str(loop) for loop in growing_loops(spark(), manifest)] == []
    orphans = "select case when order_id not in (select order_id from staging.stg_orders) then 1 end as one from staging.stg_order_items"
    planted = {"nodes": {"model.tagmart.planted": {"resource_type": "model", "language": "sql", "compiled_code": orphans}}}
    assert [loop.sides for loop in growing_loops(spark(), planted)] == [(("staging.stg_order_items__checked",), ("staging.stg_orders__checked",))]


def test_a_later_day_with_all_tests(engines):
    """An incremental day upon it: the newest day's events, late and corrected orders, merged accounts. Now the sample is whole."""
    engines.offer(engines.place / "day_2")
    engines.build(tests=True)
    assert engines.differences() == []


def test_a_build_that_is_killed_while_it_forgets(engines):
    """As if something late had become known of every second customer: their rows are to be forgotten and made again."""
    model, key = "intermediate.int_refunds__measured", ["customer_id", "as_of_date"]
    columns = [name for name in spark().table(model).columns if name != "input_fingerprint"]
    other = "case when crc32(customer_id) % 2 = 0 then input_fingerprint + 1 else input_fingerprint end as input_fingerprint"
    spark().sql(f"create or replace temporary view others as select {', '.join(columns)}, {other} from {model}")
    spark().sql("create table intermediate.others using parquet as select * from others")
    names = ", ".join(spark().table(model).columns)
    spark().sql(f"insert overwrite {model} partition (as_of_date) select {names} from intermediate.others")
    spark().sql("drop table intermediate.others")
    engines.kill_while_it_forgets(model)
    engines.dbt("spark", "build", *MODELS, "--select", model.split(".")[1])
    exported = list(export(REMOTE, engines.place / "exported", [model]))
    assert exported == [model] and compare(engines.database, engines.place / "exported", model, key).is_none


def test_dirty_brand(engines):
    raw = engines.place / "dirty"
    Folder(DIRTY_SEED).write(raw)
    engines.offer(raw)
    engines.build("--full-refresh")
    assert engines.differences() == []
