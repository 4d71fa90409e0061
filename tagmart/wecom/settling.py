"""Which groups and tags are there, which are ours, what is to be made or renamed: decided from lists, without a call."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from tagmart.wecom.interface import ListedGroup
from tagmart.wecom.mart import PlannedTag
from tagmart.wecom.own_tags import Class, OwnGroup, OwnTag
from tagmart.wecom.renames import Edit, in_turn
from tagmart.wecom.settled import Make, Settled


def settle(planned: Sequence[PlannedTag], listed: Sequence[ListedGroup], groups: Mapping[str, OwnGroup], tags: Mapping[Class, OwnTag], adopt: bool) -> Settled:
    """Bring plan, WeCom's list and our memory together."""
    settled = Settled(tags_in_all=sum(len(group.tags) for group in listed))
    there = {tag.tag_id for group in listed for tag in group.tags}
    settled.gone_tags = [of for of, tag in tags.items() if tag.tag_id not in there]
    kept = {of: tag for of, tag in tags.items() if tag.tag_id in there}
    by_scheme: dict[str, list[PlannedTag]] = {}
    for tag in planned:
        by_scheme.setdefault(tag.scheme, []).append(tag)
    by_id, by_name = {group.group_id: group for group in listed}, {group.name: group for group in listed}
    # The group of a scheme that is planned no more may go on under another scheme of its name: a code was changed.
    free = {*by_id} if adopt else {own.group_id for scheme, own in groups.items() if scheme not in by_scheme}
    renamed: list[Edit] = []
    for scheme in {**groups, **by_scheme}:
        wanted = by_scheme.get(scheme, [])
        group = _own_group(settled, scheme, wanted, groups.get(scheme), by_id, by_name, free)
        if group:
            _settle_tags(settled, scheme, wanted, group, kept)
            if wanted:
                renamed += _group_edit(settled, scheme, wanted[0], group)
        elif wanted and scheme not in settled.left_out:
            settled.makes.append(Make(scheme, None, wanted[0].group_name, wanted[0].group_order, wanted))
    edits, stuck = in_turn(renamed, {group.group_id: group.name for group in listed})
    settled.edits += edits
    settled.not_renamed += [f"group '{edit.old}' keeps its name: '{edit.name}' is in use" for edit in stuck]
    owned = {group.group_id for group in settled.groups.values()}
    settled.in_own_groups = frozenset(tag.tag_id for group in listed if group.group_id in owned for tag in group.tags)
    settled.names = {tag.tag_id: f"{group.name} / {tag.name}" for group in listed for tag in group.tags}
    return settled


def _own_group(
    settled: Settled,
    scheme: str,
    wanted: list[PlannedTag],
    own: OwnGroup | None,
    by_id: dict[str, ListedGroup],
    by_name: dict[str, ListedGroup],
    free: set[str | None],
) -> ListedGroup | None:
    """The group of a scheme, if it is there and ours; one of its name that is not ours leaves the scheme out."""
    group = by_id.get(own.group_id) if own and own.group_id else None
    about_to_be_made = own is not None and own.group_id is None
    if own and own.group_id and group is None:
        settled.gone_groups.append(scheme)
    if group is None and (wanted or about_to_be_made):
        namesake = by_name.get(own.name if own is not None and about_to_be_made else wanted[0].group_name)
        if namesake and (namesake.group_id in free or about_to_be_made):
            group = namesake
        elif namesake:
            settled.left_out[scheme] = f"WeCom has a group '{namesake.name}' that is not ours: rename it there, or take it over with --adopt"
    if group:
        placed = own.order if own and own.order is not None else wanted[0].group_order if wanted else group.order
        settled.groups[scheme] = OwnGroup(group.group_id, group.name, placed)
    return group


def _group_edit(settled: Settled, scheme: str, first: PlannedTag, group: ListedGroup) -> list[Edit]:
    if group.name == first.group_name and settled.groups[scheme].order == first.group_order:
        return []
    return [Edit(group.group_id, group.name, first.group_name, first.group_order, scheme)]


def _settle_tags(settled: Settled, scheme: str, wanted: list[PlannedTag], group: ListedGroup, kept: dict[Class, OwnTag]) -> None:
    """Tags of one group of ours: known by id, found by name, or to be added; those known by id are renamed."""
    names = {tag.tag_id: tag.name for tag in group.tags}
    known = {tag.of: kept[tag.of] for tag in wanted if tag.of in kept and kept[tag.of].tag_id in names}
    edits = [
        Edit(known[tag.of].tag_id, names[known[tag.of].tag_id], tag.tag_name, tag.tag_order, tag.of)
        for tag in wanted
        if tag.of in known and (names[known[tag.of].tag_id], known[tag.of].order) != (tag.tag_name, tag.tag_order)
    ]
    turn, stuck = in_turn(edits, names)
    settled.edits += turn
    settled.not_renamed += [f"tag '{edit.old}' of group '{group.name}' keeps its name: '{edit.name}' is in use" for edit in stuck]
    settled.tags.update(known)
    settled.ids.update({of: tag.tag_id for of, tag in known.items()})
    taken = {tag.tag_id for tag in known.values()}
    free = {name: id for id, name in {**names, **{edit.id: edit.name for edit in turn}}.items() if id not in taken}
    missing = [tag for tag in wanted if tag.of not in known]
    for tag in [tag for tag in missing if tag.tag_name in free]:
        settled.ids[tag.of] = free[tag.tag_name]
        settled.tags[tag.of] = OwnTag(free[tag.tag_name], tag.tag_name, tag.tag_order)
    to_add = [tag for tag in missing if tag.tag_name not in free]
    if to_add:
        settled.makes.append(Make(scheme, group.group_id, group.name, wanted[0].group_order, to_add))
