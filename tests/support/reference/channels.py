"""The seeds of contacting: channels, the touchpoints that go over them, reasons against, classes of events, and the playbook's own."""

from __future__ import annotations

import csv
from pathlib import Path

SEEDS = Path(__file__).resolve().parents[3] / "seeds"


def seed(name: str) -> list[dict]:
    with (SEEDS / f"{name}.csv").open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))


CHANNELS = {row["channel"]: row for row in seed("contact_channels")}
BY_PREFERENCE = sorted(CHANNELS, key=lambda channel: int(CHANNELS[channel]["preference"]))
PERSONAL = [channel for channel in BY_PREFERENCE if CHANNELS[channel]["is_personal"] == "true"]
STAFFED = {channel for channel in CHANNELS if CHANNELS[channel]["confirmed_by_staff"] == "true"}
CHANNEL_OF = {row["touchpoint"]: row["channel"] or None for row in seed("channel_touchpoints")}
SEVERITY = {row["reason"]: int(row["severity"]) for row in seed("blocked_reasons")}
CLASSES = {row["event_type"]: row["touch_class"] for row in seed("touchpoint_types")}
