"""One call of WeCom's interface, with its rates, retries and error codes (the table stands in docs/wecom.md)."""

from __future__ import annotations

import asyncio
from typing import Any

import httpx
from tenacity import AsyncRetrying, retry_if_exception_type, stop_after_attempt, wait_exponential

from tagmart.wecom.gate import Gate
from tagmart.wecom.limits import Limits
from tagmart.wecom.problem import Busy, Refused, WecomProblem
from tagmart.wecom.rates import Rates
from tagmart.wecom.token import INVALID, Account, Token

BUSY, TOO_FAST, TOO_MANY = {-1, 6000}, 45009, 45033
CROWDED_AT_MOST = 10


class Client:
    """Calls WeCom. Needs an httpx client whose base_url is the account's, and closes nothing."""

    def __init__(self, account: Account, http: httpx.AsyncClient, rates: Rates, limits: Limits) -> None:
        self.account, self.http, self.rates, self.limits = account, http, rates, limits
        self.gate = Gate(limits.in_flight)
        self.token = Token(self._fetch_token)

    async def call(self, kind: str, body: dict[str, Any]) -> dict[str, Any]:
        """Return the answer. Raises Refused for codes about this call, Busy when retries are used up, WecomProblem when all must stop."""
        tries = 0

        async def once_more() -> dict[str, Any]:
            nonlocal tries
            tries += 1
            return await self._admitted(kind, body)

        try:
            return await self._retried(once_more)
        except Refused as refused:
            refused.tried_before = tries > 1
            raise

    async def _retried(self, calling: Any) -> Any:
        retrying = AsyncRetrying(
            retry=retry_if_exception_type(Busy), stop=stop_after_attempt(1 + self.limits.retries), wait=wait_exponential(multiplier=1, max=60), reraise=True
        )
        return await retrying(calling)

    async def _admitted(self, kind: str, body: dict[str, Any]) -> dict[str, Any]:
        """Send until the answer is about the call itself and not about token, rate or calls at once."""
        renewed, crowded = False, 0
        token = await self.token.current()
        while True:
            started, answer = await self._send("POST", kind, {"access_token": token}, body)
            code = answer.get("errcode", 0)
            if code in INVALID:
                if renewed:
                    raise WecomProblem(f"WeCom refuses a token that it has just given ({code}): check TAGMART_WECOM_SECRET and the rights of the application.")
                token, renewed = await self.token.current(instead_of=token), True
            elif code == TOO_FAST:
                self.rates.refused(kind, started)
            elif code == TOO_MANY:
                self.gate.narrow()
                crowded += 1
                if crowded > CROWDED_AT_MOST:
                    raise Busy(kind, f"{code} too many calls at once")
                await asyncio.sleep(min(crowded, 5))
            else:
                self.rates.accepted(kind, started)
                return self._judged(kind, code, answer)

    def _judged(self, kind: str, code: int, answer: dict[str, Any]) -> dict[str, Any]:
        if code in BUSY:
            raise Busy(kind, f"{code} {answer.get('errmsg', '')}".strip())
        if code:
            raise Refused(kind, code, str(answer.get("errmsg", "")))
        self.gate.widen()
        return answer

    async def _send(self, method: str, kind: str, query: dict[str, str], body: dict[str, Any] | None = None) -> tuple[float, dict[str, Any]]:
        started = await self.rates.start(kind)
        try:
            async with self.gate.open():
                reply = await self.http.request(method, kind, params=query, json=body)
        except httpx.TransportError as error:
            raise Busy(kind, type(error).__name__) from None  # its text may hold the address, and that the token
        finally:
            self.rates.end(kind)
        if 400 <= reply.status_code < 500:
            raise WecomProblem(f"{self.account.url} answers {kind} with HTTP status {reply.status_code}: check --base-url.")
        try:
            answer = reply.json() if reply.is_success else None
        except ValueError:
            answer = None
        if not isinstance(answer, dict):
            raise Busy(kind, f"HTTP status {reply.status_code} without an answer that can be read")
        return started, answer

    async def _fetch_token(self) -> str:
        async def ask() -> str:
            started, answer = await self._send("GET", "gettoken", {"corpid": self.account.corp_id, "corpsecret": self.account.secret})
            if answer.get("errcode", 0) == TOO_FAST:
                self.rates.refused("gettoken", started)
                raise Busy("gettoken", "45009 too many calls")
            return self._judged("gettoken", answer.get("errcode", 0), answer)["access_token"]

        return await self._retried(ask)
