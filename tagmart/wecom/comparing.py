"""One pass over relations: read, compare with what the marts want, hand on what differs."""

from __future__ import annotations

from collections.abc import Callable, Coroutine, Iterable

from tagmart.wecom.catalogue import Catalogue
from tagmart.wecom.difference import NOTHING, Difference, difference
from tagmart.wecom.interface import Contact
from tagmart.wecom.job import Job, together
from tagmart.wecom.own_tags import Class
from tagmart.wecom.reading import Unread, pages, parts
from tagmart.wecom.relations import Known, Relations
from tagmart.wecom.tally import Tally
from tagmart.wecom.wanted import Wanted

READERS = 4
NOT_LISTED = "84061: WeCom does not list the customer with this member"


class Pass:
    """Compares all relations, or those of some members. `sink` gets each job that differs; without one, differences are only counted."""

    def __init__(
        self, catalogue: Catalogue, relations: Relations, wanted: Wanted, tally: Tally, progress: Callable[[], None], sink: Callable[[Job], Coroutine] | None
    ) -> None:
        self.catalogue, self.relations, self.wanted, self.tally, self.progress, self.sink = catalogue, relations, wanted, tally, progress, sink
        self.limits = catalogue.limits

    async def go(self, only: Iterable[str] | None = None) -> None:
        """Read members, several parts side by side. Raises WecomProblem when nothing more can be read."""
        members = self.relations.members()
        for userid, number in self.wanted.members().items():
            members[userid] = max(number, members.get(userid, 0))
        if only is not None:
            members = {userid: members[userid] for userid in only if userid in members}
        left = parts(members, self.limits)

        async def read() -> None:
            for part in left:
                await self._part(part)

        await together(*(read() for _ in range(READERS)))

    async def _part(self, members: list[str]) -> None:
        wanted, known = self.wanted.of(members), self.relations.of(members)
        seen: set[tuple[str, str]] = set()
        unread: dict[str, Unread] = {}
        async for page in pages(self.catalogue.interface, members):
            if isinstance(page, Unread):
                unread.update(dict.fromkeys(page.members, page))
                continue
            for contact in page:
                relation = (contact.userid, contact.external_userid)
                if relation not in seen:
                    seen.add(relation)
                    await self._compare(contact, wanted.pop(relation, None), known.pop(relation, None))
        for relation in {**known, **wanted}:
            self._not_read(relation, wanted.get(relation), known.get(relation), unread.get(relation[0]))

    def compared(self, job: Job) -> Difference:
        names = self.catalogue.settled.names
        held = frozenset(tag for tag in job.held if tag in names)
        settled = self.catalogue.settled
        return difference(held, self.catalogue.wanted(job.classes or ()), job.ours, settled.in_own_groups, self.catalogue.frozen, self.catalogue.adopt)

    async def _compare(self, contact: Contact, classes: list[Class] | None, known: Known | None) -> None:
        # A customer who left and came back has lost our tags: what they bear now was set by others.
        same = known and (known.added_at is None or contact.added_at is None or known.added_at == contact.added_at)
        ours = known.ours | known.adding if known and same else NOTHING
        job = Job(contact.userid, contact.external_userid, None if classes is None else tuple(classes), contact.tags, ours, contact.added_at)
        found = self.compared(job)
        self.tally.hand_set(found)
        if found.add and len(job.held) + len(found.add) - len(found.remove) > self.limits.tags_per_relation:
            reason = f"they would bear more than {self.limits.tags_per_relation:,} tags"
            self.tally.skip(job.userid, reason)
            self.keep(job, "skipped", found.ours, reason=reason)
        elif found and self.sink:
            await self.sink(job)
            return
        elif found:
            self.tally.change(job.userid, found)
        else:
            self.tally.unchanged += 1
            if known is None or (known.target, known.state, known.ours, known.adding, known.added_at) != (
                job.target,
                "done",
                found.ours,
                NOTHING,
                job.added_at,
            ):
                self.keep(job, "done", found.ours)
        self.progress()

    def keep(self, job: Job, state: str, ours: frozenset[str], adding: frozenset[str] = NOTHING, reason: str = "") -> None:
        """Write a relation into the journal; one that the marts do not name and that bears nothing of ours is forgotten."""
        if self.sink is None:
            return
        if job.classes is None and not ours and not adding:
            self.relations.forget(job.relation)
        else:
            self.relations.keep(job.relation, job.target, state, ours, adding, reason, job.added_at)

    def _not_read(self, relation: tuple[str, str], classes: list[Class] | None, known: Known | None, unread: Unread | None) -> None:
        kept = known or Known("", "", NOTHING, NOTHING, None)
        job = Job(*relation, None if classes is None else tuple(classes), NOTHING, NOTHING, kept.added_at)
        if unread and not unread.gone:
            self.tally.leave(job.userid, unread.reason)
            self.keep(job, "left", kept.ours, kept.adding, unread.reason)
        elif classes is None:
            self.keep(job, "gone", NOTHING)
            return
        else:
            reason = unread.reason if unread else NOT_LISTED
            self.tally.skip(job.userid, reason)
            self.keep(job, "skipped", kept.ours if unread else NOTHING, reason=reason)
        self.progress()
