"""The calls of WeCom's interface that are used, typed."""

from __future__ import annotations

from collections.abc import AsyncIterator, Iterable, Sequence
from dataclasses import dataclass
from typing import Any

from tagmart.wecom.client import Client

INVALID_TAG, EXISTS_ALREADY = 40068, 40071
NOT_THERE = {
    84061: "the relation is gone, or WeCom does not show it yet",
    40096: "the customer is in a group chat but no friend of the member",
    40003: "WeCom does not know the member",
}


@dataclass(frozen=True)
class ListedTag:
    tag_id: str
    name: str
    order: int


@dataclass(frozen=True)
class ListedGroup:
    group_id: str
    name: str
    order: int
    tags: tuple[ListedTag, ...]


@dataclass(frozen=True)
class Contact:
    """A relation as WeCom has it: its corporate tags, and when it began (seconds; null where WeCom does not say)."""

    userid: str
    external_userid: str
    tags: frozenset[str]
    added_at: int | None


class Interface:
    """What can be asked and changed. Each method raises what Client.call raises."""

    def __init__(self, client: Client) -> None:
        self.client = client

    async def tag_list(self) -> list[ListedGroup]:
        answer = await self.client.call("externalcontact/get_corp_tag_list", {"tag_id": [], "group_id": []})
        return [_group(group) for group in answer.get("tag_group", []) if not group.get("deleted")]

    async def add_tags(self, group_id: str | None, group_name: str, group_order: int, tags: Sequence[tuple[str, int]]) -> None:
        """Add tags (name, order) to a group, or make the group with them. `group_id: ""` would fail, so that it is left out."""
        group = {"group_id": group_id} if group_id else {"group_name": group_name, "order": group_order}
        await self._change("externalcontact/add_corp_tag", {**group, "tag": [{"name": name, "order": order} for name, order in tags]})

    async def edit(self, id: str, name: str, order: int | None) -> None:
        """Rename a tag or a group, or place it elsewhere."""
        await self._change("externalcontact/edit_corp_tag", {"id": id, "name": name, **({} if order is None else {"order": order})})

    async def _change(self, kind: str, body: dict[str, Any]) -> None:
        agent = {} if self.client.account.agent_id is None else {"agentid": self.client.account.agent_id}
        await self.client.call(kind, {**body, **agent})

    async def mark(self, userid: str, external_userid: str, add: Iterable[str], remove: Iterable[str]) -> None:
        body = {"userid": userid, "external_userid": external_userid, "add_tag": sorted(add), "remove_tag": sorted(remove)}
        await self.client.call("externalcontact/mark_tag", {name: value for name, value in body.items() if value})

    async def contacts(self, members: Sequence[str]) -> AsyncIterator[list[Contact]]:
        """Yield the relations of at most 100 members, page by page."""
        cursor = ""
        while True:
            body = {"userid_list": list(members), "cursor": cursor, "limit": self.client.limits.contacts_per_page}
            answer = await self.client.call("externalcontact/batch/get_by_user", body)
            yield [_contact(row) for row in answer.get("external_contact_list", [])]
            cursor = answer.get("next_cursor") or ""
            if not cursor:
                return


def _group(group: dict[str, Any]) -> ListedGroup:
    tags = tuple(ListedTag(tag["id"], tag["name"], tag.get("order", 0)) for tag in group.get("tag", []) if not tag.get("deleted"))
    return ListedGroup(group["group_id"], group["group_name"], group.get("order", 0), tags)


def _contact(row: dict[str, Any]) -> Contact:
    held = row["follow_info"]
    return Contact(held["userid"], row["external_contact"]["external_userid"], frozenset(held.get("tag_id") or ()), held.get("createtime"))
