"""The log-rank test between two kinds of lives, from the sums that SQL has made of them."""

from __future__ import annotations

import numpy as np
import pyarrow as pa
from scipy.special import chdtrc


def log_rank_p_values(sums: pa.Table | pa.RecordBatchReader) -> pa.Table:
    """Return life_of, chi_square and p_value (double) for each row of life_of, general_over_count, general_expected, variance.

    Both are null where the variance is 0: then no life was over while lives of both kinds were under observation.
    """
    rows = sums.read_all() if isinstance(sums, pa.RecordBatchReader) else sums
    observed, expected, variance = (rows[name].to_numpy().astype(float) for name in ("general_over_count", "general_expected", "variance"))
    is_known = variance > 0
    chi_square = np.divide((observed - expected) ** 2, variance, out=np.zeros_like(variance), where=is_known)
    return pa.table(
        {
            "life_of": rows["life_of"].cast(pa.string()),
            "chi_square": pa.array(chi_square, pa.float64(), mask=~is_known),
            "p_value": pa.array(chdtrc(1, chi_square), pa.float64(), mask=~is_known),
        }
    )
