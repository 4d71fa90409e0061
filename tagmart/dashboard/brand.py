"""What the page shows beside classes: days, money, campaigns, channels, tags and scores.

Whatever counts fewer customers than a cell needs is merged or left out.
"""

from __future__ import annotations

from collections import defaultdict

import duckdb

from tagmart.dashboard.classes import ALL, OTHER, Cells
from tagmart.dashboard.few import alone, beside, of_enough, without_few
from tagmart.dashboard.frames import Frame, frame_of, read
from tagmart.dashboard.hiding import merged

AMOUNTS = ["from_amount", "amount", "entry_amount", "exit_amount", "migrated_in_amount", "migrated_out_amount", "anonymous_amount"]
AMOUNTS += ["buyers_amount", "orders_per_buyer_amount", "amount_per_order_amount", "margin_share_amount", "rounding_amount"]
BRAND = "_brand"


def read_brand(connection: duckdb.DuckDBPyConnection, as_of_date: str, cells: Cells) -> dict[str, Frame]:
    """Return the frames of all views by name, at the newest of the dates of the cells; classes and channels that stand alone are those of the cells."""
    least, shown = cells.least, cells.shown
    frames = {name: read(connection, name, as_of_date=as_of_date) for name in ("names", "tag_names", "alerts", "contacts", "groups", "core_pool", "coverage")}
    frames["programmes"] = of_enough(read(connection, "programmes"), least, "treatment_count", "holdout_count")
    frames["campaigns"] = beside(read(connection, "campaigns"), least, "all", "campaign_id", ("treatment_count", "holdout_count"))
    frames["revenue"] = _revenue(read(connection, "revenue"), least)
    frames["channels"] = _channels(read(connection, "channels"), cells.channels[as_of_date], least)
    frames["tag_health"] = _tag_health(read(connection, "tag_health"), least)
    frames["survival"] = of_enough(read(connection, "survival"), least, "customers")
    frames["scores"] = of_enough(read(connection, "scores", as_of_date=as_of_date), least, "customers")
    frames["calibration"] = alone(read(connection, "calibration"), least, "score", "bin")
    for name in ("concentration", "health"):
        frames[name] = read(connection, name, as_of_date=as_of_date).where(
            lambda row: row["scheme_code"] == BRAND or row["segment_code"] in shown.get((as_of_date, row["scheme_code"]), ())
        )
    frames["concentration"] = beside(frames["concentration"], least, BRAND, None, ("customers",))
    without_few(frames["concentration"], least, "head_customers_count", "head_customers_share")
    return frames


def _summed(rows: list[dict], columns: list[str], key: dict) -> dict:
    """One row of several: what adds up is added, unknown stays unknown where nobody knows it."""
    known = {name: [row[name] for row in rows if row[name] is not None] for name in columns}
    return {**rows[0], **key, **{name: round(sum(values), 4) if values else None for name, values in known.items()}}


def _revenue(frame: Frame, least: int) -> Frame:
    """The revenue bridge: the brand as one row with its anonymous orders; of a scheme, classes of too few buyers in either period are one.

    Without comparisons in which the brand itself had too few, or all classes of a scheme together.
    """
    groups: dict[tuple, list[dict]] = defaultdict(list)
    for row in frame.dicts():
        groups[row["period_code"], row["comparison_code"], row["scheme_code"], row["measure_code"]].append(row)
    few = {key[:2] for key, group in groups.items() if key[2] == BRAND for row in group if any(0 < count < least for count in _buyers(row))}
    rows = []
    for key, group in groups.items():
        if key[2] == BRAND:
            small = {row["segment_code"] for row in group}
        else:
            small = merged({row["segment_code"]: _buyers(row) for row in group if row["segment_code"] != "_anonymous"}, least)
        together = sorted((row for row in group if row["segment_code"] in small), key=lambda row: row["segment_code"])
        is_few = any(0 < sum(counts) < least for counts in zip(*map(_buyers, together)))
        if key[:2] not in few and not is_few:
            rows += [row for row in group if row["segment_code"] not in small]
            rows += [_summed(together, ["from_buyers", "buyers", *AMOUNTS], {"segment_code": ALL if key[2] == BRAND else OTHER})] if together else []
    return frame_of(rows, frame.columns)


def _buyers(row: dict) -> tuple[int, int]:
    return row["buyers"] or 0, row["from_buyers"] or 0


def _channels(frame: Frame, alone: set[str], least: int) -> Frame:
    """Channels as the cells show them, the others as one; those without customers stand for their costs."""
    rows = {row["channel"]: row for row in frame.dicts()}
    peopled = {channel: (row["customers"], row["buyers_count"]) for channel, row in rows.items() if row["customers"]}
    small = merged(peopled, least) | {channel for channel in peopled if channel not in alone}
    shown = [row for channel, row in rows.items() if channel not in small]
    together = [_summed([rows[channel] for channel in sorted(small)], frame.columns[1:], {"channel": OTHER})] if small else []
    return frame_of(shown + together, frame.columns)


def _tag_health(frame: Frame, least: int) -> Frame:
    """Counts near nobody and near everybody are rounded to the limit: `is_few` and `is_nearly_all` say so."""

    def rounded(row: dict) -> dict:
        of, count = row["of_customers"], row["customers"]
        few, nearly = 0 < count < least, 0 < of - count < least
        return {**row, "customers": min(least, of) if few else max(of - least, 0) if nearly else count, "is_few": few, "is_nearly_all": nearly}

    return frame_of([rounded(row) for row in frame.dicts()], [*frame.columns, "is_few", "is_nearly_all"])
