"""Activation as built beside the reference."""

from __future__ import annotations

from collections import defaultdict
from pathlib import Path

from compared import assert_same, rows_of
from reference import actions, lists, plans
from reference.brand import Brand
from reference.channels import CHANNELS
from reference.identity import newest_date_of
from reference.known import Known
from reference.may_contact import permission

Rows = list[dict]
CHOSEN = ["customer_id", "action_code", "occasion", "sku_id", "value_at_stake", "expected_value", "channel", "sender_userid", "blocked_reason", *plans.FLAGS]


def reference(database: Path, tables: dict[str, Rows], confirmations: int, consent_default: str) -> tuple[Brand, dict[str, Rows]]:
    """Return the brand as the reference sees it, and the rows of each list. Tags and classes are read as built: they have references of their own."""
    customers = rows_of(database, "(from tags.customer_tags where is_current)")
    classes = defaultdict(dict)
    for row in rows_of(database, "(from segments.customer_segments where is_current)", ["customer_id", "scheme_code", "segment_code"]):
        classes[row["customer_id"]][row["scheme_code"]] = row["segment_code"]
    known = Known(tables, newest_date_of(tables))
    permissions = {(row["customer_id"], name): permission(known, row, name, consent_default == "required") for row in customers for name in CHANNELS}
    brand = Brand(known, customers, classes, permissions)
    options = actions.options(brand)
    first_day = plans.next_best_actions(brand, options, confirmations)
    return brand, {
        "contact_permissions": list(permissions.values()),
        "next_best_action": [{**row, "as_of_date": brand.newest, "action_date": row["due_date"]} for row in first_day],
        "touch_calendar": plans.touch_calendar(brand, options, first_day, confirmations),
        "recall_list": lists.recall_list(brand, first_day),
        "lost_contacts": lists.lost_contacts(brand),
        "repurchase_due": lists.repurchase_due(brand),
        "birthday_and_anniversary": lists.birthday_and_anniversary(brand),
    }


def assert_lists_are(database: Path, expected: dict[str, Rows]) -> None:
    """Row for row; lists that nobody is on must be empty."""
    keys = {"contact_permissions": "channel", "touch_calendar": "due_date", "birthday_and_anniversary": "occasion"}
    chosen = {"next_best_action": [*CHOSEN, "as_of_date", "action_date", "probability"], "touch_calendar": [*CHOSEN, "due_date"]}
    for name, rows in expected.items():
        columns = chosen.get(name, list(rows[0]) if rows else ["customer_id"])
        built = rows_of(database, f"activation.{name}", columns)
        assert bool(built) == bool(rows), f"{name} has {len(built)} rows, should have {len(rows)}"
        if rows:
            try:
                assert_same(built, [{column: row[column] for column in columns} for row in rows], day=keys.get(name, "as_of_date"))
            except AssertionError as differs:
                raise AssertionError(f"{name}: {differs}") from differs
