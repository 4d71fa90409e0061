"""A review as JSON for programs."""

from __future__ import annotations

import json

from tagmart.check.report import plain
from tagmart.diff.review import Reviewed


def as_json(title: str, found: list[Reviewed], status: int) -> str:
    """Return one document: for each scheme its word, moves with an example each, and counts of pairs where they were asked."""
    return json.dumps(
        {"title": title, "exit_status": status, "schemes": [_document(reviewed) for reviewed in found]}, ensure_ascii=False, indent=2, sort_keys=False
    )


def _document(reviewed: Reviewed) -> dict:
    difference = reviewed.difference
    return {
        "code": reviewed.code,
        "verdict": reviewed.word,
        "moves": [
            {"from": move.before, "to": move.after, "customer": plain(move.customer), "only_where_fails": list(move.unless)} for move in difference.moves
        ],
        "added": difference.added,
        "removed": difference.removed,
        "renamed": difference.renamed,
        "relabelled": [{"code": code, "before": before, "after": after} for code, before, after in reviewed.relabelled],
        "notes": difference.notes,
        "upstream": reviewed.upstream,
        "problem": difference.problem,
        "uncounted": reviewed.uncounted,
        "counts": None
        if reviewed.counts is None
        else [{"from": one.before, "to": one.after, "customers": one.customers, "net_amount": str(one.net_amount)} for one in reviewed.counts],
    }
