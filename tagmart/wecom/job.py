"""A relation on its way through a run, and tasks that stop together."""

from __future__ import annotations

import asyncio
from collections.abc import Coroutine
from dataclasses import dataclass

from tagmart.wecom.own_tags import Class
from tagmart.wecom.relations import target_hash


@dataclass(frozen=True)
class Job:
    """A relation as read: what it holds, the classes that it should bear (None when the marts do not name it), what was ours."""

    userid: str
    external_userid: str
    classes: tuple[Class, ...] | None
    held: frozenset[str]
    ours: frozenset[str]
    added_at: int | None

    @property
    def relation(self) -> tuple[str, str]:
        return self.userid, self.external_userid

    @property
    def target(self) -> str:
        return target_hash(self.classes or ())


async def together(*coroutines: Coroutine) -> None:
    """Run side by side; the first error stops the others and is raised."""
    tasks = [asyncio.ensure_future(coroutine) for coroutine in coroutines]
    try:
        await asyncio.gather(*tasks)
    finally:
        for task in tasks:
            task.cancel()
        await asyncio.gather(*tasks, return_exceptions=True)
