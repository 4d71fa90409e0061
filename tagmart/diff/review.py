"""The review of all schemes of two sides."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field

from tagmart.check.problem import CheckProblem
from tagmart.check.schemes import Scheme
from tagmart.diff.compare import Difference, compare
from tagmart.diff.count import Count, counted
from tagmart.diff.sides import Side
from tagmart.diff.upstream import changed_upstream, scheme_nodes

Counter = Callable[[str, Scheme, Scheme], list[Count]]  # of a scheme's table and both definitions


@dataclass
class Reviewed:
    """One scheme. `only` is BASE or HEAD where one side alone has it, else empty; `relabelled` are `(code, names before, names after)`.

    `upstream` names what its columns come from and what differs; `counts` is None where nothing was counted, `uncounted` says why.
    """

    code: str
    only: str = ""
    difference: Difference = field(default_factory=Difference)
    relabelled: list[tuple[str, str, str]] = field(default_factory=list)
    upstream: list[str] = field(default_factory=list)
    counts: list[Count] | None = None
    uncounted: str = ""

    @property
    def word(self) -> str:
        """added, removed, undecided, changed, renamed, unseen (rules as before, columns from changed models) or same."""
        if self.only:
            return "added" if self.only == "HEAD" else "removed"
        return "unseen" if self.difference.word == "same" and self.upstream else self.difference.word


def review(base: Side, head: Side, code: str, counter: Counter | None) -> Reviewed:
    """Return what becomes of a scheme; `counter` counts actual customers, where there is a database."""
    first, second = base.schemes.get(code), head.schemes.get(code)
    reviewed = Reviewed(code, only="HEAD" if first is None else "BASE" if second is None else "")
    problem = next((one for one in (first, second) if isinstance(one, CheckProblem)), None)
    if problem:
        reviewed.difference.problem = str(problem)
    if problem or reviewed.only:
        return reviewed
    reviewed.difference = compare(first, second)
    reviewed.relabelled = _relabelled(base, head, code)
    reviewed.upstream = changed_upstream(base, head, code)
    if counter and reviewed.difference.word not in ("same", "renamed"):
        try:
            reviewed.counts = counter(code, first, second)
        except CheckProblem as reason:
            reviewed.uncounted = str(reason)
    return reviewed


def _relabelled(base: Side, head: Side, code: str) -> list[tuple[str, str, str]]:
    names = [
        {segment["code"]: f"{segment.get('name_en')} / {segment.get('name_zh')}" for segment in definition["segments"]}
        for definition in (scheme_nodes(side)[code]["config"]["meta"]["segment_scheme"] for side in (base, head))
    ]
    return [(segment, old, names[1][segment]) for segment, old in names[0].items() if segment in names[1] and names[1][segment] != old]


def table_of(side: Side, code: str) -> str:
    """Return `schema.table` of the scheme's model."""
    node = scheme_nodes(side)[code]
    return f"{node['schema']}.{node['alias']}"


def counter_of(connection, base: Side, head: Side) -> Counter:
    """Return the counter over a database; the scheme's table is where HEAD has it, or BASE."""

    def count(code: str, first: Scheme, second: Scheme) -> list[Count]:
        tables = [table_of(side, code) for side in (head, base)]
        there = {f"{schema}.{name}" for schema, name in connection.execute("select table_schema, table_name from information_schema.tables").fetchall()}
        return counted(connection, next((table for table in tables if table in there), tables[0]), first, second)

    return count


def exit_status(found: list[Reviewed]) -> int:
    """Return 2 where a scheme could not be compared, else 1 where a class changes, else 3 where only what lies upstream differs, else 0."""
    words = {reviewed.word for reviewed in found}
    if "undecided" in words:
        return 2
    if words & {"added", "removed", "changed", "renamed"}:
        return 1
    return 3 if any(reviewed.upstream for reviewed in found) else 0
