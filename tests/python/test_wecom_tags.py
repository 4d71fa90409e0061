"""Groups and tags: names to ids, made, renamed, placed, taken over; never deleted, and never another's."""

from __future__ import annotations

import pytest
from wecom_company import APP, CONSOLE
from wecom_marts import Plan
from wecom_runs import Killed
from wecom_small import ADD, BEST, EDIT, LIST, MARK, PLAN, REST, marks, small, wants

from tagmart.wecom.renames import Edit, in_turn


def bodies(bench, kind, since=0):
    return [call.body for call in bench.simulator.calls[since:] if call.kind == kind]


def test_a_group_is_made_with_its_tags_in_one_call(quick_path):
    bench = small(quick_path)
    assert bench.apply().exit_status == 0
    assert bodies(bench, ADD) == [
        {"group_name": "RFM", "order": 1_000, "tag": [{"name": "Best", "order": 1_000}, {"name": "Rest", "order": 999}], "agentid": 1_000_002}
    ]


def test_a_new_class_is_added_to_the_group_by_its_id(quick_path):
    bench = small(quick_path)
    bench.apply()
    wants(bench, [BEST], [("rfm", "c")], plan=Plan(PLAN.groups, {**PLAN.tags, ("rfm", "c"): "Third"}))
    before = len(bench.simulator.calls)
    assert bench.apply().exit_status == 0
    assert bodies(bench, ADD, before) == [{"group_id": bench.company.group("RFM").id, "tag": [{"name": "Third", "order": 998}], "agentid": 1_000_002}]
    assert marks(bench, before) == [("wm1", ["Third"], ["Best"])]


def test_a_renamed_class_is_renamed_and_nobody_is_marked(quick_path):
    bench = small(quick_path)
    bench.apply()
    id, before = bench.company.tag_id("RFM", "Best"), len(bench.simulator.calls)
    wants(bench, [BEST], [BEST], plan=Plan({"rfm": "Value"}, {BEST: "Very best", REST: "Rest"}))
    assert bench.apply().exit_status == 0
    assert [call.kind for call in bench.simulator.changing_calls(before)] == [EDIT, EDIT]
    assert bench.company.tag_id("Value", "Very best") == id
    before = len(bench.simulator.calls)
    assert bench.apply().exit_status == 0 and bench.simulator.changing_calls(before) == []


def test_names_that_change_places_go_by_way_of_a_third(quick_path):
    bench = small(quick_path)
    bench.apply()
    ids = [bench.company.tag_id("RFM", name) for name in ("Best", "Rest")]
    wants(bench, [BEST], [REST], plan=Plan({"rfm": "RFM"}, {BEST: "Rest", REST: "Best"}))
    assert bench.apply().exit_status == 0
    assert [bench.company.tag_id("RFM", name) for name in ("Rest", "Best")] == ids
    assert bench.company.names_on("m", "wm0") == {"RFM/Rest"} and bench.company.names_on("m", "wm1") == {"RFM/Best"}


@pytest.mark.parametrize("kill_at", range(3, 8))
def test_a_kill_between_renames_is_gone_on_from(quick_path, kill_at):
    bench = small(quick_path)
    bench.apply()
    wants(bench, [BEST], [REST], plan=Plan({"rfm": "RFM"}, {BEST: "Rest", REST: "Best"}))
    with pytest.raises(Killed):
        bench.apply(kill_at=kill_at, kill_after=True)
    assert bench.apply().exit_status == 0
    assert bench.company.names_on("m", "wm0") == {"RFM/Rest"} and bench.company.names_on("m", "wm1") == {"RFM/Best"}
    assert len(bench.company.tag_ids) == 2


def test_renames_in_turn():
    def edits(**new):
        return [Edit(id, id.upper(), name, 1, id) for id, name in new.items()]

    names = {"a": "A", "b": "B", "c": "C", "d": "D"}
    done, stuck = in_turn(edits(a="B", b="X"), names)
    assert ([(edit.id, edit.name) for edit in done], stuck) == ([("b", "X"), ("a", "B")], [])
    done, stuck = in_turn(edits(a="B", b="C", c="A"), names)
    assert [(edit.id, edit.name) for edit in done] == [("a", "A~1"), ("c", "A"), ("b", "C"), ("a", "B")] and stuck == []
    done, stuck = in_turn(edits(a="D", b="A", c="Y"), names)
    assert ([edit.id for edit in done], sorted(edit.id for edit in stuck)) == (["c"], ["a", "b"]), "D keeps its name, and B waits for A"


def test_another_place_is_sent_once(quick_path):
    bench = small(quick_path)
    bench.apply()
    wants(bench, [BEST], [BEST], plan=Plan({"rfm": "RFM"}, {REST: "Rest", BEST: "Best"}))
    before = len(bench.simulator.calls)
    bench.apply()
    assert sorted((body["name"], body["order"]) for body in bodies(bench, EDIT, before)) == [("Best", 999), ("Rest", 1_000)]
    bench.company.group("RFM").tags[bench.company.tag_id("RFM", "Best")].order = 7  # WeCom, or staff, places it elsewhere
    before = len(bench.simulator.calls)
    assert bench.apply().exit_status == 0 and bench.simulator.changing_calls(before) == []


def test_a_group_of_the_name_that_is_not_ours_is_left_out_with_the_reason(quick_path):
    plan = Plan({"rfm": "RFM", "life": "Stage"}, {BEST: "Best", ("life", "n"): "New"})
    bench = small(quick_path, plan=plan)
    wants(bench, [BEST, ("life", "n")], [BEST], plan=plan)
    foreign = bench.company.add_group("RFM", ["Best"])
    outcome = bench.apply()
    assert outcome.exit_status == 1 and "--adopt" in outcome.catalogue.settled.left_out["rfm"]
    assert marks(bench) == [("wm0", ["New"], [])], "the other scheme is done"
    assert list(foreign.tags) == [bench.company.tag_id("RFM", "Best")] and foreign.made_by == CONSOLE


