"""What `plan` and `status` print."""

from __future__ import annotations

from itertools import groupby
from pathlib import Path

import duckdb

from tagmart.wecom.journal import Journal
from tagmart.wecom.limits import Limits
from tagmart.wecom.mart import CHANGES, PLAN, TARGETS, planned_tags, reading


def plan_text(database: Path, limits: Limits) -> str:
    """Groups and tags, what is left out and why, and the difference as the snapshot of the raw tables shows it."""
    with reading(database), duckdb.connect(str(database), read_only=True) as connection:
        tags = planned_tags(connection)
        newest = f"from {PLAN} where as_of_date = (select max(as_of_date) from {PLAN})"
        date = connection.execute(f"select max(as_of_date) from {PLAN}").fetchone()[0]
        out = connection.execute(
            f"""select scheme_code, left_out_reason, string_agg(segment_code, ', ' order by segment_code), count(*) {newest} and not is_planned
            group by 1, 2 order by 1, 2"""
        ).fetchall()
        relations, members = connection.execute(
            f"select count(distinct (userid, external_userid)), count(distinct userid) from {TARGETS} where as_of_date = ?", [date]
        ).fetchone()
        changes = dict(connection.execute(f"select change_kind, count(*) from {CHANGES} where as_of_date = ? group by 1", [date]).fetchall())
        calls, to_make = connection.execute(
            f"""select count(distinct (userid, external_userid)), count(distinct (group_name, tag_name)) filter (where tag_id is null)
            from {CHANGES} where as_of_date = ?""",
            [date],
        ).fetchone()
    lines = [f"As of {date}: {relations:,} relations of {members:,} members of staff should bear the tags below.", ""]
    for group, tags_of in groupby(tags, lambda tag: (tag.group_name, tag.scheme)):
        lines += [f"{group[0]} ({group[1]}): " + ", ".join(f"{tag.tag_name} {tag.relations or 0:,}" for tag in tags_of)]
    lines += [f"Left out of {scheme}: {reason}: {_few(segments, number)}" for scheme, reason, segments, number in out]
    lines += ["", f"Groups: {len({tag.scheme for tag in tags})}; tags: {len(tags):,}, of which {to_make:,} have no id in the raw tables yet."]
    lines += [f"To change, as the raw tables have it: {changes.get('add_tag', 0):,} tags to add, {changes.get('remove_tag', 0):,} to remove."]
    lines += [f"That is {calls:,} calls, at least {limits.hours(calls):.2f} hours ({limits.per_minute:,} a minute, {limits.per_hour:,} an hour); all"]
    lines += [f"relations from nothing would be {relations:,} calls, at least {limits.hours(relations):.2f} hours. apply reads the real state itself."]
    if len(tags) >= limits.tags_warned:
        lines += [f"Note: {len(tags):,} tags; some of WeCom's pages allow {limits.tags_warned:,}, others {limits.tags_at_most:,}."]
    return "\n".join(lines)


def _few(segments: str, number: int) -> str:
    shown = segments.split(", ")[:5]
    return ", ".join(shown) + (f" and {number - len(shown):,} more (activation.wecom_tag_plan)" if number > len(shown) else "")


def status_text(journal: Journal, all_of_them: bool) -> str:
    """The latest runs, and the relations that are not done with their reasons."""
    runs = journal.db.execute(
        "select run, started_at, ended_at, outcome, as_of_date, relations, seen, changed, unchanged, skipped, left, note from runs order by run desc limit 10"
    ).fetchall()
    if not runs:
        return f"{journal.path}: no run yet."
    lines = []
    for run, started, ended, outcome, as_of, relations, seen, changed, unchanged, skipped, left, note in runs:
        end = f"{outcome} at {ended}" if ended else "has not ended: it is under way, or was killed and goes on with the next apply"
        lines += [f"Run {run}, from {started} UTC, marts as of {as_of}: {end}. {note or ''}".rstrip()]
        lines += [
            f"  {relations:,} relations: {changed:,} changed, {unchanged:,} as they should be, {skipped:,} skipped, "
            f"{left:,} left, {max(relations - seen, 0):,} not come to."
        ]
    groups, tags = (journal.db.execute(f"select count(*) from {table}").fetchone()[0] for table in ("own_groups", "own_tags"))
    bearing = journal.db.execute("select count(*) from relations where ours <> ''").fetchone()[0]
    lines += ["", f"Ours: {groups:,} groups, {tags:,} tags, on {bearing:,} relations."]
    reasons = "select state, reason, count(*) from relations where state <> 'done' group by 1, 2 order by 3 desc, 1, 2"
    lines += [f"{_word(state)}: {number:,} relations{': ' + reason if reason else ''}." for state, reason, number in journal.db.execute(reasons)]
    if all_of_them:
        rows = journal.db.execute("select userid, external_userid, state, reason from relations where state <> 'done' order by 1, 2")
        lines += ["", "userid\texternal_userid\tstate\treason", *("\t".join(row) for row in rows)]
    return "\n".join(lines)


def _word(state: str) -> str:
    return {"intended": "Not known (a call was under way when the run ended)", "skipped": "Skipped", "left": "Left"}[state]
