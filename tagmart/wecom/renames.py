"""The order of renames: no two tags of a group, and no two groups, may have one name at any moment."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

LONGEST = 30


@dataclass(frozen=True)
class Edit:
    """A rename or a new place of a tag or group; `of` is its class or scheme, None for a name on the way to another."""

    id: str
    old: str
    name: str
    order: int | None
    of: Any


def in_turn(edits: list[Edit], names: Mapping[str, str]) -> tuple[list[Edit], list[Edit]]:
    """Return edits in an order that can be done, and those that cannot: their name is in use by something that keeps it.

    `names` are the present names by id. Names that change places go by way of a third name.
    """
    current, waiting, done = dict(names), list(edits), []
    while waiting:
        in_use = {name: id for id, name in current.items()}
        free = [edit for edit in waiting if in_use.get(edit.name, edit.id) == edit.id]
        if free:
            edit = free[0]
            waiting.remove(edit)
        else:
            leaving = {edit.id for edit in waiting}
            in_circle = [edit for edit in waiting if in_use[edit.name] in leaving]
            waiting_for_good = [edit for edit in waiting if in_use[edit.name] not in leaving]
            if waiting_for_good:
                return done, waiting_for_good + _behind(waiting_for_good, in_circle, in_use)
            moved = in_circle[0]
            edit = Edit(moved.id, moved.old, _third(moved.old, set(in_use)), None, None)
        done.append(edit)
        current[edit.id] = edit.name
    return done, []


def _behind(stuck: list[Edit], others: list[Edit], in_use: Mapping[str, str]) -> list[Edit]:
    """All others: what is not stuck itself is done at the next run, when the way is free or said to be stuck as well."""
    ids = {edit.id for edit in stuck}
    behind = [edit for edit in others if in_use[edit.name] in ids]
    return behind + _behind(behind, [edit for edit in others if edit not in behind], in_use) if behind else []


def _third(name: str, in_use: set[str]) -> str:
    number = 1
    while (third := f"{name[: LONGEST - 2]}~{number}") in in_use:
        number += 1
    return third
