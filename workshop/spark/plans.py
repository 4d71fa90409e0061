"""Which models would compare each row with each other row on Spark: joins without an equality, of two sides that both grow with customers.

On a few thousand rows such a join takes a moment, on a million a week. Spark has no hash for it, so its plan says so beforehand.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from pyspark.sql import SparkSession

LOOPS = ("BroadcastNestedLoopJoin", "CartesianProduct")
FEW = 2_000  # rows of a table of the bundled sample that does not grow with customers: dates, periods, classes, seeds
BY_DATE = {"staging.stg_raw_days", "segments.segment_sizes"}  # more rows, and yet no more with more customers
GROUPED = {"campaign_trials": {"intermediate.int_campaign_members__dated"}}  # joined after they are grouped: by campaigns
_INDENT = re.compile(r"^[ :|+\-]*")
_TABLE = re.compile(r"FileScan parquet spark_catalog\.([\w.]+)")
_REUSED = re.compile(r"ReusedExchange .*\[plan_id=(\d+)\]")


@dataclass(frozen=True)
class Loop:
    """A join without an equality in a model's plan, with the tables of each side that have more than FEW rows."""

    model: str
    join: str
    sides: tuple[tuple[str, ...], ...]

    def __str__(self) -> str:
        left, right = (", ".join(side) for side in self.sides)
        return f"{self.model} compares each row of {left} with each of {right}: {self.join}"


def growing_loops(spark: SparkSession, manifest: dict) -> Iterator[Loop]:
    """Yield the joins of the models in a manifest of `dbt build --target spark` whose sides both read a table of more than FEW rows.

    A side that is one row, by an aggregate without groups, is small whatever it reads.
    """

    @cache
    def is_large(table: str) -> bool:
        return table not in BY_DATE and spark.table(table).count() > FEW

    for name, node in sorted(manifest["nodes"].items()):
        if node["resource_type"] != "model" or node["language"] != "sql" or not node.get("compiled_code"):
            continue
        model = name.split(".")[-1]
        for join, sides in loops(spark.sql(f"explain extended {node['compiled_code']}").collect()[0][0]):
            large = tuple(tuple(table for table in side if table not in GROUPED.get(model, ()) and is_large(table)) for side in sides)
            if all(large):
                yield Loop(model, join, large)


def loops(plan: str) -> Iterator[tuple[str, list[list[str]]]]:
    """Yield (the join, the tables of each side) of the joins without an equality in what `explain extended` says."""
    lines = plan[plan.index("== Physical Plan ==") :].splitlines()
    for place, line in enumerate(lines):
        if any(loop in line for loop in LOOPS):
            yield line[_depth(line) :].lstrip("*() 0123456789"), [_tables(side, lines) for side in _children(lines, place)]


def _children(lines: list[str], place: int) -> list[list[str]]:
    """The subtrees of a line: a child stands three places further to the right than its parent."""
    children: list[list[str]] = []
    for line in lines[place + 1 :]:
        if _depth(line) <= _depth(lines[place]):
            break
        if _depth(line) == _depth(lines[place]) + 3:
            children.append([])
        children[-1].append(line)
    return children


def _tables(side: list[str], lines: list[str]) -> list[str]:
    """The tables below, but not those of which one row is left, by an aggregate without groups."""
    found, one_row_at = set(), None
    for line in side:
        if one_row_at is not None and _depth(line) > one_row_at:
            continue
        one_row_at = _depth(line) if "Aggregate(keys=[]," in line else None
        found |= set(_TABLE.findall(line))
        for plan_id in _REUSED.findall(line):
            place = next(place for place, other in enumerate(lines) if f"[plan_id={plan_id}]" in other and "Reused" not in other)
            found |= {table for child in _children(lines, place) for table in _tables(child, lines)}
    return sorted(found)


def _depth(line: str) -> int:
    return len(_INDENT.match(line).group())
