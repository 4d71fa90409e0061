"""Activation of a built brand, asked with several settings and many words: lists against the reference, caps, worth beside the best plan.

A full build is dear, so the people of each brand say other things of being contacted many times over, which only activation reads.
"""

from __future__ import annotations

import shutil
from dataclasses import dataclass
from datetime import timedelta
from pathlib import Path

import brands
import pytest
from asked_again import ask_again
from caps import assert_caps_hold, share_of_the_best
from dbt_calls import PROJECT
from planned import assert_lists_are, reference

NAME = "contacted"  # of the database, kept so by the workshop
ROOMS = [f"models/activation/{room}" for room in ("permissions", "actions", "lists")]
CONSENTS = {
    *("stg_consents__checked", "stg_consents", "stg_contact_blocks__checked", "stg_contact_blocks"),
    *("int_identity__reached", "int_consents__dated", "int_contact_blocks__dated"),
}
MODELS = CONSENTS | {file.stem for room in ROOMS for file in (PROJECT / room).glob("*.sql")}


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


def check(workshop, shape: brands.Shape, settings: list[tuple[int, str]], words: int, worth: Worth) -> None:
    """Of a brand that was built whole under NAME, build activation again for each of the settings, and ask it again with other words."""
    folder = workshop.folder / NAME
    shutil.rmtree(folder, ignore_errors=True)
    for place, (confirmations, consent_default) in enumerate(settings):
        for number in range(words):
            tables = brands.brand(shape, words=place * words + number)
            brands.write(tables, folder)
            if number == 0:
                vars = {"max_rejected_share": 1, "staff_daily_confirmations": confirmations, "consent_default": consent_default}
                select = " ".join([*sorted(CONSENTS), *(f"path:{room}" for room in ROOMS)])
                built = workshop.build(folder, name=NAME, fresh=False, select=select, vars=vars)
                assert built.success, built.text[-3000:]
            else:
                ask_again(workshop.kept(NAME), workshop.target, MODELS)
            worth.add(*check_lists(workshop.kept(NAME), tables, confirmations, consent_default))


def check_lists(database: Path, tables: brands.Tables, confirmations: int, consent_default: str) -> tuple[float, float]:
    """Hold all lists against the reference, the caps and the best choice; return what the calendar is worth and could be."""
    brand, expected = reference(database, tables, confirmations, consent_default)
    assert_lists_are(database, expected)
    assert_caps_hold(database, brand, confirmations)
    tomorrow = brand.newest + timedelta(days=1)
    chosen, best = share_of_the_best(database, brand, confirmations, "next_best_action", lambda day: day == tomorrow)
    assert chosen == pytest.approx(best, rel=1e-9), f"next_best_action is worth {chosen}, the best choice {best}"
    return share_of_the_best(database, brand, confirmations, "touch_calendar", lambda day: True)
