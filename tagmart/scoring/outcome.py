"""The status of a fit. A fit that cannot be trusted has no parameters, a status and a reason; it never raises."""

from __future__ import annotations

CONVERGED = "converged"
TOO_LITTLE_DATA = "too_little_data"
DEGENERATE = "degenerate"
NOT_CONVERGED = "not_converged"

STATUSES = (CONVERGED, TOO_LITTLE_DATA, DEGENERATE, NOT_CONVERGED)
