"""How much of what is random or comes in many kinds the long tests build: a part, or with `DRAWS=1` all of it, which takes hours."""

from __future__ import annotations

import math
import os
from collections.abc import Sequence
from typing import TypeVar

Case = TypeVar("Case")
SHARE = float(os.environ.get("DRAWS", "0.05"))


def drawn(cases: Sequence[Case], *, least: int = 1) -> Sequence[Case]:
    """Return the share of the cases that this run builds, spread evenly over them: at least so many, and the first one always."""
    count = min(len(cases), max(least, math.ceil(len(cases) * SHARE)))
    return [cases[place * len(cases) // count] for place in range(count)]


def portions(cases: Sequence[Case], size: int) -> list[Sequence[Case]]:
    """Return the cases in portions of this size, each of them one test."""
    return [cases[first : first + size] for first in range(0, len(cases), size)]


def name_of(cases: Sequence[Case]) -> str:
    return f"{cases[0]}-{cases[-1]}"
