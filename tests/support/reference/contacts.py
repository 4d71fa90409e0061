"""Spells of WeCom contacts: when each really ended, and whether that was a loss."""

from __future__ import annotations

from collections import defaultdict


def spells(rows: list[dict]) -> list[dict]:
    """Return the rows of wecom_contacts, each with `lost_at` (its own deletion) and `ended_at` (that, or the next adding)."""
    pairs = defaultdict(list)
    for row in rows:
        pairs[row["userid"], row["external_userid"]].append(row)
    ended = []
    for of_pair in pairs.values():
        begins = sorted(row["createtime"] for row in of_pair)
        for row in of_pair:
            later = [begun for begun in begins if begun > row["createtime"]]
            until = later[0] if later else None
            deleted = row["deleted_at"]
            is_own = deleted is not None and deleted >= row["createtime"] and not (until is not None and deleted > until)
            ended.append({**row, "lost_at": deleted if is_own else None, "ended_at": deleted if is_own else until})
    return ended
