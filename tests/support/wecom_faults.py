"""What goes wrong by chance, from a seed."""

from __future__ import annotations

import random
from dataclasses import dataclass

from wecom_company import Fault

MARK = "externalcontact/mark_tag"
TOKEN_LASTS = 50  # calls: a token that is refused as soon as it was given stops a run, which is another test


@dataclass(frozen=True)
class Chances:
    """Per call: busy before or after the work is done, no readable answer, rate used up by others, too many at once, expired token, not yet visible."""

    busy: float = 0.02
    busy_after: float = 0.01
    broken: float = 0.01
    rate: float = 0.002
    crowded: float = 0.01
    expired: float = 0.005
    invisible: float = 0.01
    add_refused: float = 0.2


NONE = Chances(0, 0, 0, 0, 0, 0, 0, 0)


class Faults:
    """Draws faults; `script` holds codes that calls of a kind get first, in turn, whatever the chances are (0 for none)."""

    def __init__(self, seed: int, chances: Chances = NONE) -> None:
        self.random, self.chances = random.Random(seed), chances
        self.script: dict[str, list[int]] = {}
        self.calls_with_token = 0

    def before(self, kind: str) -> None:
        """Raise a fault of a call that has done nothing."""
        if self.script.get(kind):
            code = self.script[kind].pop(0)
            if code:
                raise Fault(code, "as the script says")
        chances = self.chances
        self.calls_with_token += 1
        expired = chances.expired if self.calls_with_token > TOKEN_LASTS else 0
        codes = [(chances.busy, self.random.choice((-1, 6000))), (chances.crowded, 45033), (expired, 42001), (chances.rate, 45009)]
        codes += [(chances.invisible, 84061)] if kind == MARK else [(chances.add_refused, 40068)] if kind.endswith("add_corp_tag") else []
        for chance, code in codes:
            if self.random.random() < chance:
                self.calls_with_token = 0 if code == 42001 else self.calls_with_token
                raise Fault(code, "by chance")

    def after(self, kind: str) -> str | None:
        """What becomes of the answer of a call that was done: None (it arrives), `busy` or `broken`."""
        draw = self.random.random()
        return "busy" if draw < self.chances.busy_after else "broken" if draw < self.chances.busy_after + self.chances.broken else None

    def latency(self) -> float:
        return self.random.uniform(0.02, 0.3)
