"""Activation on many random brands: every list equals an independent reference, the caps hold, the plan is worth what the best one is."""

from __future__ import annotations

from datetime import date, timedelta
from random import Random

import activation_asked
import brands
import pytest
from draws import drawn

SETTINGS = [(1, "allowed"), (3, "required"), (2, "allowed")]


@pytest.mark.slow
def test_many_brands(workshop):
    """Ten brands or some of them, each with two settings and ten times other words; prints what the calendar is worth beside the best plan."""
    worth = activation_asked.Worth()
    numbers = drawn(range(10))
    for number in numbers:
        random = Random(number)
        newest = random.choice([*brands.NEWEST_DAYS, date(2020, 1, 1) + timedelta(days=random.randrange(3000))])
        shape = brands.Shape(seed=number, people=random.choice([60, 110, 160]), newest=newest, oddity=random.choice([0.05, 0.15, 0.4]))
        folder = brands.write(brands.brand(shape), workshop.folder / "delivered")
        built = workshop.build(folder, name=activation_asked.NAME, select="+path:models/activation", vars={"max_rejected_share": 1})
        assert built.success, built.text[-3000:]
        activation_asked.check(workshop, shape, [SETTINGS[number % 3], SETTINGS[(number + 1) % 3]], words=10, worth=worth)
        print(f"\n{worth}")
    assert worth.brands == 20 * len(numbers) and worth.planned > 0.95 * worth.best, worth
