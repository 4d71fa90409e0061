"""One shop account that holds a share of all touches: how much longer does its task take than the others, and does Spark split it?

A Spark in this process joins touches to customers and counts within each customer (a window function), and writes a log of its tasks.
"""

from __future__ import annotations

import json
import os
from collections import defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from pathlib import Path
from statistics import median
from tempfile import TemporaryDirectory

TOUCHES_A_CUSTOMER = 52
BYTES_TO_SPLIT = 500_000  # a partition of more is split, where Spark's own 256 MB fit billions of touches
# Which of Spark's means are used, and what they are called.
WAYS = {
    "not adapted": {"spark.sql.adaptive.enabled": "false"},
    "adapted, skew left": {"spark.sql.adaptive.enabled": "true", "spark.sql.adaptive.skewJoin.enabled": "false"},
    "adapted, skew split": {"spark.sql.adaptive.enabled": "true", "spark.sql.adaptive.skewJoin.enabled": "true"},
}
QUERIES = {
    "join": "select touches.touch, customers.name from touches join customers on touches.customer = customers.customer",
    "window": "select touch, row_number() over (partition by customer order by touch) as place from touches",
}


@dataclass(frozen=True)
class Tasks:
    """The tasks of one query that read a shuffle: their number, and of the longest and of the one in the middle the seconds and rows."""

    query: str
    way: str
    count: int
    longest: float
    middle: float
    most_rows: int
    middle_rows: int


def simulate(touches: int, share: float, partitions: int, cores: int) -> Iterator[Tasks]:
    """Run each query in each way over so many touches, of which one customer has a share (0 to 1); yield what its tasks took."""
    from pyspark.sql import SparkSession

    # pyspark takes another kind of session for the one it is asked for where this is set.
    os.environ.pop("SPARK_REMOTE", None)
    with TemporaryDirectory() as folder:
        settings = {
            "spark.eventLog.enabled": "true",
            "spark.eventLog.dir": Path(folder).as_uri(),
            "spark.eventLog.rolling.enabled": "false",
            "spark.eventLog.compress": "false",
            "spark.ui.enabled": "false",
            "spark.ui.showConsoleProgress": "false",
            "spark.driver.memory": "2g",
            "spark.sql.shuffle.partitions": str(partitions),
            "spark.sql.autoBroadcastJoinThreshold": "-1",
            "spark.sql.adaptive.autoBroadcastJoinThreshold": "-1",
            "spark.sql.adaptive.advisoryPartitionSizeInBytes": str(BYTES_TO_SPLIT),
            "spark.sql.adaptive.coalescePartitions.enabled": "false",
            "spark.sql.adaptive.skewJoin.skewedPartitionThresholdInBytes": str(BYTES_TO_SPLIT),
        }
        builder = SparkSession.builder.master(f"local[{cores}]")
        for name, value in settings.items():
            builder = builder.config(name, value)
        spark = builder.getOrCreate()
        try:
            _rows(spark, touches, share)
            for way, means in WAYS.items():
                for name, value in means.items():
                    spark.conf.set(name, value)
                for query, sql in QUERIES.items():
                    spark.sparkContext.setJobGroup(f"{query}|{way}", query)
                    spark.sql(sql).write.format("noop").mode("overwrite").save()
        finally:
            spark.stop()
        log = next(Path(folder).iterdir())
        with log.open(encoding="utf-8") as lines:
            yield from tasks_of(lines)


def tasks_of(log: Iterable[str]) -> list[Tasks]:
    """What Spark's log (a JSON event a line) says of the tasks that read a shuffle, by job group `query|way`, in their order."""
    group_of, tasks = {}, defaultdict(list)
    for line in log:
        event = json.loads(line)
        if event["Event"] == "SparkListenerJobStart":
            group_of |= dict.fromkeys(event["Stage IDs"], event["Properties"].get("spark.jobGroup.id"))
        elif event["Event"] == "SparkListenerTaskEnd" and (group := group_of.get(event["Stage ID"])):
            rows = event["Task Metrics"]["Shuffle Read Metrics"]["Total Records Read"]
            if rows:
                tasks[group].append((event["Task Metrics"]["Executor Run Time"] / 1000, rows))
    found = []
    for group, ran in tasks.items():
        seconds, rows = zip(*ran)
        found.append(Tasks(*group.split("|"), len(ran), max(seconds), median(seconds), max(rows), int(median(rows))))
    return found


def _rows(spark, touches: int, share: float) -> None:
    """Identifiers of 64 and 32 characters, as hashes are; every 1 / share-th touch is the shop account's, customer 0."""
    customers = touches // TOUCHES_A_CUSTOMER
    whose = f"case when id % {round(1 / share)} = 0 then 0 else id % {customers} end"
    touch = "md5(cast(id as string)) as touch"
    spark.sql(f"select sha2(cast({whose} as string), 256) as customer, {touch} from range({touches})").createOrReplaceTempView("touches")
    spark.sql(f"select sha2(cast(id as string), 256) as customer, id as name from range({customers})").createOrReplaceTempView("customers")
