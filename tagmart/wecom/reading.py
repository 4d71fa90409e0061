"""The real state: members in parts, their relations page by page."""

from __future__ import annotations

from collections.abc import AsyncIterator, Iterator, Mapping
from dataclasses import dataclass

from tagmart.wecom.interface import NOT_THERE, Contact, Interface
from tagmart.wecom.limits import Limits
from tagmart.wecom.problem import Busy, Refused


@dataclass(frozen=True)
class Unread:
    """Members whose relations could not be read; `gone` when WeCom says that they are not there."""

    members: list[str]
    reason: str
    gone: bool


def parts(members: Mapping[str, int], limits: Limits) -> Iterator[list[str]]:
    """Cut members (with the number of their relations) into parts that fit one call and a bounded memory, in the order of their ids."""
    part: list[str] = []
    relations = 0
    for userid in sorted(members):
        if part and (len(part) == limits.members_per_call or relations + members[userid] > limits.relations_at_once):
            yield part
            part, relations = [], 0
        part.append(userid)
        relations += members[userid]
    if part:
        yield part


async def pages(interface: Interface, members: list[str]) -> AsyncIterator[list[Contact] | Unread]:
    """Yield the relations of a part. One member whom WeCom does not know fails the whole call: halves find out who it is."""
    try:
        async for page in interface.contacts(members):
            yield page
    except Refused as refused:
        if refused.code in NOT_THERE and len(members) > 1:
            for half in (members[: len(members) // 2], members[len(members) // 2 :]):
                async for page in pages(interface, half):
                    yield page
        else:
            gone = refused.code in NOT_THERE
            yield Unread(members, f"{refused.code}: {NOT_THERE[refused.code]}" if gone else str(refused), gone)
    except Busy as busy:
        yield Unread(members, str(busy), gone=False)
