"""Contacts, groups, staff and referrals measured on random brands: every cell beside an independent count."""

from __future__ import annotations

import csv
import math
from datetime import date
from pathlib import Path

import brands
import measured_contact_brands
import measured_contacts
import measured_groups
import measured_staff
import numpy as np
import pytest
from conftest import PROJECT
from draws import drawn
from statsmodels.duration.survfunc import SurvfuncRight, survdiff

SHAPE = measured_contact_brands.SHAPE


def check(workshop, shape: brands.Shape) -> None:
    """Compare every mart with its reference, and say which cells differ."""
    brand = measured_contact_brands.built(workshop, shape)
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


def same(brand, mart: str, expected: dict[tuple, dict], rows_without: str = "") -> None:
    """Assert that a mart has just these rows (a row of zeros may be left out where its second key is `rows_without`), and their values."""
    found = {tuple(row[key] for key in measured_contact_brands.KEYS[mart]): row for row in brand.rows(f"measurement.{mart}")}
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


def test_orders_alone_are_enough(workshop, tmp_path):
    """Nobody is a contact, in a group or invited: the tables are empty, or say who is not there, and no test of theirs fails."""
    orders = [{**row, "currency": None} for row in brands.brand(SHAPE)["orders"]]
    folder = brands.write({"orders": orders}, tmp_path / "orders")
    for file in {*folder.glob("*.parquet")} - {folder / "orders.parquet"}:
        file.unlink()
    brand = measured_contacts.Brand(measured_contact_brands.asked(workshop, folder))
    rows = {mart: brand.rows(f"measurement.{mart}") for mart in measured_contact_brands.MARTS.split()}
    assert [mart for mart, found in rows.items() if not found] == ["daily_contacts", "daily_groups", "group_survival", "group_log_rank", "group_activity"]
    assert {row["measure_code"] for row in rows["daily_alerts"]} == {"orders", "buyers", "net_amount"}
    assert {row["holder_kind"] for row in rows["staff_performance"]} == {"unassigned", "anonymous"}
    assert {row["inviter_kind"] for row in rows["referral_performance"]} == {"nobody"}


@pytest.mark.slow
@pytest.mark.parametrize("seed", drawn(range(8), least=3))
def test_more_brands(workshop, seed):
    newest = brands.NEWEST_DAYS[seed % len(brands.NEWEST_DAYS)]
    check(workshop, brands.Shape(seed=seed, people=[60, 160][seed % 2], newest=newest, oddity=[0.05, 0.15, 0.4][seed % 3], merging=[0.3, 0.6][seed % 2]))
