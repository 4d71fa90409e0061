"""Names to ids at each run: reads WeCom's list of tags, makes and renames what is missing, remembers what is ours."""

from __future__ import annotations

import asyncio
from collections.abc import Iterable

from tagmart.wecom.interface import EXISTS_ALREADY, INVALID_TAG, Interface, ListedGroup
from tagmart.wecom.limits import Limits
from tagmart.wecom.mart import PlannedTag
from tagmart.wecom.own_tags import Class, OwnGroup, OwnTag, Tags
from tagmart.wecom.problem import Busy, Refused, WecomProblem
from tagmart.wecom.renames import Edit
from tagmart.wecom.settled import Make, Settled
from tagmart.wecom.settling import settle


class Catalogue:
    """The ids of the planned tags. `dry` reads and says; a tag that is to be made has an id that only looks like one."""

    def __init__(self, interface: Interface, tags: Tags, planned: list[PlannedTag], limits: Limits, adopt: bool, dry: bool) -> None:
        self.interface, self.own, self.planned, self.limits, self.adopt, self.dry = interface, tags, planned, limits, adopt, dry
        self.settled = Settled()
        self.ids: dict[Class, str] = {}
        self.frozen: frozenset[str] = frozenset()
        self.refusals: dict[str, str] = {}
        self.note = ""
        self.made = self.renamed = self.generation = 0
        self.learnt_nothing = -1
        self.lock = asyncio.Lock()

    async def prepare(self) -> None:
        """Bring groups and tags to the plan: at most two rounds, since now and then a tag is refused (40068) and is there all the same."""
        for last in (self.dry, False, True):
            self.settled = settle(self.planned, await self._listed(), self.own.groups(), self.own.tags(), self.adopt)
            self._check_number()
            if not self.dry:
                self._remember()
            if last or not (self.settled.edits or self.settled.makes):
                break
            for edit in self.settled.edits:
                await self._edit(edit)
            for make in self.settled.makes:
                await self._make(make)
        if not self.dry:
            self._give_up()
        self.ids = {of: id for of, id in self.settled.ids.items() if of[0] not in self.settled.left_out}
        if self.dry:
            self.ids |= {tag.of: f"new {tag.scheme}.{tag.segment}" for make in self.settled.makes for tag in make.tags}
        self.frozen = frozenset(tag.tag_id for of, tag in self.own.tags().items() if of[0] in self.settled.left_out)

    def wanted(self, classes: Iterable[Class]) -> frozenset[str]:
        return frozenset(self.ids[of] for of in classes if of in self.ids)

    async def again(self, generation: int) -> bool:
        """Read the list again after 40068; return whether ids are others than those of `generation`. Asked in vain once, it is not asked again."""
        async with self.lock:
            if self.generation == generation and self.learnt_nothing != generation:
                before = (self.ids, self.settled.names.keys())
                await self.prepare()
                if (self.ids, self.settled.names.keys()) == before:
                    self.learnt_nothing = generation
                else:
                    self.generation += 1
            return self.generation != generation

    async def _listed(self) -> list[ListedGroup]:
        try:
            return await self.interface.tag_list()
        except (Refused, Busy) as error:
            raise WecomProblem(f"{error}: give the application its right in WeCom's console (docs/wecom.md), or try again later.") from error

    def _check_number(self) -> None:
        number = self.settled.tags_in_all + sum(len(make.tags) for make in self.settled.makes)
        if number > self.limits.tags_at_most:
            raise WecomProblem(f"WeCom would have {number:,} tags, more than the {self.limits.tags_at_most:,} that it takes: delete some there, or plan fewer.")
        if number >= self.limits.tags_warned:
            self.note = f"Note: WeCom has {number:,} tags with the planned ones; some of its pages allow {self.limits.tags_warned:,}."

    def _remember(self) -> None:
        for scheme in self.settled.gone_groups:
            self.own.forget_group(scheme)
        for of in self.settled.gone_tags:
            self.own.forget_tag(of)
        for scheme, group in self.settled.groups.items():
            self.own.keep_group(scheme, group)
        for of, tag in self.settled.tags.items():
            self.own.keep_tag(of, tag)
        self.own.learn()

    async def _edit(self, edit: Edit) -> None:
        try:
            await self.interface.edit(edit.id, edit.name, edit.order)
        except (Refused, Busy) as error:
            self.refusals[edit.id] = str(error)
            return
        self.renamed += edit.of is not None
        if isinstance(edit.of, tuple):
            self.own.keep_tag(edit.of, OwnTag(edit.id, edit.name, edit.order))
        elif edit.of is not None:
            self.own.keep_group(edit.of, OwnGroup(edit.id, edit.name, edit.order))

    async def _make(self, make: Make) -> None:
        if make.group_id is None:
            self.own.keep_group(make.scheme, OwnGroup(None, make.name, make.order))  # a kill after the call must not make it another's
        try:
            await self.interface.add_tags(make.group_id, make.name, make.order, [(tag.tag_name, tag.tag_order) for tag in make.tags])
            self.made += len(make.tags)
        except (Refused, Busy) as error:
            self.refusals[make.scheme] = str(error)
            if make.group_id is None and isinstance(error, Refused) and error.code not in (INVALID_TAG, EXISTS_ALREADY):
                self.own.forget_group(make.scheme)

    def _give_up(self) -> None:
        for make in self.settled.makes:
            self.settled.left_out[make.scheme] = f"its tags could not be made ({self.refusals.get(make.scheme, 'WeCom does not list them')})"
        self.settled.not_renamed += [
            f"'{edit.old}' could not become '{edit.name}' ({self.refusals.get(edit.id, 'WeCom keeps the old name')})" for edit in self.settled.edits
        ]
