"""Contacts, groups, staff and referrals measured on random brands: every cell beside an independent count, and days that stay as they were."""

from __future__ import annotations

import csv
import math
from datetime import date, timedelta
from pathlib import Path

import brands
import measured_brands
import measured_contacts
import measured_groups
import measured_staff
import numpy as np
import pytest
from conftest import PROJECT
from statsmodels.duration.survfunc import SurvfuncRight, survdiff

MARTS = "daily_contacts daily_groups daily_alerts group_survival group_log_rank group_activity staff_performance staff_crowds referral_performance"
SELECT = " ".join(f"+{mart}" for mart in [*MARTS.split(), "int_relations__held"])
SHAPE = brands.Shape(seed=14, people=160, oddity=0.3)
KEYS = {
    "daily_contacts": ("measured_date", "channel_level", "channel"),
    "daily_groups": ("measured_date", "group_level", "group_kind", "chat_id"),
    "daily_alerts": ("measured_date", "measure_code"),
    "group_activity": ("as_of_date", "chat_id"),
    "staff_performance": ("as_of_date", "holder_kind", "userid"),
    "referral_performance": ("as_of_date", "inviter_kind", "inviter_id"),
}
# Identities are merged when more is known, so the people of a day may become fewer, and what hangs on them.
BY_IDENTITY = {"people_count", "new_people_count", "lost_people_count"}


def built(workshop, shape: brands.Shape, tests: bool = True, **settings):
    folder = brands.write(measured_brands.brand(shape), workshop.folder / "delivered")
    done = workshop.build(folder, select=SELECT, vars={"max_rejected_share": 1, **settings})
    assert done.success, done.text[-3000:]
    if tests:
        asked = workshop.build(folder, fresh=False, command="test", select="path:tests/measurement path:models/measurement,test_type:data", vars=settings)
        assert asked.success, f"{asked.failed}\n{asked.text[-1500:]}"
    return done


def check(workshop, shape: brands.Shape) -> None:
    """Compare every mart with its reference, and say which cells differ."""
    brand = measured_contacts.Brand(built(workshop, shape).database)
    chats = measured_groups.chats_of(brand)
    members = measured_groups.memberships(brand, chats)
    runs = measured_contacts.relations(brand)
    bought = measured_staff.month_purchases(brand)
    contacts, groups = measured_contacts.daily_contacts(brand), measured_groups.daily_groups(brand, chats, members)
    same(brand, "daily_contacts", contacts)
    same(brand, "daily_groups", groups)
    same(brand, "daily_alerts", measured_contacts.daily_alerts(brand, contacts, groups, events()))
    same(brand, "group_activity", measured_groups.group_activity(brand, chats, members, bought))
    staff = measured_staff.staff_performance(brand, runs, bought)
    for (day, userid), talked in measured_staff.talks(brand).items():
        staff[day, "staff", userid] |= talked
    same(brand, "staff_performance", staff, rows_without="staff")
    same(brand, "referral_performance", measured_staff.referral_performance(brand))
    survives(brand, measured_groups.lives(brand, chats, members))
    assert any(run.begin_kind == "transfer" for run in runs) and any(row["awaiting_transfer_count"] for row in contacts.values())
    assert any(key[1] == "customer" for key in measured_staff.referral_performance(brand)), "nobody was invited, so nothing was compared"


def same(brand, mart: str, expected: dict[tuple, dict], rows_without: str = "") -> None:
    """Assert that a mart has just these rows (a row of zeros may be left out where its second key is `rows_without`), and their values."""
    found = {tuple(row[key] for key in KEYS[mart]): row for row in brand.rows(f"measurement.{mart}")}
    extra = [key for key in found.keys() - expected.keys() if key[1] != rows_without]
    assert not extra and not expected.keys() - found.keys(), f"{mart}: too many {extra[:3]}, missing {list(expected.keys() - found.keys())[:3]}"
    columns = {column for row in expected.values() for column in row}
    wrong = [
        f"{key} {column} is {row[column]}, should be {expected.get(key, {}).get(column, 0)}"
        for key, row in found.items()
        for column in columns
        if not alike(row[column], expected.get(key, {}).get(column, None if row[column] is None else 0))
    ]
    assert not wrong, f"{mart}: {len(wrong)} cells differ\n" + "\n".join(wrong[:8])


