"""WeCom's interface as an ASGI application: its rules, limits and error codes, faults by chance, every call written down."""

from __future__ import annotations

import asyncio
from collections import Counter
from collections.abc import Awaitable, Callable
from dataclasses import dataclass
from typing import Any

from starlette.applications import Starlette
from starlette.requests import Request
from starlette.responses import JSONResponse, PlainTextResponse, Response
from starlette.routing import Route
from wecom_answers import TAGS_AT_MOST, answer
from wecom_company import Company, Fault
from wecom_faults import Faults
from wecom_rules import Rules

CORP, SECRET = "ww-simulated", "a-secret"
CHANGING = ("externalcontact/mark_tag", "externalcontact/add_corp_tag", "externalcontact/edit_corp_tag")


@dataclass(frozen=True)
class Call:
    """A call as it came in, and the code that went out."""

    kind: str
    body: dict[str, Any]
    code: int
    at: float


class Simulator:
    """Serves `app`. `now` gives seconds; `on_call(number, kind)` may act before each call, `kill` is awaited in place of an answer at `kill_at`."""

    def __init__(self, company: Company, now: Callable[[], float], rules: Rules | None = None, faults: Faults | None = None) -> None:
        self.company, self.now = company, now
        self.rules, self.faults = rules or Rules(), faults or Faults(0)
        self.tags_at_most = TAGS_AT_MOST
        self.token, self.tokens = "", 0
        self.calls: list[Call] = []
        self.keep_calls = True
        self.counts: Counter[tuple[str, int]] = Counter()
        self.number, self.kill_at, self.kill_after = 0, -1, False
        self.kill: Callable[[], Awaitable[None]] | None = None
        self.on_call: Callable[[int, str], None] = lambda number, kind: None
        self.app = Starlette(routes=[Route("/cgi-bin/{kind:path}", self.serve, methods=["GET", "POST"])])

    async def serve(self, request: Request) -> Response:
        kind = request.path_params["kind"]
        body = await request.json() if request.method == "POST" else {}
        self.number += 1
        number, at = self.number, self.now()
        self.on_call(number, kind)
        if number == self.kill_at and not self.kill_after:
            await self.kill()
        code, reply = await self._answered(kind, request, body)
        if number == self.kill_at:
            await self.kill()
        self.counts[kind, code] += 1
        if self.keep_calls:
            self.calls.append(Call(kind, body, code, at))
        return PlainTextResponse("gateway", 502) if code == 502 else JSONResponse({"errcode": code, "errmsg": reply.pop("errmsg", "ok"), **reply})

    async def _answered(self, kind: str, request: Request, body: dict[str, Any]) -> tuple[int, dict[str, Any]]:
        try:
            self.rules.arrive(kind, self.now())
            with self.rules.flying(kind, body.get("external_userid")):
                await asyncio.sleep(self.faults.latency())
                return self._done(kind, request, body)
        except Fault as fault:
            if fault.code == 45009 and self.now() >= self.rules.blocked_until[kind]:  # others have used up the rate
                self.rules.blocked_until[kind] = self.now() + self.faults.random.choice((60, 3_600))
            if fault.code == 42001:
                self.token = ""
            return fault.code, {"errmsg": fault.message}

    def _done(self, kind: str, request: Request, body: dict[str, Any]) -> tuple[int, dict[str, Any]]:
        if kind == "gettoken":
            if (request.query_params["corpid"], request.query_params["corpsecret"]) != (CORP, SECRET):
                raise Fault(40001, "invalid credential")
            self.tokens += 1
            self.token = f"token-{self.tokens}"
            return 0, {"access_token": self.token, "expires_in": 7_200}
        if request.query_params["access_token"] != self.token:
            raise Fault(40014, "invalid access_token")
        self.faults.before(kind)
        reply = answer(self.company, kind, body, self.tags_at_most)
        lost = self.faults.after(kind)
        return (-1, {"errmsg": "system busy"}) if lost == "busy" else (502, {}) if lost == "broken" else (0, reply)

    def changing_calls(self, since: int = 0) -> list[Call]:
        return [call for call in self.calls[since:] if call.kind in CHANGING]
