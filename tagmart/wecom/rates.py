"""How many calls of a kind may start within a minute and an hour.

A call counts from its start until a window after its end: whenever it reaches WeCom in between, no window there holds more
than the limit. Counts are of whole seconds, so that an hour is 3,600 numbers, and they outlive the process (`remember`).
"""

from __future__ import annotations

import asyncio
import math
import time
from collections import defaultdict, deque
from collections.abc import Callable, Iterable

from tagmart.wecom.problem import WecomProblem

FIRST_BLOCK, LONG_BLOCK, BLOCKS_AT_MOST = 60, 3_600, 4


class Kind:
    """The calls of one kind: under way, ended by second, and whether WeCom has blocked them."""

    def __init__(self, windows: tuple[tuple[int, int], ...]) -> None:
        self.windows = windows
        self.ended = [deque() for _ in windows]
        self.totals = [0 for _ in windows]
        self.under_way = 0
        self.blocked_since = self.blocked_until = -math.inf
        self.blocks = 0

    def count(self, second: int, calls: int = 1) -> None:
        for number, ended in enumerate(self.ended):
            if ended and ended[-1][0] >= second:
                ended[-1][1] += calls
            else:
                ended.append([second, calls])
            self.totals[number] += calls

    def wait(self, now: float) -> float:
        """Seconds until another call may start; 0 for now."""
        longest = self.blocked_until - now
        for number, (length, most) in enumerate(self.windows):
            ended = self.ended[number]
            while ended and ended[0][0] < math.floor(now) - length:
                self.totals[number] -= ended.popleft()[1]
            if self.totals[number] + self.under_way >= most:
                longest = max(longest, ended[0][0] + length + 1 - now if ended else 1)
        return max(longest, 0)


class Rates:
    """Waits before calls. `now` gives seconds; `past` holds (kind, second, calls) of earlier runs; `remember` is told of each that ends."""

    def __init__(
        self,
        windows: tuple[tuple[int, int], ...],
        now: Callable[[], float] = time.time,
        past: Iterable[tuple[str, int, int]] = (),
        remember: Callable[[str, int], None] = lambda kind, second: None,
    ) -> None:
        self.now, self.remember = now, remember
        self.kinds: dict[str, Kind] = defaultdict(lambda: Kind(windows))
        for kind, second, calls in past:
            self.kinds[kind].count(second, calls)

    async def start(self, kind: str) -> float:
        """Wait until a call may start, and return the time at which it does; `end` must follow."""
        counted = self.kinds[kind]
        while (seconds := counted.wait(self.now())) > 0:
            await asyncio.sleep(seconds)
        counted.under_way += 1
        return self.now()

    def end(self, kind: str) -> None:
        second = math.floor(self.now())
        self.kinds[kind].under_way -= 1
        self.kinds[kind].count(second)
        self.remember(kind, second)

    def accepted(self, kind: str, started: float) -> None:
        if started > self.kinds[kind].blocked_since:
            self.kinds[kind].blocks = 0

    def refused(self, kind: str, started: float) -> None:
        """WeCom blocks a kind for a minute or, when it still does so after that, for an hour; several calls in flight hear of one block."""
        counted, now = self.kinds[kind], self.now()
        if started <= counted.blocked_since:
            return
        if counted.blocks == BLOCKS_AT_MOST:
            raise WecomProblem(f"WeCom has refused {kind} for hours (45009): another application uses up the company's rate; stop it and run apply again.")
        counted.blocked_since, counted.blocked_until = now, now + (LONG_BLOCK if counted.blocks else FIRST_BLOCK) + 1
        counted.blocks += 1