def alike(one, other) -> bool:
    if isinstance(one, float) and other is not None:
        return math.isclose(one, other, rel_tol=1e-9, abs_tol=1e-9)
    return one == other


def survives(brand, lives: dict[str, list]) -> None:
    """Compare with statsmodels to 1e-9: survival, Greenwood's error, and the log-rank test."""
    steps = {(row["life_of"], row["group_kind"], row["lived_days"]): row for row in brand.rows("measurement.group_survival")}
    for life_of, seen in lives.items():
        for kind in {kind for kind, _, _ in seen} | {"all"}:
            times = np.array([(days, over) for of_kind, days, over in seen if kind in (of_kind, "all")])
            curve = SurvfuncRight(times[:, 0], times[:, 1])
            if times[:, 1].any():
                for day, share, error in zip(curve.surv_times, curve.surv_prob, curve.surv_prob_se, strict=True):
                    row = steps[life_of, kind, int(day)]
                    assert math.isclose(row["survival_share"], share, rel_tol=1e-9, abs_tol=1e-12), (life_of, kind, day)
                    assert row["standard_error"] is None if math.isnan(error) else math.isclose(row["standard_error"], error, rel_tol=1e-9)
    tested = {row["life_of"]: row for row in brand.rows("measurement.group_log_rank")}
    for life_of, seen in lives.items():
        compared = [(days, over, kind) for kind, days, over in seen if kind in ("general", "segmented")]
        if {"general", "segmented"} == {kind for *_, kind in compared} and tested[life_of]["p_value"] is not None:
            days, over, kinds = zip(*compared, strict=True)
            chi_square, p_value = survdiff(np.array(days), np.array(over, dtype=int), np.array(kinds))
            assert math.isclose(tested[life_of]["chi_square"], chi_square, rel_tol=1e-9, abs_tol=1e-12)
            assert math.isclose(tested[life_of]["p_value"], p_value, rel_tol=1e-9)


def events() -> list[dict]:
    with Path(PROJECT / "seeds/calendar_events.csv").open(encoding="utf-8") as file:
        return [{**row, "starts_on": date.fromisoformat(row["starts_on"]), "ends_on": date.fromisoformat(row["ends_on"])} for row in csv.DictReader(file)]


def test_every_cell_is_counted_again(workshop):
    check(workshop, SHAPE)


@pytest.mark.slow
@pytest.mark.parametrize("seed", range(8))
def test_more_brands(workshop, seed):
    newest = brands.NEWEST_DAYS[seed % len(brands.NEWEST_DAYS)]
    check(workshop, brands.Shape(seed=seed, people=[60, 160][seed % 2], newest=newest, oddity=[0.05, 0.15, 0.4][seed % 3], merging=[0.3, 0.6][seed % 2]))


@pytest.mark.parametrize("days_ago", [1, pytest.param(47, marks=pytest.mark.slow), pytest.param(200, marks=pytest.mark.slow)])
def test_a_day_that_is_over_stays(workshop, days_ago):
    """Built as of a day, the rows up to it are those of the build of all data: later losses, joins, dismissals and names rewrite nothing."""
    day = SHAPE.newest - timedelta(days=days_ago)
    whole = measured_contacts.Brand(built(workshop, SHAPE, tests=False).database)
    later = {mart: whole.rows(f"measurement.{mart}") for mart in ("daily_contacts", "daily_groups", "daily_alerts")}
    then = measured_contacts.Brand(built(workshop, SHAPE, tests=False, as_of_date=str(day)).database)
    for mart, rows in later.items():
        known = {tuple(row[key] for key in KEYS[mart]): row for row in then.rows(f"measurement.{mart}")}
        kept = {tuple(row[key] for key in KEYS[mart]): row for row in rows if row["measured_date"] <= day}
        ignored = BY_IDENTITY if mart == "daily_contacts" else set()
        wrong = [
            (key, column)
            for key in known.keys() | kept.keys()
            for column in (known.get(key) or kept[key]).keys() - ignored
            if key[-1] != "buyers" and (known.get(key) or {}).get(column) != (kept.get(key) or {}).get(column)
        ]
        assert not wrong and known, f"{mart} as of {day}: {wrong[:5]}"
