"""Random companies, what the marts want of them from day to day, and what their staff do meanwhile."""

from __future__ import annotations

import random
from pathlib import Path

from wecom_company import APP, HAND, Company
from wecom_faults import Chances, Faults
from wecom_marts import Plan, Relation
from wecom_rules import Rules
from wecom_runs import Bench

from tagmart.wecom.limits import Limits


class Story:
    """One company over some days. `hand_set` are tags that staff have set in groups of ours: they must never go by our doing."""

    def __init__(self, folder: Path, seed: int, chances: Chances) -> None:
        self.random = random.Random(seed)
        draw = self.random
        per_minute, per_hour = draw.choice(((40, 100), (60, 200), (10_000, 150_000)))
        sizes = {"contacts_per_page": draw.choice((1, 3, 100)), "members_per_call": draw.choice((1, 2, 100)), "relations_at_once": draw.choice((5, 1_000))}
        limits = Limits(per_minute=per_minute, per_hour=per_hour, **sizes)
        self.bench = Bench(folder, faults=Faults(seed, chances), rules=Rules(per_minute, per_hour), limits=limits)
        self.company: Company = self.bench.company
        self.simulator = self.bench.simulator
        schemes = [f"s{number}" for number in range(draw.randint(1, 4))]
        self.plan = Plan({scheme: f"Group {scheme}" for scheme in schemes}, {})
        for scheme in schemes:
            for segment in "abcde"[: draw.randint(2, 5)]:
                self.plan.tags[scheme, segment] = f"{scheme} {segment}"
        self.foreign = self.company.add_group("Foreign", ["x", "y"])
        self.targets: dict[Relation, list] = {}
        self.wanted_since: dict[Relation, set] = {}  # since the last complete run: what we may be about to set
        for number in range(draw.randint(5, 25)):
            for userid in draw.sample([f"m{member}" for member in range(6)], draw.randint(1, 3)):
                relation = self.company.add_relation(userid, f"wm{number:03}")
                relation.personal.add("mine")
                if draw.random() < 0.2:
                    relation.tags[draw.choice(list(self.foreign.tags))] = HAND
        self.next_day()

    def next_day(self) -> None:
        """Other targets: people move between classes, some leave the marts, some are in the marts and not in WeCom; a class is renamed."""
        draw = self.random
        if self.targets and draw.random() < 0.3:
            of = draw.choice(list(self.plan.tags))
            self.plan.tags[of] += "+"
        before, self.targets = self.targets, {}
        for relation in self.company.relations:
            old = dict(before.get(relation, []))
            if draw.random() < 0.9:
                moved = {scheme: self._segment(scheme) for scheme in self.plan.groups if scheme not in old or draw.random() < 0.3}
                self.targets[relation] = sorted((scheme, segment) for scheme, segment in {**old, **moved}.items() if segment)
                self.wanted_since.setdefault(relation, set()).update(self.targets[relation])
        if draw.random() < 0.3:
            self.targets["m0", "wm-unknown"] = [next(iter(self.plan.tags))]
        self.bench.marts(self.plan, self.targets)

    def _segment(self, scheme: str) -> str | None:
        return self.random.choice([segment for of, segment in self.plan.tags if of == scheme] + [None])

    def own_tags(self) -> dict[str, tuple]:
        """Classes by tag id, from the names in WeCom: a class that is about to be renamed is found by its old name too."""
        names = {name: of for of, name in self.plan.tags.items()} | {name[:-1]: of for of, name in self.plan.tags.items() if name.endswith("+")}
        ours = set(self.plan.groups.values())
        return {tag.id: names[tag.name] for group in self.company.groups.values() if group.name in ours for tag in group.tags.values() if tag.name in names}

    def staff_act(self, times: int, may_leave: bool = False) -> None:
        """Staff set tags by hand (what we are not about to set ourselves), take off any tag, and lose customers or get them back."""
        draw, classes = self.random, self.own_tags()
        for _ in range(times):
            key = draw.choice(sorted(self.company.relations))
            relation, what = self.company.relations[key], draw.random()
            if what < 0.4:
                free = [tag for tag, of in classes.items() if tag not in relation.tags and of not in self.wanted_since.get(key, set())]
                if free:
                    relation.tags[draw.choice(free)] = HAND
            elif what < 0.7 and relation.tags:
                del relation.tags[draw.choice(sorted(relation.tags))]
            elif what < 0.8:
                relation.tags.setdefault(draw.choice(sorted(self.foreign.tags)), HAND)
            elif may_leave and what < 0.9:
                del self.company.relations[key]
            elif may_leave:
                again = self.company.add_relation(*key)  # deleted and added again: all tags are gone
                if classes and draw.random() < 0.5:
                    again.tags[draw.choice(sorted(classes))] = HAND

    def all_done(self) -> None:
        """After a complete run nothing is about to be set any more: what staff set from now on is theirs."""
        self.wanted_since = {relation: set(classes) for relation, classes in self.targets.items()}

    def differing(self) -> int:
        """How many relations differ from what is wanted, counted from the truth in WeCom."""
        return len(self.wrong())

    def wrong(self) -> dict[Relation, tuple]:
        """Classes that are missing, and tags of ours that are too many, by relation."""
        classes = self.own_tags()
        found = {key: self._wrong(key, classes) for key in self.company.relations}
        return {key: faults for key, faults in found.items() if faults}

    def _wrong(self, key: Relation, classes: dict[str, tuple]) -> tuple:
        relation = self.company.relations[key]
        wanted = set(self.targets.get(key, []))
        held = {classes[tag] for tag in relation.tags if tag in classes}
        ours = {classes[tag] for tag, by in relation.tags.items() if tag in classes and by == APP}
        missing, too_many = wanted - held, ours - wanted
        return (sorted(missing), sorted(too_many)) if missing or too_many else ()
