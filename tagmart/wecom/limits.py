"""The limits of WeCom, all in one place: its own pages differ on some."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True)
class Limits:
    """Calls per kind and minute or hour, calls in flight, tags in all and per relation, sizes of one call, retries of a busy call."""

    per_minute: int = 10_000
    per_hour: int = 150_000
    in_flight: int = 5
    tags_warned: int = 3_000
    tags_at_most: int = 10_000
    tags_per_relation: int = 3_000
    name_characters: int = 30
    members_per_call: int = 100
    contacts_per_page: int = 100
    retries: int = 3
    refusals_in_a_row: int = 20
    relations_at_once: int = 20_000

    @property
    def windows(self) -> tuple[tuple[int, int], ...]:
        """Pairs of seconds and the calls of one kind within them."""
        return (60, self.per_minute), (3_600, self.per_hour)

    def hours(self, calls: int) -> float:
        """Hours that so many calls of one kind take at least."""
        return max(calls / self.per_minute / 60, calls / self.per_hour)
