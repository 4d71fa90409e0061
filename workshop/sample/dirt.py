"""Dirt: what goes wrong between the shop and the file, put in after the clean draw and listed row by row.

Bad rows are added beside the clean ones, under keys of their own (numbers from 9… on), so that a build
which rejects them and drops duplicates has exactly the clean draw.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

import numpy as np

from tagmart.contract import raw_contract
from workshop.sample import vocabulary
from workshop.sample.columns import UTC_OFFSET, Column, Frame, Words, height, take
from workshop.sample.orders import COMPLETED
from workshop.sample.plan import Plan

SHARE = 0.0005  # of the rows of a table, for each kind
AT_LEAST = 3  # rows of each kind in the first block
FEWEST_ROWS = 20  # smaller tables stay clean
DAY_1970 = UTC_OFFSET  # the zero that a broken clock sends: 1970-01-01 00:00:00 UTC
DAY_2099 = 4_102_383_600 + UTC_OFFSET  # 2099-12-31 07:00:00 UTC
UNPARSABLE = ["2024-13-45", "2025-02-30 25:61:00", "昨天下午", "0000-00-00 00:00:00"]

Rows = np.ndarray  # row positions of a frame
Edit = Callable[[Frame, Rows, int], None]


@dataclass(frozen=True)
class Kind:
    """A kind of dirt: what is done to copies of rows (or, `in_place`, to the rows themselves)."""

    name: str
    edit: Edit | None = None
    in_place: bool = False
    csv_only: bool = False


def _new_key(column: str, base: int) -> Edit:
    def edit(frame: Frame, rows: Rows, block: int) -> None:
        frame[column].values[rows] = base + block * 1000 + np.arange(len(rows))

    return edit


def _value(column: str, value: int) -> Edit:
    def edit(frame: Frame, rows: Rows, block: int) -> None:
        frame[column].values[rows] = value

    return edit


def _negative(column: str) -> Edit:
    def edit(frame: Frame, rows: Rows, block: int) -> None:
        frame[column].values[rows] = -np.maximum(frame[column].values[rows], 100)

    return edit


def _unknown(column: str) -> Edit:
    def edit(frame: Frame, rows: Rows, block: int) -> None:
        frame[column].values[rows] = _word_count(frame[column]) - 1  # the last word is the unknown one

    return edit


def _word_count(column: Column) -> int:
    return len(column.words) if isinstance(column, Words) else 0


def _unparsable(column: str) -> Edit:
    def edit(frame: Frame, rows: Rows, block: int) -> None:
        frame[column].overrides.update({int(row): UNPARSABLE[number % len(UNPARSABLE)] for number, row in enumerate(rows)})

    return edit


def _awkward(column: str) -> Edit:
    def edit(frame: Frame, rows: Rows, block: int) -> None:
        texts = len(vocabulary.AWKWARD_NOTES)  # stand at the end of the word list
        frame[column].values[rows] = _word_count(frame[column]) - 1 - np.arange(len(rows)) % texts

    return edit


def _all(*edits: Edit) -> Edit:
    def edit(frame: Frame, rows: Rows, block: int) -> None:
        for one in edits:
            one(frame, rows, block)

    return edit


def _older_order(frame: Frame, rows: Rows, block: int) -> None:
    """Make an order look as it was exported before it arrived."""
    completed = rows[frame["status"].values[rows] == COMPLETED]
    frame["status"].values[completed] = COMPLETED - 1
    frame["shipping_amount"].values[rows] += 200


def _older_customer(frame: Frame, rows: Rows, block: int) -> None:
    """Make a customer look as exported before they moved."""
    frame["city"].values[rows] = (frame["city"].values[rows] + 1) % _word_count(frame["city"])
    frame["member_level"].values[rows] = 0


def _bad_events(column: str, time: str, base: int) -> list[Kind]:
    """Return the bad dates of an event table with keys of their own."""
    return [
        Kind("date_1970", _all(_new_key(column, base + 10_000_000), _value(time, DAY_1970))),
        Kind("date_2099", _all(_new_key(column, base + 20_000_000), _value(time, DAY_2099))),
        Kind("unparsable_date", _all(_new_key(column, base + 30_000_000), _unparsable(time)), csv_only=True),
    ]


ORDER, EVENT, REFUND, CUSTOMER = 9_000_000_000, 90_000_000_000, 9_000_000_000, 99_000_000
DUPLICATE = Kind("exact_duplicate")
LATE = Kind("late_row", in_place=True)
KINDS: dict[str, list[Kind]] = {
    "orders": [
        DUPLICATE, LATE, Kind("same_key_other_content", _older_order),
        *_bad_events("order_id", "ordered_at", ORDER),
        Kind("negative_amount", _all(_new_key("order_id", ORDER + 40_000_000), _negative("order_amount"))),
        Kind("unknown_code", _all(_new_key("order_id", ORDER + 50_000_000), _unknown("status"))),
    ],
    "order_items": [
        DUPLICATE, Kind("orphan", _new_key("order_id", ORDER + 60_000_000)),
        Kind("negative_amount", _all(_value("line_no", 90), _negative("unit_price"))),
    ],
    "refunds": [
        DUPLICATE, *_bad_events("refund_id", "refunded_at", REFUND),
        Kind("orphan", _all(_new_key("refund_id", REFUND + 40_000_000), _new_key("order_id", ORDER + 70_000_000))),
        Kind("negative_amount", _all(_new_key("refund_id", REFUND + 50_000_000), _negative("refund_amount"))),
    ],
    "customers": [
        DUPLICATE, Kind("same_key_other_content", _older_customer),
        Kind("date_1970", _all(
            _new_key("customer_id", CUSTOMER), _value("registered_at", DAY_1970),
            *(_value(column, -1) for column in ("phone_hash", "unionid", "openid", "referrer_customer_id")),
        )),
        Kind("unknown_code", _unknown("gender"), in_place=True),
    ],
    "touchpoints": [
        DUPLICATE, LATE, Kind("same_key_other_content", _value("duration_seconds", 7)),
        *_bad_events("event_id", "occurred_at", EVENT),
        Kind("unknown_code", _all(_new_key("event_id", EVENT + 40_000_000), _unknown("event_type"))),
    ],
    "wecom_contacts": [DUPLICATE, LATE, Kind("awkward_text", _awkward("remark"), in_place=True)],
    "manual_tags": [DUPLICATE, Kind("awkward_text", _awkward("tag_value"), in_place=True)],
    "campaign_members": [
        DUPLICATE, Kind("unknown_code", _all(_new_key("customer_id", CUSTOMER + 100_000), _unknown("variant"))),
    ],
}  # fmt: skip


def soil(plan: Plan, table: str, block: int, frame: Frame, is_csv: bool) -> tuple[Frame, list[tuple[str, str, str]]]:
    """Return the frame with dirt, and `(table, key, kind)` of each row concerned."""
    count = height(frame)
    kinds = [kind for kind in KINDS.get(table, []) if is_csv or not kind.csv_only]
    if not kinds or count < FEWEST_ROWS:
        return frame, []
    sources, places, spans = [np.arange(count)], [2 * np.arange(count)], []
    for kind in kinds:
        rng = plan.rng(f"dirt.{table}.{kind.name}", block)  # its own stream: dirt of one kind never moves another
        number = int(rng.binomial(count, SHARE)) + (AT_LEAST if block == 0 else 0)
        chosen = rng.choice(count, min(number, count), replace=False)
        later = chosen + (rng.random(len(chosen)) * (count - chosen)).astype(np.int64)  # further down in the file
        if kind.in_place:
            spans.append((kind, chosen))
            if kind is LATE:
                places[0][chosen] = 2 * later + 1
        else:
            start = sum(map(len, sources))
            spans.append((kind, np.arange(start, start + len(chosen))))
            sources.append(chosen)
            places.append(2 * later + 1)
    order = np.argsort(np.concatenate(places), kind="stable")
    soiled = take(frame, np.concatenate(sources)[order])
    where = np.empty_like(order)
    where[order] = np.arange(len(order))
    listed = []
    for kind, rows in spans:
        rows = np.sort(where[rows])
        if kind.edit is not None and len(rows):
            kind.edit(soiled, rows, block)
        listed += [(table, key, kind.name) for key in row_keys(soiled, table, rows)]
    return soiled, listed


def shared_phones(frame: Frame, office: int) -> list[tuple[str, str, str]]:
    """List the customers who gave the phone of one shop (`office`: its position), clean rows that mislead."""
    rows = np.flatnonzero(frame["phone_hash"].values == office)
    return [("customers", key, "shared_phone") for key in row_keys(frame, "customers", rows)]


def row_keys(frame: Frame, table: str, rows: Rows) -> list[str]:
    """Return the key of each row, its parts joined by |."""
    parts = [take({"key": frame[name]}, rows)["key"].arrow().to_pylist() for name in raw_contract()[table]["key"]]
    return ["|".join(map(str, key)) for key in zip(*parts, strict=True)]
