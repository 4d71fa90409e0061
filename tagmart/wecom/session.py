"""A whole run of `apply`: look, ask, bring right, read back."""

from __future__ import annotations

import time
from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Any

import httpx

from tagmart.wecom.catalogue import Catalogue
from tagmart.wecom.changing import Changes, members_to_read_back
from tagmart.wecom.client import Client
from tagmart.wecom.comparing import Pass
from tagmart.wecom.interface import Interface
from tagmart.wecom.journal import Journal
from tagmart.wecom.limits import Limits
from tagmart.wecom.own_tags import Tags
from tagmart.wecom.problem import WecomProblem
from tagmart.wecom.rates import Rates
from tagmart.wecom.relations import Relations
from tagmart.wecom.tally import Tally
from tagmart.wecom.token import Account
from tagmart.wecom.wanted import Wanted

HEARTBEAT = 500


@dataclass
class Settings:
    """What a run may do. `now` gives seconds since 1970; `transport` and `progress` are for tests and terminals."""

    adopt: bool = False
    sample: int = 10
    limits: Limits = field(default_factory=Limits)
    now: Callable[[], float] = time.time
    transport: httpx.AsyncBaseTransport | None = None
    progress: Callable[[], None] = lambda: None


@dataclass
class Outcome:
    """What was found or done, what was read back, and the sentence of a run that had to stop."""

    catalogue: Catalogue
    tally: Tally
    read_back: Tally | None = None
    members_read_back: int = 0
    stopped: str = ""

    @property
    def exit_status(self) -> int:
        """0 all done, 1 something skipped or left, 2 it stopped before it came to anything."""
        if self.stopped and not (self.tally.seen or self.catalogue.made or self.catalogue.renamed):
            return 2
        differs = self.read_back.changed if self.read_back else 0
        settled = self.catalogue.settled
        incomplete = self.tally.skipped or self.tally.left or differs or settled.left_out or settled.not_renamed or self.stopped
        return 1 if incomplete else 0


class Session:
    """An open connection to one company, with what the marts want and what the journal knows."""

    def __init__(self, account: Account, journal: Journal, wanted: Wanted, settings: Settings) -> None:
        self.journal, self.wanted, self.settings, limits = journal, wanted, settings, settings.limits
        past = journal.past_calls(limits.in_flight, settings.now())
        rates = Rates(limits.windows, settings.now, past, journal.called)
        self.http = httpx.AsyncClient(base_url=account.url, timeout=30, transport=settings.transport)
        self.interface = Interface(Client(account, self.http, rates, limits))
        self.tags = Tags(journal)
        self.relations = Relations(journal, self.tags)

    async def __aenter__(self) -> Session:
        return self

    async def __aexit__(self, *error: Any) -> None:
        await self.http.aclose()
        self.journal.calls_have_ended()

    def _pass(self, dry: bool, tally: Tally, progress: Callable[[], None]) -> Pass:
        catalogue = Catalogue(self.interface, self.tags, self.wanted.tags, self.settings.limits, self.settings.adopt, dry)
        return Pass(catalogue, self.relations, self.wanted, tally, progress, None)

    async def look(self) -> Outcome:
        """Read the real state and compare; change nothing."""
        looking = self._pass(True, Tally(self.wanted.relations), self.settings.progress)
        await looking.catalogue.prepare()
        await looking.go()
        return Outcome(looking.catalogue, looking.tally)

    async def apply(self) -> Outcome:
        """Bring WeCom to what the marts want. Raises WecomProblem when it could not begin; later ones are the outcome's."""
        now, journal, tally = self.settings.now, self.journal, Tally(self.wanted.relations)
        run = journal.begin(self.wanted.as_of_date, self.wanted.relations, now())

        def progress() -> None:
            if tally.seen % HEARTBEAT == 0:
                journal.note(run, **tally.figures())
            self.settings.progress()

        working = self._pass(False, tally, progress)
        outcome = Outcome(working.catalogue, tally)
        try:
            await working.catalogue.prepare()
            await Changes(working).go()
            await self._read_back(working, outcome)
        except WecomProblem as problem:
            outcome.stopped = str(problem)
        state = "stopped" if outcome.stopped else "incomplete" if outcome.exit_status else "complete"
        journal.end(run, now(), outcome=state, note=outcome.stopped, **tally.figures())
        return outcome

    async def _read_back(self, done: Pass, outcome: Outcome) -> None:
        members = members_to_read_back(done.tally.changed_members, done.tally.failed_members, self.settings.sample)
        if members:
            reading = Pass(done.catalogue, self.relations, self.wanted, Tally(), lambda: None, None)
            await reading.go(members)
            outcome.read_back, outcome.members_read_back = reading.tally, len(members)
