"""The second half of the random dirty brands of test_measurement_brands.py, so that two workers share them."""

from __future__ import annotations

import measured_brands
import pytest

pytestmark = pytest.mark.slow


@pytest.mark.parametrize("first", range(measured_brands.BRANDS // 2, measured_brands.BRANDS, measured_brands.BATCH))
def test_identities_hold_on_more_dirty_brands(workshop, first):
    seeds = range(first, min(first + measured_brands.BATCH, measured_brands.BRANDS))
    assert not (found := measured_brands.wrong(workshop, seeds)), "\n".join(found)
