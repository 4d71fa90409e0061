"""What was measured of a day stays: built as of it, the rows up to it are those of the build of all data."""

from __future__ import annotations

from datetime import timedelta

import measured_contact_brands
import pytest
from measured_contact_brands import KEYS, SHAPE

# Identities are merged when more is known, so the people of a day may become fewer, and what hangs on them: it is left out here.
STAYS = {
    "daily_contacts": [
        "total_count", "awaiting_transfer_count", "new_count", "lost_count", "lost_by_customer_count", "lost_by_staff_count", "lost_unknown_count",
        "net_count", "transferred_in_count", "transferred_out_count",
    ],
    "daily_groups": [
        "total_count", "joined_count", "joined_invited_count", "joined_by_link_count", "joined_by_qr_code_count", "joined_unknown_count", "lost_count",
        "quit_count", "quit_by_member_count", "removed_count", "quit_unknown_count", "left_with_group_count", "net_count", "groups_count",
        "groups_created_count", "groups_dismissed_count",
    ],
    "daily_alerts": ["measured_value", "compared_days_count", "usual_value", "deviation", "score", "direction", "event_code", "verdict"],
    "group_activity": ["members_count", "messages_count", "is_dismissed"],
    "staff_performance": [
        "has_left", "contacts_count", "new_contacts_count", "lost_contacts_count", "transferred_in_count", "transferred_out_count", "chats_count",
        "messages_count", "reply_rate",
    ],
}  # fmt: skip


@pytest.mark.parametrize("days_ago", [1, pytest.param(47, marks=pytest.mark.slow), pytest.param(200, marks=pytest.mark.slow)])
def test_a_day_that_is_over_stays(workshop, days_ago):
    """Later losses, joins, dismissals, departures and names of codes rewrite nothing, and neither do the days after."""
    day = SHAPE.newest - timedelta(days=days_ago)
    whole = measured_contact_brands.built(workshop, SHAPE, tests=False)
    later = {mart: rows_of(whole, mart) for mart in STAYS}
    then = measured_contact_brands.built(workshop, SHAPE, tests=False, as_of_date=str(day))
    for mart, rows in later.items():
        known = rows_of(then, mart)
        days = {key[0] for key in known} & {key[0] for key in rows}
        compared = [key for key in known.keys() | rows.keys() if key[0] in days]
        wrong = [(key, column) for key in compared for column in STAYS[mart] if known.get(key, {}).get(column) != rows.get(key, {}).get(column)]
        assert compared and not wrong, f"{mart} as of {day}: {wrong[:5]}"


def rows_of(brand, mart: str) -> dict[tuple, dict]:
    """Return the rows of a mart by key, without those that hang on who is who."""
    found = {tuple(row[key] for key in KEYS[mart]): row for row in brand.rows(f"measurement.{mart}")}
    return {key: row for key, row in found.items() if key[-1] != "buyers" and key[1] not in ("unassigned", "anonymous")}
