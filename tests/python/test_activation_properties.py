"""Activation on random brands: every list equals an independent reference, the caps hold, and the plan is worth what the best one is.

A full build is dear, so the people of each brand say other things of being contacted many times over, which only activation reads.
"""

from __future__ import annotations

import shutil
from dataclasses import dataclass
from datetime import date, timedelta
from pathlib import Path
from random import Random

import brands
import pytest
from asked_again import ask_again
from brands import Shape
from conftest import PROJECT, Workshop
from planned import assert_caps_hold, assert_lists_are, reference, share_of_the_best

ACTIVATION = [f"models/activation/{room}" for room in ("permissions", "actions", "lists")]
CONSENTS = {
    *("stg_consents__checked", "stg_consents", "stg_contact_blocks__checked", "stg_contact_blocks"),
    *("int_identity__reached", "int_consents__dated", "int_contact_blocks__dated"),
}
MODELS = CONSENTS | {file.stem for room in ACTIVATION for file in (PROJECT / room).glob("*.sql")}
SETTINGS = [(1, "allowed"), (3, "required"), (2, "allowed")]


@dataclass
class Worth:
    """What plans are worth, and what the best over the same options would be, over all brands so far."""

    planned: float = 0.0
    best: float = 0.0
    brands: int = 0

    def add(self, planned: float, best: float) -> None:
        assert planned <= best * (1 + 1e-9), f"a plan of {planned} beats the best of {best}: it breaks a cap"
        self.planned, self.best, self.brands = self.planned + planned, self.best + best, self.brands + 1

    def __str__(self) -> str:
        return f"touch_calendar is worth {self.planned / self.best:.3%} of the best plan over {self.brands} brands"


def test_lists_caps_and_worth(workshop):
    worth = Worth()
    check(workshop, Shape(seed=7, people=110), SETTINGS[:2], words=3, worth=worth)
    assert worth.planned > 0.95 * worth.best, worth


@pytest.mark.slow
def test_two_hundred_brands(workshop):
    """Ten brands, each with two settings and ten times other words."""
    worth = Worth()
    for number in range(10):
        random = Random(number)
        newest = random.choice([*brands.NEWEST_DAYS, date(2020, 1, 1) + timedelta(days=random.randrange(3000))])
        shape = Shape(seed=number, people=random.choice([60, 110, 160]), newest=newest, oddity=random.choice([0.05, 0.15, 0.4]))
        check(workshop, shape, [SETTINGS[number % 3], SETTINGS[(number + 1) % 3]], words=10, worth=worth)
        print(f"\n{worth}")
    assert worth.brands == 200 and worth.planned > 0.95 * worth.best, worth


def check(workshop: Workshop, shape: Shape, settings: list[tuple[int, str]], words: int, worth: Worth) -> None:
    """Build a brand, then activation again for each of the settings, and for each of these ask it again with other words."""
    folder = workshop.folder / "contacted"
    shutil.rmtree(folder, ignore_errors=True)
    for place, (confirmations, consent_default) in enumerate(settings):
        for number in range(words):
            tables = brands.brand(shape, words=place * words + number)
            brands.write(tables, folder)
            if number == 0:
                vars = {"max_rejected_share": 1, "staff_daily_confirmations": confirmations, "consent_default": consent_default}
                select = " ".join([*sorted(CONSENTS), *(f"path:{room}" for room in ACTIVATION)]) if place else "+path:models/activation"
                built = workshop.build(folder, name="contacted", fresh=place == 0, select=select, vars=vars)
                assert built.success, built.text[-3000:]
            else:
                ask_again(workshop.kept("contacted"), workshop.target, MODELS)
            worth.add(*check_lists(workshop.kept("contacted"), tables, confirmations, consent_default))


def check_lists(database: Path, tables: brands.Tables, confirmations: int, consent_default: str) -> tuple[float, float]:
    """Hold all lists against the reference, the caps and the best choice; return what the calendar is worth and could be."""
    brand, expected = reference(database, tables, confirmations, consent_default)
    assert_lists_are(database, expected)
    assert_caps_hold(database, brand, confirmations)
    tomorrow = brand.newest + timedelta(days=1)
    chosen, best = share_of_the_best(database, brand, confirmations, "next_best_action", lambda day: day == tomorrow)
    assert chosen == pytest.approx(best, rel=1e-9), f"next_best_action is worth {chosen}, the best choice {best}"
    return share_of_the_best(database, brand, confirmations, "touch_calendar", lambda day: True)
