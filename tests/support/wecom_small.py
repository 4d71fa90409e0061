"""A company of one or two members, small enough to say by hand what must come out."""

from __future__ import annotations

from pathlib import Path

from wecom_marts import Plan
from wecom_runs import Bench

PLAN = Plan({"rfm": "RFM"}, {("rfm", "a"): "Best", ("rfm", "b"): "Rest"})
BEST, REST = ("rfm", "a"), ("rfm", "b")
MARK, CONTACTS, LIST, ADD, EDIT = (
    f"externalcontact/{name}" for name in ("mark_tag", "batch/get_by_user", "get_corp_tag_list", "add_corp_tag", "edit_corp_tag")
)


def small(folder: Path, customers: int = 2, plan: Plan = PLAN, **settings) -> Bench:
    """One member `m`, customers `wm0`, `wm1`, …, all of them Best in the marts, no tag in WeCom."""
    bench = Bench(folder, **settings)
    for number in range(customers):
        bench.company.add_relation("m", f"wm{number}")
    bench.marts(plan, {("m", f"wm{number}"): [BEST] for number in range(customers)})
    return bench


def wants(bench: Bench, *classes: list, plan: Plan = PLAN) -> None:
    """Let the marts want these classes of `wm0`, `wm1`, …; None leaves the customer out of the marts."""
    bench.marts(plan, {("m", f"wm{number}"): of for number, of in enumerate(classes) if of is not None})


def marks(bench: Bench, since: int = 0, code: int | None = 0) -> list[tuple]:
    """Calls of mark_tag as (customer, tags added, tags removed), by names of tags."""
    names = {tag.id: tag.name for group in bench.company.groups.values() for tag in group.tags.values()}
    return [
        (
            call.body["external_userid"],
            [names.get(id, id) for id in call.body.get("add_tag", [])],
            [names.get(id, id) for id in call.body.get("remove_tag", [])],
        )
        for call in bench.simulator.calls[since:]
        if call.kind == MARK and (code is None or call.code == code)
    ]
