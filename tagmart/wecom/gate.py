"""How many calls are in flight, and never two at once for one customer."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager

CALLS_UNTIL_WIDER = 100


class Gate:
    """Lets `most` calls through at once; one fewer after each 45033, one more after every hundred good calls."""

    def __init__(self, most: int) -> None:
        self.most = self.allowed = most
        self.in_flight = self.good = 0
        self.changed = asyncio.Condition()

    @asynccontextmanager
    async def open(self) -> AsyncIterator[None]:
        async with self.changed:
            await self.changed.wait_for(lambda: self.in_flight < self.allowed)
            self.in_flight += 1
        try:
            yield
        finally:
            self.in_flight -= 1
            async with self.changed:
                self.changed.notify_all()

    def narrow(self) -> None:
        self.allowed, self.good = max(1, self.allowed - 1), 0

    def widen(self) -> None:
        self.good += 1
        if self.good >= CALLS_UNTIL_WIDER and self.allowed < self.most:
            self.allowed, self.good = self.allowed + 1, 0


class OneAtATime:
    """A lock per name, kept only while somebody holds it or waits for it."""

    def __init__(self) -> None:
        self.locks: dict[str, list] = {}

    @asynccontextmanager
    async def of(self, name: str) -> AsyncIterator[None]:
        lock = self.locks.setdefault(name, [asyncio.Lock(), 0])
        lock[1] += 1
        try:
            async with lock[0]:
                yield
        finally:
            lock[1] -= 1
            if not lock[1]:
                del self.locks[name]
