"""The journal: a SQLite file of what we have set, which survives a run that is killed.

Each statement is its own transaction. After a kill it holds everything; when the machine itself loses power the last moments may
be missing, and tags set then count as set by hand and are left alone.
"""

from __future__ import annotations

import datetime as dt
import hashlib
import sqlite3
from pathlib import Path

from tagmart.wecom.problem import WecomProblem

SCHEMA = """
create table if not exists about (name text primary key, value text) without rowid;
create table if not exists runs (
    run integer primary key, started_at text, ended_at text, outcome text, as_of_date text, relations integer default 0, seen integer default 0,
    changed integer default 0, unchanged integer default 0, skipped integer default 0, left integer default 0, note text default ''
);
create table if not exists calls_ended (kind text, second integer, calls integer, primary key (kind, second)) without rowid;
create table if not exists own_groups (scheme_code text primary key, group_id text unique, group_name text, group_order integer) without rowid;
create table if not exists own_tags (
    number integer primary key autoincrement, scheme_code text, segment_code text, tag_id text unique, tag_name text, tag_order integer,
    unique (scheme_code, segment_code)
);
create table if not exists relations (
    userid text, external_userid text, target text, state text, reason text default '', ours text default '', adding text default '',
    added_at integer, primary key (userid, external_userid)
) without rowid;
"""
VERSION = "1"
KINDS = ("gettoken", *(f"externalcontact/{name}" for name in ("get_corp_tag_list", "add_corp_tag", "edit_corp_tag", "mark_tag", "batch/get_by_user")))


def moment(seconds: float) -> str:
    """A time as it stands in the journal: UTC, to the second."""
    return dt.datetime.fromtimestamp(seconds, dt.timezone.utc).strftime("%Y-%m-%d %H:%M:%S")


class Journal:
    """An open journal. Raises WecomProblem when the file is no journal or belongs to another company."""

    def __init__(self, path: Path, corp_id: str | None = None) -> None:
        self.path = path
        try:
            path.parent.mkdir(parents=True, exist_ok=True, mode=0o700)  # it names people
            self.db = sqlite3.connect(path, isolation_level=None)
            # What is forgotten is overwritten, in the file and not only in its tables.
            self.db.executescript(f"pragma journal_mode = wal; pragma synchronous = normal; pragma secure_delete = on; {SCHEMA}")
        except (OSError, sqlite3.Error) as error:
            raise WecomProblem(f"{path} cannot be used as journal ({error}): give another file with --journal.") from error
        if self._about("version", VERSION) != VERSION:
            raise WecomProblem(f"{path} was written by another version of Tagmart: use that one, or give another file with --journal.")
        company = corp_id and hashlib.sha256(corp_id.encode()).hexdigest()[:16]
        if company and self._about("company", company) != company:
            raise WecomProblem(f"{path} is the journal of another company than TAGMART_WECOM_CORP_ID: give that company's own file with --journal.")

    def _about(self, name: str, value: str) -> str:
        self.db.execute("insert or ignore into about values (?, ?)", (name, value))
        return self.db.execute("select value from about where name = ?", (name,)).fetchone()[0]

    def close(self) -> None:
        self.db.close()

    def begin(self, as_of_date: str, relations: int, now: float) -> int:
        """Write down that a run begins, and return its number."""
        self.db.execute("insert into runs (started_at, as_of_date, relations) values (?, ?, ?)", (moment(now), as_of_date, relations))
        return self.db.execute("select max(run) from runs").fetchone()[0]

    def note(self, run: int, **values: object) -> None:
        self.db.execute(f"update runs set {', '.join(f'{name} = ?' for name in values)} where run = ?", (*values.values(), run))

    def end(self, run: int, now: float, **values: object) -> None:
        """Write down how a run ended; nothing of what was forgotten stays in the file."""
        self.note(run, ended_at=moment(now), **values)
        self.db.execute("pragma wal_checkpoint(truncate)")

    def called(self, kind: str, second: int) -> None:
        self.db.execute("insert into calls_ended values (?, ?, 1) on conflict do update set calls = calls + 1", (kind, second))

    def past_calls(self, in_flight: int, now: float) -> list[tuple[str, int, int]]:
        """Calls (kind, second, number) of the last hour. Of a process that was killed, those in flight may have come through as well."""
        if self.db.execute("delete from about where name = 'calling'").rowcount:
            kinds = {kind for (kind,) in self.db.execute("select distinct kind from calls_ended")} | set(KINDS)
            lost = [(kind, int(now), in_flight) for kind in sorted(kinds)]
            self.db.executemany("insert into calls_ended values (?, ?, ?) on conflict do update set calls = calls + excluded.calls", lost)
        self._about("calling", "since")
        self.db.execute("delete from calls_ended where second < ?", (now - 3_700,))
        return self.db.execute("select kind, second, calls from calls_ended order by second").fetchall()

    def calls_have_ended(self) -> None:
        self.db.execute("delete from about where name = 'calling'")


def only_one(path: Path) -> sqlite3.Connection:
    """Hold the journal for one run; the system lets go of it when the process ends, however it ends."""
    lock = sqlite3.connect(f"{path}.lock", isolation_level=None, timeout=0)
    try:
        lock.execute("begin exclusive")
    except sqlite3.OperationalError as error:
        lock.close()
        raise WecomProblem(f"{path} is in use by another run of apply: wait until it has ended.") from error
    return lock
