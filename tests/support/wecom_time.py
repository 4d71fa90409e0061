"""An event loop whose time passes only when everybody waits: hours of waiting cost nothing, and every run is the same."""

from __future__ import annotations

import asyncio
import selectors

BEGIN = 1_750_000_000.0  # seconds since 1970


class _Instant(selectors.SelectSelector):
    def __init__(self) -> None:
        super().__init__()
        self.passed = 0.0

    def select(self, timeout: float | None = None):
        if timeout is None:
            raise RuntimeError("Everybody waits for somebody: nothing would ever happen again.")
        self.passed += max(timeout, 0)
        return super().select(0)


class VirtualLoop(asyncio.SelectorEventLoop):
    """`asyncio.sleep` returns at once, and `now()` has moved on by as much."""

    def __init__(self, begin: float = BEGIN) -> None:
        self.instant, self.begin = _Instant(), begin
        super().__init__(self.instant)

    def time(self) -> float:
        return self.instant.passed

    def now(self) -> float:
        return self.begin + self.instant.passed


def run(coroutine, begin: float = BEGIN):
    """Run a coroutine in virtual time; `coroutine` is given the loop's `now`."""
    loop = VirtualLoop(begin)
    try:
        return loop.run_until_complete(coroutine(loop.now))
    finally:
        loop.close()
