"""Our groups and tags, as the journal knows them."""

from __future__ import annotations

from dataclasses import dataclass

from tagmart.wecom.journal import Journal

Class = tuple[str, str]  # scheme_code, segment_code


@dataclass(frozen=True)
class OwnGroup:
    """A group of ours; without id when it was about to be made."""

    group_id: str | None
    name: str
    order: int | None


@dataclass(frozen=True)
class OwnTag:
    tag_id: str
    name: str
    order: int | None


class Tags:
    """Our groups by scheme, our tags by class."""

    def __init__(self, journal: Journal) -> None:
        self.db = journal.db
        self.learn()

    def groups(self) -> dict[str, OwnGroup]:
        return {scheme: OwnGroup(*rest) for scheme, *rest in self.db.execute("select scheme_code, group_id, group_name, group_order from own_groups")}

    def tags(self) -> dict[Class, OwnTag]:
        rows = self.db.execute("select scheme_code, segment_code, tag_id, tag_name, tag_order from own_tags")
        return {(scheme, segment): OwnTag(*rest) for scheme, segment, *rest in rows}

    def learn(self) -> None:
        """Read the journal's short number of each tag id again. A tag made anew has a new one."""
        self.number: dict[str, int] = dict(self.db.execute("select tag_id, number from own_tags"))
        self.tag = {str(number): tag for tag, number in self.number.items()}

    def keep_group(self, scheme: str, group: OwnGroup) -> None:
        self.db.execute("insert or replace into own_groups values (?, ?, ?, ?)", (scheme, group.group_id, group.name, group.order))

    def keep_tag(self, of: Class, tag: OwnTag) -> None:
        self.db.execute("delete from own_tags where scheme_code = ? and segment_code = ? and tag_id <> ?", (*of, tag.tag_id))
        changed = self.db.execute("update own_tags set tag_name = ?, tag_order = ? where tag_id = ?", (tag.name, tag.order, tag.tag_id)).rowcount
        if changed:
            self.db.execute("update own_tags set scheme_code = ?, segment_code = ? where tag_id = ?", (*of, tag.tag_id))
        else:
            row = (*of, tag.tag_id, tag.name, tag.order)
            self.db.execute("insert into own_tags (scheme_code, segment_code, tag_id, tag_name, tag_order) values (?, ?, ?, ?, ?)", row)

    def forget_group(self, scheme: str) -> None:
        self.db.execute("delete from own_groups where scheme_code = ?", (scheme,))

    def forget_tag(self, of: Class) -> None:
        self.db.execute("delete from own_tags where scheme_code = ? and segment_code = ?", of)
