"""Campaigns of random brands, every cell beside a second measurement from rows; and what the Python model gives."""

from __future__ import annotations

import math
from collections import Counter
from datetime import datetime, time, timedelta
from random import Random

import brands
import pytest
from compared import rows_of
from drawn_campaigns import with_campaigns
from draws import drawn
from measured_campaigns import effects, funnel
from measured_trials import Brand

from tagmart.contract import raw_contract
from tagmart.measurement.effects import KEY, SCHEMA

SELECTED = "+path:models/measurement/campaigns"


def brand_with_campaigns(seed: int, people: int) -> dict[str, list[dict]]:
    random = Random(seed)
    shape = brands.Shape(
        seed=seed, people=people, newest=random.choice(brands.NEWEST_DAYS), oddity=random.choice([0.05, 0.15]), merging=random.choice([0.1, 0.3])
    )
    return with_campaigns(brands.brand(shape), seed, datetime.combine(shape.newest, time(4)))


def differences(found: list[dict], key: list[str], expected: dict[tuple, dict]) -> list[str]:
    rows = {tuple(row[name] for name in key): row for row in found}
    assert len(rows) == len(found)
    apart = [f"{at}: {'missing' if at in expected else 'too many'}" for at in rows.keys() ^ expected.keys()]
    for at in rows.keys() & expected.keys():
        apart += [f"{at} {name} is {rows[at][name]}, should be {value}" for name, value in expected[at].items() if not same(rows[at][name], value)]
    return apart


def same(found, expected) -> bool:
    if isinstance(expected, float) and found is not None:
        return math.isclose(found, expected, rel_tol=1e-9, abs_tol=1e-9)
    return found == expected


def check(database) -> Counter:
    """Compare uplift, programme and funnel of a built brand; return how many effects have which status."""
    brand = Brand(database)
    trials = list(brand.trials())
    single, months, steps = {}, {}, {}
    for trial in trials:
        for (scheme, segment), row in effects(trial, brand.dates[-1]).items():
            if trial.is_global and scheme == "all":
                months[trial.campaign_id, trial.starts] = row
            if not trial.is_global and (scheme == "all" or any(person.variant != "touched" for person in trial.people)):
                single[trial.campaign_id, scheme, segment] = row
        if not trial.is_global:
            steps |= {(trial.campaign_id, *at): row for at, row in funnel(trial)}
    for row in (*single.values(), *months.values()):
        for name in ("difference", "p_value", "holm_p_value", "adjusted_low", "rate_difference_low", "planned_treatment_share"):
            row.setdefault(name, None)
    for row in months.values():
        del row["holm_p_value"]
    apart = differences(rows_of(database, "measurement.campaign_uplift"), ["campaign_id", "scheme_code", "segment_code"], single)
    apart += differences(rows_of(database, "measurement.programme_uplift"), ["campaign_id", "month_starts_date"], months)
    apart += differences(rows_of(database, "measurement.touchpoint_funnel"), ["campaign_id", "touchpoint", "scheme_code", "segment_code"], steps)
    assert apart == [], f"{len(apart)} cells differ: " + "; ".join(apart[:8])
    return Counter(row["status"] for row in (*single.values(), *months.values()))


def test_a_brand_is_measured_as_from_rows(workshop):
    folder = brands.write(brand_with_campaigns(1, 220), workshop.folder / "campaigns")
    for select, tests in ((SELECTED, False), (SELECTED.removeprefix("+"), True)):
        built = workshop.build(folder, fresh=not tests, tests=tests, select=select, vars={"max_rejected_share": 1})
        assert built.success, built.text[-3000:]
    statuses = check(built.database)
    assert min(statuses[status] for status in ("measured", "not_enough_data", "running", "no_holdout")) > 0, statuses
    columns = built.rows("select column_name, data_type from duckdb_columns() where table_name = 'fit_campaign_effects' order by column_index")
    types = {"string": "VARCHAR", "date32[day]": "DATE", "double": "DOUBLE"}
    assert columns == [(field.name, types[str(field.type)]) for field in SCHEMA] and [name for name, _ in columns[:4]] == KEY


@pytest.mark.slow
@pytest.mark.parametrize("seed", drawn(range(2, 8), least=2))
def test_many_brands_are_measured_as_from_rows(workshop, seed):
    folder = brands.write(brand_with_campaigns(seed, 260), workshop.folder / "campaigns")
    built = workshop.build(folder, select=SELECTED, vars={"max_rejected_share": 1})
    assert built.success, built.text[-3000:]
    assert check(built.database)["measured"] > 0


@pytest.mark.slow
def test_an_ended_campaign_stays_as_it_was_measured(workshop):
    """Replay: as of ten days before the newest day, without what may change the past: refunds and sightings that came since."""
    tables = brand_with_campaigns(1, 120)
    newest = max(row["ordered_at"] for row in tables["orders"]).date() - timedelta(days=1)
    day = newest - timedelta(days=10)
    for table in ("refunds", "touchpoints", "wecom_contacts", "wecom_group_members", "customers"):
        tables[table] = [row for row in tables[table] if (row[raw_contract()[table]["event_at"]] or datetime.min).date() < day]
    for order in tables["orders"]:
        order |= {"phone_hash": None, "device_id": None} if order["ordered_at"].date() >= day else {}
    folder = brands.write(tables, workshop.folder / "campaigns")
    found = []
    for as_of_date in (str(day), str(newest)):
        built = workshop.build(folder, select=SELECTED, vars={"max_rejected_share": 1, "as_of_date": as_of_date, "history_months": 24})
        assert built.success, built.text[-3000:]
        ended = f"where window_ends_date <= date '{day}' order by all"
        found.append({name: built.rows(f"select * from measurement.{name} {ended}") for name in ("campaign_uplift", "touchpoint_funnel", "programme_uplift")})
    for name, rows in found[0].items():
        assert rows and [pair for pair in zip(rows, found[1][name], strict=True) if pair[0] != pair[1]] == [], name


@pytest.mark.slow
def test_a_brand_of_orders_alone_is_measured_as_nothing(workshop):
    tables = {"orders": [row | {"currency": None} for row in brands.brand(brands.Shape(seed=3, people=60))["orders"]]}
    folder = brands.write(tables, workshop.folder / "orders_alone")
    for select, tests in ((SELECTED, False), (SELECTED.removeprefix("+"), True)):
        built = workshop.build(folder, fresh=not tests, tests=tests, select=select, vars={"max_rejected_share": 1})
        assert built.success, built.text[-3000:]
    for name in ("campaign_uplift", "programme_uplift", "touchpoint_funnel", "campaign_action_effects"):
        assert built.rows(f"select count(*) from measurement.{name}") == [(0,)]
