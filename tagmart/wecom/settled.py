"""Groups and tags after plan, WeCom's list and our memory were brought together."""

from __future__ import annotations

from dataclasses import dataclass, field

from tagmart.wecom.mart import PlannedTag
from tagmart.wecom.own_tags import Class, OwnGroup, OwnTag
from tagmart.wecom.renames import Edit


@dataclass(frozen=True)
class Make:
    """Tags to be added to a group; without group_id the group is made with them."""

    scheme: str
    group_id: str | None
    name: str
    order: int
    tags: list[PlannedTag]


@dataclass
class Settled:
    """What is known after reading the list, what is to be done, and what cannot be done, by scheme or class."""

    ids: dict[Class, str] = field(default_factory=dict)
    groups: dict[str, OwnGroup] = field(default_factory=dict)
    tags: dict[Class, OwnTag] = field(default_factory=dict)
    gone_groups: list[str] = field(default_factory=list)
    gone_tags: list[Class] = field(default_factory=list)
    edits: list[Edit] = field(default_factory=list)
    makes: list[Make] = field(default_factory=list)
    left_out: dict[str, str] = field(default_factory=dict)
    not_renamed: list[str] = field(default_factory=list)
    in_own_groups: frozenset[str] = frozenset()
    names: dict[str, str] = field(default_factory=dict)
    tags_in_all: int = 0
