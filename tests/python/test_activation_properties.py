"""Activation on random brands: every list equals an independent reference, the caps hold, and the plan is worth what the best one is.

A full build is dear, so each brand is asked several times with other consents, blocks and settings, which only activation reads.
"""

from __future__ import annotations

import shutil
from dataclasses import dataclass
from datetime import timedelta
from random import Random

import brands
import pytest
from brands import Shape
from conftest import Workshop
from planned import assert_caps_hold, assert_lists_are, reference, share_of_the_best

CONSENTS = "stg_consents__checked stg_consents stg_contact_blocks__checked stg_contact_blocks int_identity__reached int_consents__dated int_contact_blocks__dated"
AGAIN = f"{CONSENTS} path:models/activation/permissions path:models/activation/actions path:models/activation/lists"
FIRST = Shape(seed=31, people=90)


@dataclass
class Worth:
    """What plans are worth, and what the best over the same options would be, over all brands so far."""

    planned: float = 0.0
    best: float = 0.0

    def add(self, planned: float, best: float) -> None:
        assert planned <= best + 1e-6, f"a plan of {planned} beats the best of {best}: it breaks a cap"
        self.planned, self.best = self.planned + planned, self.best + best

    @property
    def share(self) -> float:
        return self.planned / self.best


def test_lists_caps_and_worth(workshop):
    first_day, calendar = check(workshop, FIRST, times=4)
    assert calendar.share > 0.9, calendar


@pytest.mark.slow
def test_two_hundred_brands(workshop):
    """Twenty brands, each ten times; the printed share is that of the best plan of two weeks."""
    first_day, calendar = Worth(), Worth()
    for number in range(20):
        random = Random(number)
        newest = random.choice([*brands.NEWEST_DAYS, brands.NEWEST_DAYS[0] + timedelta(days=random.randrange(-1500, 1500))])
        shape = Shape(seed=number, people=random.choice([40, 90, 150]), newest=newest, oddity=random.choice([0.05, 0.15, 0.4]))
        for total, one in zip((first_day, calendar), check(workshop, shape, times=10), strict=True):
            total.add(one.planned, one.best)
    print(f"\nnext_best_action is worth {first_day.share:.2%} of the best, touch_calendar {calendar.share:.2%}")
    assert calendar.share > 0.9, calendar


def check(workshop: Workshop, shape: Shape, times: int) -> tuple[Worth, Worth]:
    """Build a brand, then activation again with other words and settings; return what both plans are worth."""
    first_day, calendar = Worth(), Worth()
    for number in range(times):
        confirmations, consent_default = 1 + number % 3, "required" if number % 4 == 3 else "allowed"
        tables = brands.brand(shape, words=number)
        settings = {"max_rejected_share": 1, "staff_daily_confirmations": confirmations, "consent_default": consent_default}
        select = AGAIN if number else "+path:models/activation"
        folder = workshop.folder / "contacted"
        shutil.rmtree(folder, ignore_errors=True)
        built = workshop.build(brands.write(tables, folder), name="contacted", fresh=number == 0, select=select, vars=settings)
        assert built.success, built.text[-3000:]
        brand, expected = reference(built.database, tables, confirmations, consent_default)
        assert_lists_are(built.database, expected)
        assert_caps_hold(built.database, brand, confirmations)
        tomorrow = brand.newest + timedelta(days=1)
        one = share_of_the_best(built.database, brand, confirmations, "next_best_action", lambda day: day == tomorrow)  # noqa: B023
        assert one[0] == pytest.approx(one[1], rel=1e-9), f"next_best_action is worth {one[0]}, the best choice {one[1]}"
        first_day.add(*one)
        calendar.add(*share_of_the_best(built.database, brand, confirmations, "touch_calendar", lambda day: True))
    return first_day, calendar
