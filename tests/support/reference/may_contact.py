"""Whom we may write to over which channel, and the best one to reach them."""

from __future__ import annotations

from reference.channels import CHANNELS, PERSONAL, SEVERITY, STAFFED
from reference.known import Known


def permission(known: Known, customer: dict, channel: str, is_required: bool) -> dict:
    """Return a row of contact_permissions without the columns of the seed, of a row of customer_tags."""
    customer_id, needs = customer["customer_id"], CHANNELS[channel]["needs"]
    said = [(moment, is_no) for moment, is_no, about in known.consents[customer_id] if about in (channel, "all") or (is_no and about not in CHANNELS)]
    status = {None: "not_asked", True: "withdrawn", False: "granted"}[max(said)[1] if said else None]
    blocks = [(severity, reason) for severity, reason, about in known.blocks[customer_id] if about == channel or about not in CHANNELS]
    reason = None
    if blocks:
        reason = min(blocks)[1]
    elif status == "withdrawn":
        reason = "consent_withdrawn"
    elif status == "not_asked" and is_required:
        reason = "consent_missing"
    elif customer_id in known.held_out:
        reason = "hold_out"
    elif needs not in known.addresses[customer_id] or (channel == "official_account" and not customer["follows_account"]):
        reason = "no_address"
    count = known.messages(customer_id, channel)
    return {
        "customer_id": customer_id, "as_of_date": customer["as_of_date"], "channel": channel, "consent_status": status, "blocked_reason": reason,
        "messages_this_week_count": count, "is_allowed": reason is None, "is_over_cap": count >= int(CHANNELS[channel]["weekly_cap"]),
    }  # fmt: skip


def route(permissions: dict[str, dict]) -> dict:
    """Return the best channel to one customer, of their permissions by channel, as every list shows it."""
    allowed = [channel for channel in PERSONAL if permissions[channel]["is_allowed"]]
    free = [channel for channel in allowed if not permissions[channel]["is_over_cap"]]
    reasons = [permissions[channel]["blocked_reason"] for channel in PERSONAL if not permissions[channel]["is_allowed"]]
    return {
        "channel": (free or allowed or [None])[0], "is_over_cap": bool(allowed and not free), "is_usable": bool(free),
        "blocked_reason": None if allowed else min(reasons, key=SEVERITY.get),
        "without_staff": next((channel for channel in free if channel not in STAFFED), None),
    }  # fmt: skip
