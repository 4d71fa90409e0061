"""The smallest change that brings one relation to what it should bear."""

from __future__ import annotations

from dataclasses import dataclass

NOTHING: frozenset[str] = frozenset()


@dataclass(frozen=True)
class Difference:
    """Tag ids to add and to remove; of those held, which are ours and which staff set by hand though we do not want them."""

    add: frozenset[str]
    remove: frozenset[str]
    ours: frozenset[str]
    by_hand: frozenset[str]

    def __bool__(self) -> bool:
        return bool(self.add or self.remove)


def difference(
    held: frozenset[str], wanted: frozenset[str], ours: frozenset[str], in_own_groups: frozenset[str], frozen: frozenset[str] = NOTHING, adopt: bool = False
) -> Difference:
    """Compare a relation.

    held: what WeCom shows. ours: what the journal says we have set; with `adopt`, all that is held of our groups. frozen: tags of
    schemes that cannot be brought right now, which are neither added nor removed. Only what is ours is ever removed.
    """
    ours_held = held & (in_own_groups if adopt else ours)
    return Difference(
        add=wanted - held,
        remove=ours_held - wanted - frozen,
        ours=ours_held,
        by_hand=(held & in_own_groups) - ours_held - wanted,
    )
