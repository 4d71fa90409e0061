"""What the journal knows of relations: which of their tags we have set."""

from __future__ import annotations

import hashlib
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from tagmart.wecom.journal import Journal
from tagmart.wecom.own_tags import Class, Tags


@dataclass
class Known:
    """What the journal knows of a relation: tags (ids) that are ours, those that a call without known result may have added."""

    target: str
    state: str
    ours: frozenset[str]
    adding: frozenset[str]
    added_at: int | None


class Relations:
    """The journal's rows of relations; tag ids stand there as numbers, since a million relations bear thirteen each."""

    def __init__(self, journal: Journal, tags: Tags) -> None:
        self.db, self.tags = journal.db, tags

    def members(self) -> dict[str, int]:
        """How many relations of each member the journal holds."""
        return dict(self.db.execute("select userid, count(*) from relations group by userid"))

    def of(self, members: Sequence[str]) -> dict[tuple[str, str], Known]:
        rows = self.db.execute(
            f"select userid, external_userid, target, state, ours, adding, added_at from relations where userid in ({', '.join('?' * len(members))})", members
        )
        return {
            (userid, external): Known(target, state, self._ids(ours), self._ids(adding), added_at)
            for userid, external, target, state, ours, adding, added_at in rows
        }

    def keep(
        self, relation: tuple[str, str], target: str, state: str, ours: Iterable[str], adding: Iterable[str] = (), reason: str = "", added_at: int | None = None
    ) -> None:
        row = (*relation, target, state, reason, self._text(ours), self._text(adding), added_at)
        self.db.execute("insert or replace into relations values (?, ?, ?, ?, ?, ?, ?, ?)", row)

    def forget(self, relation: tuple[str, str]) -> None:
        self.db.execute("delete from relations where userid = ? and external_userid = ?", relation)

    def _ids(self, text: str) -> frozenset[str]:
        return frozenset(self.tags.tag[number] for number in text.split(",") if number in self.tags.tag)

    def _text(self, ids: Iterable[str]) -> str:
        return ",".join(map(str, sorted(self.tags.number[id] for id in ids if id in self.tags.number)))


def target_hash(classes: Iterable[Class]) -> str:
    """A hash of the classes that a relation should bear."""
    return hashlib.blake2b("\n".join(sorted(f"{scheme}.{segment}" for scheme, segment in classes)).encode(), digest_size=8).hexdigest()