def test_adopt_takes_over_group_and_tags(quick_path):
    """Customer 1 bears Old, which nobody plans, and customer 2 a tag of a group that stays foreign."""
    bench = small(quick_path, customers=3)
    theirs, other = bench.company.add_group("RFM", ["Best", "Old"]), bench.company.add_group("Other", ["x"])
    old = bench.company.tag_id("RFM", "Old")
    bench.company.relations["m", "wm0"].tags = {bench.company.tag_id("RFM", "Best"): "hand"}
    bench.company.relations["m", "wm1"].tags = {old: "hand"}
    bench.company.relations["m", "wm2"].tags = dict.fromkeys(other.tags, "hand")
    looked = bench.apply(dry=True, adopt=True)
    assert (looked.tally.changed, looked.tally.removed[old], bench.simulator.changing_calls()) == (2, 1, [])
    assert bench.apply(adopt=True).exit_status == 0
    assert marks(bench) == [("wm1", ["Best"], ["Old"]), ("wm2", ["Best"], [])] and bench.company.group("RFM") is theirs
    assert bench.company.names_on("m", "wm2") == {"RFM/Best", "Other/x"}
    wants(bench, [REST], [REST], [REST])
    assert bench.apply().exit_status == 0, "what was taken over is ours from then on"
    assert [bench.company.names_on("m", f"wm{number}") for number in range(2)] == [{"RFM/Rest"}] * 2


def test_a_group_killed_in_the_making_is_known_as_ours(quick_path):
    for kill_after in (False, True):
        folder = quick_path / str(kill_after)
        folder.mkdir()
        bench = small(folder)
        with pytest.raises(Killed):
            bench.apply(kill_at=3, kill_after=kill_after)  # token, list, add
        assert (bench.company.group("RFM") is not None) == kill_after
        assert bench.apply().exit_status == 0
        assert bench.company.names_on("m", "wm0") == {"RFM/Best"} and len(bench.company.tag_ids) == 2


def test_a_group_that_staff_make_before_we_try_is_not_ours(quick_path):
    """add_corp_tag was refused for good, so that no group of ours can be behind the name."""
    bench = small(quick_path)
    bench.faults.script = {ADD: [48002, 48002]}
    assert bench.apply().exit_status == 1
    bench.company.add_group("RFM", ["theirs"])
    assert "not ours" in bench.apply().catalogue.settled.left_out["rfm"]


def test_tags_deleted_at_the_console_are_made_again(quick_path):
    bench = small(quick_path)
    bench.apply()
    for tag in sorted(bench.company.tag_ids):
        bench.company.delete_tag(tag)
    assert bench.company.group("RFM") is None
    assert bench.apply().exit_status == 0
    assert bench.company.names_on("m", "wm0") == {"RFM/Best"} and bench.company.group("RFM").made_by == APP


def test_a_tag_of_a_planned_name_in_our_group_is_used(quick_path):
    """Equal names are made once: staff have made the tag that we plan next."""
    bench = small(quick_path)
    bench.apply()
    theirs = bench.company.add_tag(bench.company.group("RFM"), "Third").id
    wants(bench, [BEST], [("rfm", "c")], plan=Plan(PLAN.groups, {**PLAN.tags, ("rfm", "c"): "Third"}))
    assert bench.apply().exit_status == 0
    assert theirs in bench.company.relations["m", "wm1"].tags and bodies(bench, ADD)[1:] == []


def test_a_name_in_use_keeps_the_old_one_and_says_so(quick_path):
    bench = small(quick_path)
    bench.apply()
    bench.company.add_tag(bench.company.group("RFM"), "Top")
    bench.company.add_group("Value", ["x"])
    wants(bench, [BEST], [REST], plan=Plan({"rfm": "Value"}, {BEST: "Top", REST: "Rest"}))
    outcome = bench.apply()
    assert outcome.exit_status == 1 and len(outcome.catalogue.settled.not_renamed) == 2
    assert bench.company.names_on("m", "wm0") == {"RFM/Best"} and bench.company.names_on("m", "wm1") == {"RFM/Rest"}


def test_a_scheme_that_is_not_planned_any_more_goes_from_customers_and_keeps_its_tags(quick_path):
    plan = Plan({"rfm": "RFM", "life": "Stage"}, {BEST: "Best", ("life", "n"): "New"})
    bench = small(quick_path, plan=plan)
    wants(bench, [BEST, ("life", "n")], [BEST], plan=plan)
    bench.apply()
    wants(bench, [BEST], [BEST])
    assert bench.apply().exit_status == 0
    assert bench.company.names_on("m", "wm0") == {"RFM/Best"} and bench.company.group("Stage") is not None


def test_a_scheme_of_another_code_and_the_same_names_keeps_group_and_tags(quick_path):
    bench = small(quick_path)
    bench.apply()
    wants(bench, [("value", "a")], [("value", "b")], plan=Plan({"value": "RFM"}, {("value", "a"): "Best", ("value", "b"): "Rest"}))
    before = len(bench.simulator.calls)
    assert bench.apply().exit_status == 0
    assert [call.kind for call in bench.simulator.changing_calls(before)] == [MARK] and len(bench.company.tag_ids) == 2


def test_names_are_read_at_each_run(quick_path):
    bench = small(quick_path)
    for _ in range(2):
        before = len(bodies(bench, LIST))
        bench.apply()
        assert len(bodies(bench, LIST)) > before
