"""Brings relations right: one call each, with the intent in the journal before it and the result after it."""

from __future__ import annotations

import asyncio
from collections.abc import Iterable

from tagmart.wecom.comparing import Pass
from tagmart.wecom.difference import NOTHING, Difference
from tagmart.wecom.gate import OneAtATime
from tagmart.wecom.interface import INVALID_TAG, NOT_THERE
from tagmart.wecom.job import Job, together
from tagmart.wecom.problem import Busy, Refused, WecomProblem


class Changes:
    """Takes the jobs of a pass and works on as many as may be in flight, never on two relations of one customer at once."""

    def __init__(self, compared: Pass) -> None:
        self.compared, self.catalogue, self.tally = compared, compared.catalogue, compared.tally
        self.limits = compared.limits
        self.queue: asyncio.Queue[Job | None] = asyncio.Queue(maxsize=4 * self.limits.in_flight)
        self.customers = OneAtATime()
        self.failures = 0
        compared.sink = self.queue.put

    async def go(self) -> None:
        """Bring all relations right. Raises WecomProblem when going on makes no sense."""

        async def read() -> None:
            await self.compared.go()
            for _ in range(self.limits.in_flight):
                await self.queue.put(None)

        async def work() -> None:
            while (job := await self.queue.get()) is not None:
                async with self.customers.of(job.external_userid):
                    await self._change(job)
                self.compared.progress()

        await together(read(), *(work() for _ in range(self.limits.in_flight)))

    async def _change(self, job: Job) -> None:
        again = False
        while True:
            generation, found = self.catalogue.generation, self.compared.compared(job)
            if not found:
                self.tally.unchanged += 1
                return self.compared.keep(job, "done", found.ours)
            self.compared.keep(job, "intended", found.ours, found.add)
            try:
                await self.catalogue.interface.mark(job.userid, job.external_userid, found.add, found.remove)
            except Refused as refused:
                if refused.code == INVALID_TAG and not again and await self.catalogue.again(generation):
                    again = True
                    continue
                return self._refused(job, found, refused)
            except Busy as busy:
                self.tally.leave(job.userid, str(busy))
                self.compared.keep(job, "left", found.ours, found.add, str(busy))
                return self._failed(busy)
            self.failures = 0
            self.tally.change(job.userid, found)
            return self.compared.keep(job, "done", (found.ours - found.remove) | found.add)

    def _refused(self, job: Job, found: Difference, refused: Refused) -> None:
        adding = found.add if refused.tried_before else NOTHING
        if refused.code in NOT_THERE:
            reason = f"{refused.code}: {NOT_THERE[refused.code]}"
            self.tally.skip(job.userid, reason)
            # It was listed a moment ago: whether it is gone for good, and can be forgotten, the next run's reading tells.
            return self.compared.keep(job, "skipped", found.ours, adding, reason)
        self.tally.leave(job.userid, str(refused))
        self.compared.keep(job, "left", found.ours, adding, str(refused))
        self._failed(refused)

    def _failed(self, error: Exception) -> None:
        self.failures += 1
        if self.failures >= self.limits.refusals_in_a_row:
            raise WecomProblem(
                f"{self.failures} relations in a row could not be changed, the last since {error}: nothing more was tried; run apply again later."
            )


def members_to_read_back(changed: Iterable[str], failed: Iterable[str], sample: int) -> set[str]:
    """Members with a failure, and a sample of those with a change: the same for the same members, and spread over their ids."""
    from hashlib import blake2b

    return set(failed) | set(sorted(changed, key=lambda userid: blake2b(userid.encode(), digest_size=8).digest())[:sample])
