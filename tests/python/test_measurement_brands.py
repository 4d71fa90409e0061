"""Random dirty brands, each built whole up to measurement: every identity holds, and what is missing is named.

This is the first half, so that two workers share them.
"""

from __future__ import annotations

import measured_brands
import pytest
from draws import name_of

pytestmark = pytest.mark.slow


@pytest.mark.parametrize("seeds", measured_brands.FIRST, ids=name_of)
def test_identities_hold_on_dirty_brands(workshop, seeds):
    assert not (found := measured_brands.wrong(workshop, seeds)), "\n".join(found)
