"""Runs of `apply` against the simulator, in one process and in virtual time, killed or not."""

from __future__ import annotations

import asyncio
from dataclasses import dataclass, field
from pathlib import Path

import httpx
from wecom_company import Company
from wecom_faults import Faults
from wecom_marts import Plan, write_marts
from wecom_rules import Rules
from wecom_simulator import CORP, SECRET, Simulator
from wecom_time import BEGIN, VirtualLoop

from tagmart.wecom.journal import Journal
from tagmart.wecom.limits import Limits
from tagmart.wecom.session import Outcome, Session, Settings
from tagmart.wecom.token import Account
from tagmart.wecom.wanted import Wanted


class Killed(Exception):
    """The process is gone: nothing of it ran any further."""


@dataclass
class Bench:
    """A company, its simulator, the marts and a journal in one folder. Time goes on from run to run."""

    folder: Path
    company: Company = field(default_factory=Company)
    rules: Rules = field(default_factory=Rules)
    faults: Faults = field(default_factory=lambda: Faults(0))
    limits: Limits = field(default_factory=Limits)
    time: float = BEGIN
    secret: str = SECRET

    def __post_init__(self) -> None:
        self.simulator = Simulator(self.company, lambda: self.time, self.rules, self.faults)
        self.database, self.journal = self.folder / "marts.duckdb", self.folder / "journal.sqlite"

    def marts(self, plan: Plan, targets: dict, changes=()) -> None:
        write_marts(self.database, plan, targets, changes)

    def apply(self, *, dry: bool = False, kill_at: int = -1, kill_after: bool = False, **settings) -> Outcome:
        """Run apply to its end, or until call number `kill_at` (after its work with `kill_after`), when it raises Killed."""
        loop = VirtualLoop(self.time)
        simulator = self.simulator
        simulator.now = loop.now
        simulator.kill_at, simulator.kill_after = (simulator.number + kill_at if kill_at > 0 else -1), kill_after

        async def kill() -> None:
            loop.stop()
            await asyncio.Event().wait()

        simulator.kill = kill
        journal, wanted = Journal(self.journal, CORP), Wanted(self.database, self.journal)
        options = {"limits": self.limits, "now": loop.now, "transport": httpx.ASGITransport(simulator.app), **settings}
        account = Account("https://wecom.example/cgi-bin", CORP, self.secret, 1_000_002)

        async def go() -> Outcome:
            async with Session(account, journal, wanted, Settings(**options)) as session:
                return await (session.look() if dry else session.apply())

        try:
            return loop.run_until_complete(go())
        except RuntimeError as error:
            if "stopped before Future" not in str(error):
                raise
            journal.close()  # from here on nothing can be written
            tasks = asyncio.all_tasks(loop)
            for task in tasks:
                task.cancel()
            loop.run_until_complete(asyncio.gather(*tasks, return_exceptions=True))
            simulator.rules.forget_flying()
            raise Killed from None
        finally:
            self.time = loop.now()
            loop.close()
            journal.close()
            wanted.close()

    def rows(self, sql: str) -> list[tuple]:
        journal = Journal(self.journal)
        try:
            return journal.db.execute(sql).fetchall()
        finally:
            journal.close()
