"""What a definition was, and what was said by it, outlives the builds that change it; a size that jumps says why."""

from __future__ import annotations

from datetime import date, timedelta

import brands
import pytest
from conftest import Workshop
from test_kept_builds import build, made

TABLES = brands.brand(brands.Shape(seed=15, people=50))
UPSTREAM = "+path:models/segments"
THRESHOLDS = [{"aipl_purchase_days": 30, "aipl_loyal_days": 30}, {"aipl_purchase_days": 60, "aipl_loyal_days": 30}]  # every rule of aipl reads the first
WINDOW = {"rfm_window_days": 365}  # what rfm scores, and value_level by its scores
SAID = "select scheme_code, segment_code, customers_count from segments.segment_sizes__said where said_number = 1 and as_of_date = "
DEFINITIONS = """
    select distinct change_number, change_kind, in_force_from_date, in_force_until_date, is_in_force
    from segments.segment_definition_changes where scheme_code = 'aipl' order by change_number
"""


def month_end_before(day: date) -> date:
    return day.replace(day=1) - timedelta(days=1)


@pytest.mark.slow
def test_a_size_that_jumps_says_whether_the_rule_or_the_customers_changed(tmp_path):
    shop, raw = Workshop(tmp_path), brands.write(TABLES, tmp_path / "delivered")

    def built(vars: dict | None = None, **settings):
        outcome = build(shop, raw, select=UPSTREAM, vars={"history_months": 2, **(vars or {})}, **settings)
        assert outcome.success, outcome.failed or outcome.text[-2000:]
        return outcome

    (newest,) = built(fresh=True).rows("select max(as_of_date) from intermediate.int_as_of_dates")[0]
    then = month_end_before(newest)
    first = built(fresh=True, vars={"as_of_date": str(then)})
    said = first.rows(SAID + f"date '{then}' order by all")
    assert said == first.rows(f"select scheme_code, segment_code, customers_count from segments.segment_sizes where as_of_date = date '{then}' order by all")
    assert first.rows(DEFINITIONS) == [(1, "added", then, None, True)]
    assert not made(built(vars={"as_of_date": str(then)})) & {"segment_definitions__said", "segment_sizes__said"}

    # Another rule on the same day, all of it built from nothing: both rules are told, and what was said first stays.
    edited = built(vars={"as_of_date": str(then), **THRESHOLDS[0]}, full_refresh=True)
    assert edited.rows(DEFINITIONS) == [(1, "added", then, then, False), (2, "changed", then, None, True)]
    assert edited.rows(SAID + f"date '{then}' order by all") == said

    # A day of the past, by the first rule again: nothing is lost and nothing is said anew, of definitions and of sizes.
    told = edited.rows("select * from segments.segment_sizes__said order by all")
    back = built(vars={"as_of_date": str(month_end_before(then))}, full_refresh=True)
    assert back.rows(DEFINITIONS) == edited.rows(DEFINITIONS)
    assert back.rows("select * from segments.segment_sizes__said order by all") == told

    # Later, by a third rule: aipl was by another rule then, rfm and value_level read another window, and other schemes are as they were.
    later = built(vars={**THRESHOLDS[1], **WINDOW})
    assert later.rows(DEFINITIONS)[1:] == [(2, "changed", then, newest, False), (3, "changed", newest, None, True)]
    jumped = later.rows(
        f"""
        select scheme_code in ('aipl', 'rfm', 'value_level'), has_other_rule, count(*), sum(abs(change_by_rule)) > 0
        from segments.segment_size_changes where to_as_of_date = date '{newest}' and said_customers_count is not null group by all order by all
        """
    )
    others = later.rows("select count(*) from segments.segment_definitions where scheme_code not in ('aipl', 'rfm', 'value_level')")[0][0]
    assert jumped == [(False, False, others, False), (True, True, 5 + 9 + 4, True)]
