"""What is to come from a customer who is still alive, for each as-of date, x and T: the lookup that SQL scores with."""

from __future__ import annotations

import numpy as np
import pyarrow as pa

from tagmart.scoring.btyd import PARAMETERS, BtydFit
from tagmart.scoring.expectation import lost_log_odds, purchase_if_alive, purchases_if_alive
from tagmart.scoring.tables import by_date

MONTH_ENDS = tuple(365 / 12 * month for month in range(1, 13))  # days; the last is 365
HORIZONS = (30, 90, 365)
SILENCES = (30, 90)

OUTLOOK_SCHEMA = pa.schema(
    [
        ("as_of_date", pa.date32()),
        ("repeat_days_count", pa.int32()),
        ("age_days", pa.int32()),
        ("drop_out_log_odds", pa.float64()),
        ("log_exposure", pa.float64()),
        *[(f"order_probability_if_alive_{days}d", pa.float64()) for days in SILENCES],
        *[(f"orders_if_alive_{days}d", pa.float64()) for days in HORIZONS],
        ("discounted_orders_if_alive_365d", pa.float64()),
    ]
)


def outlook_by_date(cells: pa.Table | pa.RecordBatchReader) -> pa.Table:
    """Work out what is to come if alive, for each as-of date and (x, T) there is; and what of p_alive needs no t_x.

    Columns: as_of_date, repeat_days_count, age_days, model_name, r, alpha, a, b, drop_out_chance, discount_rate (a year).
    drop_out_log_odds is null where nobody can have dropped out; log_exposure is ln(alpha + T). The discounted sum
    takes the purchases of each of 12 months (of 365/12 days) at its end: sum over k of (E(k) - E(k-1)) (1+rate)^(-k/12).
    """
    parts = []
    for day, part in by_date(cells):
        fit = BtydFit(
            str(part["model_name"][0]),
            "converged",
            None,
            *(float(part[name][0]) for name in PARAMETERS),
            *[float("nan")] * 5,
            0,
            0,
            0,
            float(part["drop_out_chance"][0]),
        )
        x, T = part["repeat_days_count"], part["age_days"]
        # All at once: those of one x share their nodes.
        in_30d, in_90d, *monthly = purchases_if_alive(fit, x[:, None], T[:, None], np.array([30, 90, *MONTH_ENDS])).T
        discount = (1 + float(part["discount_rate"][0])) ** (-np.arange(1, 13) / 12)
        discounted = sum((orders - before) * factor for orders, before, factor in zip(monthly, [0.0, *monthly], discount, strict=False))
        lost = lost_log_odds(fit, x)
        columns = [np.log(fit.alpha + T), *(purchase_if_alive(fit, x, T, days) for days in SILENCES), in_30d, in_90d, monthly[-1], discounted]
        parts.append(
            pa.Table.from_arrays(
                [
                    pa.array([day] * len(x), pa.date32()),
                    pa.array(x, pa.int32()),
                    pa.array(T, pa.int32()),
                    pa.array(lost, mask=np.isneginf(lost)),
                    *map(pa.array, columns),
                ],
                schema=OUTLOOK_SCHEMA,
            )
        )
    return pa.concat_tables(parts) if parts else OUTLOOK_SCHEMA.empty_table()
