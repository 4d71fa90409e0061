"""The access token of the company's application."""

from __future__ import annotations

import asyncio
import os
from collections.abc import Awaitable, Callable, Mapping
from dataclasses import dataclass, field
from urllib.parse import urlsplit

from tagmart.wecom.problem import Refused, WecomProblem

DEFAULT_URL = "https://qyapi.weixin.qq.com/cgi-bin"
OWN_MACHINE = {"127.0.0.1", "localhost", "::1"}
INVALID = {40001, 40014, 42001}


@dataclass(frozen=True)
class Account:
    """Where and as whom to call. The secret is in no message and no file."""

    url: str
    corp_id: str
    secret: str = field(repr=False)
    agent_id: int | None = None


def account_from(environment: Mapping[str, str] = os.environ, url: str | None = None) -> Account:
    """Read the account from the environment; `url` goes before TAGMART_WECOM_URL."""
    address = (url or environment.get("TAGMART_WECOM_URL") or DEFAULT_URL).rstrip("/")
    parts = urlsplit(address)
    if parts.scheme != "https" and not (parts.scheme == "http" and parts.hostname in OWN_MACHINE):
        raise WecomProblem(f"--base-url is {address}, where the secret would travel readably: give an address that begins with https://.")
    missing = [name for name in ("TAGMART_WECOM_CORP_ID", "TAGMART_WECOM_SECRET") if not environment.get(name)]
    if missing:
        raise WecomProblem(f"The environment has no {' and no '.join(missing)}: set what WeCom's admin console shows for your application (docs/wecom.md).")
    agent = environment.get("TAGMART_WECOM_AGENT_ID", "").strip()
    if agent and not agent.isdigit():
        raise WecomProblem("TAGMART_WECOM_AGENT_ID is no whole number: set the AgentId that WeCom's admin console shows, or leave it out.")
    return Account(address, environment["TAGMART_WECOM_CORP_ID"], environment["TAGMART_WECOM_SECRET"], int(agent) if agent else None)


class Token:
    """One token for all calls; `fetch` asks WeCom for a new one."""

    def __init__(self, fetch: Callable[[], Awaitable[str]]) -> None:
        self.fetch, self.value, self.lock = fetch, "", asyncio.Lock()

    async def current(self, instead_of: str | None = None) -> str:
        """Return the token; with `instead_of`, a newer one than that, asked for once however many calls ask."""
        async with self.lock:
            if not self.value or self.value == instead_of:
                try:
                    self.value = await self.fetch()
                except Refused as refused:
                    raise WecomProblem(
                        f"WeCom gives no access token ({refused.code} {refused.message}): check TAGMART_WECOM_CORP_ID and TAGMART_WECOM_SECRET."
                    ) from refused
            return self.value
