"""The Spark of `make spark-up` for BI tools: what dbt writes over Connect is read over Thrift, and is still there after a restart."""

from __future__ import annotations

import os
import subprocess
from collections.abc import Iterator
from importlib.util import find_spec
from pathlib import Path

import pytest

from workshop.spark.cluster import HOST, Cluster, down, up

pytestmark = pytest.mark.spark


@pytest.fixture(scope="module")
def cluster(tmp_path_factory) -> Iterator[Cluster]:
    """One beside the cluster of the other tests, on ports of its own."""
    place = tmp_path_factory.mktemp("thrift")
    one = Cluster(place, connect=15102, thrift=10100, master=7177, worker=7178, memory="1g", driver_memory="1g")
    list(up(one))
    yield one
    down(one)


def over_thrift(cluster: Cluster, sql: str) -> list[str]:
    """The lines that Hive's own client prints, names of columns first."""
    home = Path(find_spec("pyspark").origin).parent
    address = f"jdbc:hive2://{HOST}:{cluster.thrift}"
    command = [home / "bin" / "beeline", "-u", address, "-n", "bi", "--silent=true", "--outputformat=csv2", "-e", sql]
    said = subprocess.run(command, env=os.environ | {"SPARK_HOME": str(home)}, capture_output=True, text=True, timeout=120, check=True)
    # It may print its prompt in front of the first line.
    return [line.rpartition("> ")[2] for line in said.stdout.splitlines() if line.strip()]


def test_what_connect_writes_thrift_reads_also_after_a_restart(cluster):
    from pyspark.sql import SparkSession

    session = SparkSession.builder.remote(cluster.address).create()
    session.sql("create schema tags")
    session.sql("""
        create table tags.mart (customer_id string comment 'Who.', amount decimal(18, 4), seen_at timestamp_ntz) using parquet comment 'One row per customer.'
    """)
    session.sql("insert into tags.mart values ('客户一', 1.5, timestamp_ntz '2025-06-30 08:00:00'), ('b', null, null)")
    session.sql("create view tags.amounts as select sum(amount) as amount, count(*) as customers from tags.mart")
    session.stop()
    rows = ["customer_id,amount,seen_at", "b,NULL,NULL", "客户一,1.5000,2025-06-30 08:00:00.0"]
    asked = "select customer_id, amount, seen_at from tags.mart order by customer_id"
    assert over_thrift(cluster, asked) == rows
    assert over_thrift(cluster, "select * from tags.amounts") == ["amount,customers", "1.5000,2"]
    assert len(down(cluster)) == 4
    list(up(cluster))
    assert over_thrift(cluster, asked) == rows
