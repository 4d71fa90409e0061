"""A segment is made again only at the as-of dates whose customers have changed, and its rows are those of a build from nothing."""

from __future__ import annotations

from pathlib import Path

import brands
import duckdb
import pytest
from conftest import Workshop
from test_kept_builds import build, made, rows

SEGMENTS = ("activity", "aipl", "crowd_scene", "journey", "pareto", "rfm", "value_level", "sizes", "transitions", "moves")
MARTS = ("tags.customer_tags", "segments.customer_segments", *(f"segments.segment_{name}" for name in SEGMENTS))
UPSTREAM = "+path:models/segments"
TABLES = brands.brand(brands.Shape(seed=12, people=50))


def mark(database: Path, *segments: str, hits: int = 7) -> None:
    """Write into each row of the segments what no build would: it stays where a row is kept."""
    with duckdb.connect(str(database)) as connection:
        for segment in segments:
            connection.execute(f"update segments.{segment} set rule_hits = {hits}")


def made_dates(database: Path, segment: str) -> tuple[set, set]:
    """The as-of dates of a marked segment that were made again, and those that were kept."""
    with duckdb.connect(str(database), read_only=True) as connection:
        dates = connection.execute(f"select as_of_date, bool_or(rule_hits = 1), bool_or(rule_hits = 7) from segments.{segment} group by 1").fetchall()
    return {date for date, is_made, _ in dates if is_made}, {date for date, _, is_kept in dates if is_kept}


@pytest.mark.slow
def test_dates_that_nobody_touched_are_kept(tmp_path):
    shop = Workshop(tmp_path)
    first = build(shop, brands.write(TABLES, tmp_path / "delivered"), fresh=True, select=UPSTREAM)
    assert first.success, first.failed
    mark(first.database, "segment_activity", "segment_rfm")

    # An order of the past costs more now: its date and those after it are made again, the ones before are not.
    bought = [order for order in TABLES["orders"] if order["status"] == "completed" and order["customer_id"] and order["order_amount"] > 0]
    dearer = sorted(bought, key=lambda order: order["ordered_at"])[-len(bought) // 5]
    changed = {**TABLES, "orders": [{**row, "order_amount": row["order_amount"] + 1000} if row is dearer else row for row in TABLES["orders"]]}
    raw = brands.write(changed, tmp_path / "delivered_later")
    later = build(shop, raw, select=UPSTREAM)
    assert later.success, later.failed
    for segment in ("segment_activity", "segment_rfm"):
        again, kept = made_dates(later.database, segment)
        assert kept and again and not again & kept and max(kept) < min(again), (segment, again, kept)
        assert max(kept) < dearer["ordered_at"].date() <= max(again)
    mark(later.database, "segment_activity", "segment_rfm", hits=1)
    assert rows(later.database, MARTS) == rows(build(shop, raw, name="anew", fresh=True, select=UPSTREAM).database, MARTS)

    # Another definition makes its own segment and what is counted from it, at all dates; another segment is left alone.
    mark(later.database, "segment_activity", "segment_rfm")
    other = {"activity_star_days": 9}
    edited = build(shop, raw, select="path:models/segments", vars=other)
    assert made_dates(edited.database, "segment_activity")[1] == set() == made_dates(edited.database, "segment_rfm")[0]
    assert "segment_rfm" not in made(edited)
    mark(edited.database, "segment_rfm", hits=1)
    whole = build(shop, raw, name="anew", select="path:models/segments", vars={**other, "keep_unchanged": False})
    assert rows(edited.database, MARTS) == rows(whole.database, MARTS)
