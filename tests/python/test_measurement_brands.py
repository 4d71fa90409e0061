"""Random dirty brands, each built whole up to measurement: every identity holds, and what is missing is named.

`MEASURED_BRANDS=200` builds more. This is the first half, so that two workers share them.
"""

from __future__ import annotations

import measured_brands
import pytest

pytestmark = pytest.mark.slow


@pytest.mark.parametrize("first", range(0, measured_brands.BRANDS // 2, measured_brands.BATCH))
def test_identities_hold_on_dirty_brands(workshop, first):
    seeds = range(first, min(first + measured_brands.BATCH, measured_brands.BRANDS // 2))
    assert not (found := measured_brands.wrong(workshop, seeds)), "\n".join(found)
