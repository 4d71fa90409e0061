"""What is said about a run."""

from __future__ import annotations

from collections import Counter

from tagmart.wecom.limits import Limits
from tagmart.wecom.session import Outcome

MOST = 20


def looked(outcome: Outcome, limits: Limits) -> str:
    """What apply would do, exactly, from the real state."""
    settled, tally, names = outcome.catalogue.settled, outcome.tally, _names(outcome)
    lines = [f"Make group '{make.name}' with {_listed(tag.tag_name for tag in make.tags)}" for make in settled.makes if make.group_id is None]
    lines += [f"Add to group '{make.name}': {_listed(tag.tag_name for tag in make.tags)}" for make in settled.makes if make.group_id]
    lines += [f"Rename '{edit.old}' to '{edit.name}'" if edit.old != edit.name else f"Place '{edit.name}' at order {edit.order}" for edit in settled.edits]
    lines += _tags("Add", tally.added, names) + _tags("Remove", tally.removed, names)
    calls = tally.changed
    lines += [f"Relations: {calls:,} to change (as many calls, {_time(limits.hours(calls))}), {tally.unchanged:,} as they should be."]
    return "\n".join(lines + _problems(outcome))


def done(outcome: Outcome) -> str:
    """What apply has done, skipped and left."""
    catalogue, tally, names = outcome.catalogue, outcome.tally, _names(outcome)
    lines = [f"Tags made: {catalogue.made}; renamed or placed anew: {catalogue.renamed}."] if catalogue.made or catalogue.renamed else []
    lines += _tags("Added", tally.added, names) + _tags("Removed", tally.removed, names)
    lines += [f"Relations: {tally.changed:,} changed, {tally.unchanged:,} as they should be, {tally.skipped.total():,} skipped, {tally.left.total():,} left."]
    if outcome.read_back:
        back = outcome.read_back
        lines += [
            f"Read back: {back.seen:,} relations of {outcome.members_read_back:,} members: {back.unchanged:,} as they should be, {back.changed:,} differ."
        ]
    lines += _problems(outcome)
    if outcome.stopped:
        lines += [
            f"Stopped: {outcome.stopped}",
            f"Left besides: {max(tally.relations - tally.seen, 0):,} relations not come to. Run apply again: it goes on from here.",
        ]
    return "\n".join(lines)


def _problems(outcome: Outcome) -> list[str]:
    settled, tally, names = outcome.catalogue.settled, outcome.tally, _names(outcome)
    lines = [f"Left out: scheme {scheme}: {reason}." for scheme, reason in sorted(settled.left_out.items())]
    lines += [f"Not renamed: {reason}." for reason in settled.not_renamed]
    lines += [outcome.catalogue.note] if outcome.catalogue.note else []
    lines += [f"Skipped: {number:,} relations: {reason}." for reason, number in tally.skipped.most_common(MOST)]
    lines += [f"Left: {number:,} relations: {reason}." for reason, number in tally.left.most_common(MOST)]
    if tally.relations_by_hand:
        lines += [f"Set by hand in our groups and left alone, on {tally.relations_by_hand:,} relations: {_counted(tally.by_hand, names)}."]
    return lines


def _names(outcome: Outcome) -> dict[str, str]:
    """Tag ids to words; one that is to be made has its class for an id."""
    to_make = {f"new {tag.scheme}.{tag.segment}": f"{make.name} / {tag.tag_name}" for make in outcome.catalogue.settled.makes for tag in make.tags}
    return {**outcome.catalogue.settled.names, **to_make}


def _tags(word: str, tags: Counter[str], names: dict[str, str]) -> list[str]:
    return [f"{word} {tags.total():,} tags: {_counted(tags, names)}"] if tags else []


def _counted(tags: Counter[str], names: dict[str, str]) -> str:
    counted = [f"{names.get(tag, tag)} {number:,}" for tag, number in tags.most_common(MOST)]
    return ", ".join(counted) + (f" and {len(tags) - MOST} tags more" if len(tags) > MOST else "")


def _listed(names) -> str:
    return ", ".join(f"'{name}'" for name in names)


def _time(hours: float) -> str:
    return f"{hours:.1f} hours at least" if hours >= 1 else f"{max(1, round(hours * 60))} minutes at least" if hours > 0 else "no time"
