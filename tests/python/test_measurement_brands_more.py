"""The second half of the random dirty brands of test_measurement_brands.py, so that two workers share them."""

from __future__ import annotations

import measured_brands
import pytest
from draws import name_of

pytestmark = pytest.mark.slow


@pytest.mark.parametrize("seeds", measured_brands.MORE, ids=name_of)
def test_identities_hold_on_more_dirty_brands(workshop, seeds):
    assert not (found := measured_brands.wrong(workshop, seeds)), "\n".join(found)
