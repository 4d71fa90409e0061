"""A company in WeCom: its members, customers and tags, and what the interface answers about them (WeCom's rules, no faults)."""

from __future__ import annotations

from bisect import bisect_right
from dataclasses import dataclass, field

INVALID = 40058  # stands for every "parameter is wrong" of WeCom
APP, HAND, CONSOLE = "app", "hand", "console"


class Fault(Exception):
    """An error code as answer."""

    def __init__(self, code: int, message: str = "") -> None:
        super().__init__(message)
        self.code, self.message = code, message


@dataclass
class Tag:
    id: str
    name: str
    order: int


@dataclass
class Group:
    """Tags made by our app or at the console (which the app may neither edit nor delete)."""

    id: str
    name: str
    order: int
    made_by: str
    tags: dict[str, Tag] = field(default_factory=dict)


@dataclass
class Relation:
    """Corporate tags by who set them, staff's personal tags, and when it began."""

    added_at: int
    tags: dict[str, str] = field(default_factory=dict)
    personal: set[str] = field(default_factory=set)
    is_friend: bool = True


class Company:
    """Everything that is true in WeCom. `removed_by_app` lists tags of staff that the interface was told to remove."""

    def __init__(self) -> None:
        self.members: set[str] = set()
        self.relations: dict[tuple[str, str], Relation] = {}
        self.groups: dict[str, Group] = {}
        self.removed_by_app: list[tuple[str, str, str]] = []
        self.numbers_used = 0
        self._by_member: dict[str, list[str]] = {}
        self._sorted_for = (-1, -1)

    def add_relation(self, userid: str, external_userid: str) -> Relation:
        self.members.add(userid)
        relation = Relation(added_at=1_700_000_000 + self.next_number())
        self.relations[userid, external_userid] = relation
        return relation

    def add_group(self, name: str, tags: list[str], made_by: str = CONSOLE, order: int = 0) -> Group:
        group = Group(f"etG{self.next_number():06}", name, order, made_by)
        self.groups[group.id] = group
        for tag in tags:
            self.add_tag(group, tag)
        return group

    def add_tag(self, group: Group, name: str, order: int = 0) -> Tag:
        tag = Tag(f"etT{self.next_number():06}", name, order)
        group.tags[tag.id] = tag
        return tag

    def delete_tag(self, tag_id: str) -> None:
        """As at the console: the tag goes from all customers; an empty group goes too."""
        for group in list(self.groups.values()):
            group.tags.pop(tag_id, None)
            if not group.tags:
                del self.groups[group.id]
        for relation in self.relations.values():
            relation.tags.pop(tag_id, None)

    def group(self, name: str) -> Group | None:
        return next((group for group in self.groups.values() if group.name == name), None)

    def tag_id(self, group_name: str, name: str) -> str:
        return next(tag.id for tag in self.group(group_name).tags.values() if tag.name == name)

    def names_on(self, userid: str, external_userid: str) -> set[str]:
        """`group/tag` of all corporate tags of a relation."""
        names = {tag.id: f"{group.name}/{tag.name}" for group in self.groups.values() for tag in group.tags.values()}
        return {names[tag] for tag in self.relations[userid, external_userid].tags}

    def sorted_relations(self, members: set[str], after: tuple[str, ...], most: int) -> list[tuple[str, str]]:
        """Relations of members by their ids, those after one of them."""
        held = self.by_member
        found: list[tuple[str, str]] = []
        for userid in sorted(members):
            if userid >= after[0] and len(found) < most:
                customers = held.get(userid, [])
                start = bisect_right(customers, after[1]) if userid == after[0] else 0
                found += [(userid, external) for external in customers[start : start + most - len(found)]]
        return found

    @property
    def by_member(self) -> dict[str, list[str]]:
        """Customers by member, in order; made again when the number of relations has changed."""
        if self._sorted_for != (len(self.relations), self.numbers_used):
            self._by_member = {}
            for userid, external in sorted(self.relations):
                self._by_member.setdefault(userid, []).append(external)
            self._sorted_for = (len(self.relations), self.numbers_used)
        return self._by_member

    def next_number(self) -> int:
        self.numbers_used += 1
        return self.numbers_used

    @property
    def tag_ids(self) -> set[str]:
        return {tag for group in self.groups.values() for tag in group.tags}
