"""WeCom's limits on calls, held strictly: what goes beyond one is refused and written down as a violation."""

from __future__ import annotations

from collections import Counter, defaultdict, deque
from collections.abc import Iterator
from contextlib import contextmanager

from wecom_company import Fault


class Rules:
    """Calls of each kind in any 60 and 3,600 seconds, calls in flight, and never two at once for one customer."""

    def __init__(self, per_minute: int = 10_000, per_hour: int = 150_000, in_flight: int = 5) -> None:
        self.windows = ((60, per_minute), (3_600, per_hour))
        self.in_flight_at_most = in_flight
        self.calls: dict[str, deque[float]] = defaultdict(deque)
        self.minute: dict[str, deque[float]] = defaultdict(deque)
        self.highest_minute: Counter[str] = Counter()
        self.highest_in_flight = self.in_flight = 0
        self.customers: Counter[str] = Counter()
        self.blocked_until: dict[str, float] = defaultdict(float)
        self.violations: list[str] = []

    def arrive(self, kind: str, now: float) -> None:
        """Count a call. Raises Fault 45009 when it is one too many, or while its kind is blocked by others of the company."""
        for (length, most), calls in zip(self.windows, (self.minute[kind], self.calls[kind])):
            while calls and calls[0] <= now - length:
                calls.popleft()
            calls.append(now)
            if len(calls) > most:
                self.violations.append(f"{kind}: {len(calls)} calls in {length} seconds")
                self.blocked_until[kind] = now + length
        self.highest_minute[kind] = max(self.highest_minute[kind], len(self.minute[kind]))
        if now < self.blocked_until[kind]:
            raise Fault(45009, "api freq out of limit")

    @contextmanager
    def flying(self, kind: str, customer: str | None) -> Iterator[None]:
        self.in_flight += 1
        self.customers[customer or ""] += 1
        self.highest_in_flight = max(self.highest_in_flight, self.in_flight)
        try:
            if self.in_flight > self.in_flight_at_most:
                self.violations.append(f"{kind}: {self.in_flight} calls in flight")
                raise Fault(45033, "too many concurrent calls")
            if customer and self.customers[customer] > 1:
                self.violations.append(f"{kind}: two calls at once for {customer}")
                raise Fault(6000, "version conflict")
            yield
        finally:
            self.in_flight -= 1
            self.customers[customer or ""] -= 1

    def forget_flying(self) -> None:
        """After a kill nothing is in flight any more."""
        self.in_flight = 0
        self.customers.clear()
