"""What is done with one relation: the smallest change, hand-set tags left alone, and people who are forgotten."""

from __future__ import annotations

import pytest
from wecom_company import APP, HAND
from wecom_marts import Plan
from wecom_runs import Killed
from wecom_small import BEST, CONTACTS, MARK, PLAN, REST, marks, small, wants

from tagmart.wecom.difference import difference

F = frozenset


@pytest.mark.parametrize(
    ("held", "wanted", "ours", "adopt", "add", "remove", "by_hand"),
    [
        ("", "a", "", False, "a", "", ""),
        ("a", "b", "a", False, "b", "a", ""),
        ("a", "a", "a", False, "", "", ""),
        ("a", "b", "", False, "b", "", "a"),  # a was set by hand
        ("a", "a", "", False, "", "", ""),  # by hand, and wanted as well
        ("", "a", "a", False, "a", "", ""),  # staff took it off
        ("x", "a", "", False, "a", "", ""),  # a tag of another group
        ("abx", "a", "", True, "", "b", ""),  # taken over; x is of another group
        ("f", "", "f", False, "", "", ""),  # frozen: its scheme is left out now
    ],
)
def test_difference(held, wanted, ours, adopt, add, remove, by_hand):
    found = difference(F(held), F(wanted), F(ours), F("abcf"), F("f"), adopt)
    assert (found.add, found.remove, found.by_hand) == (F(add), F(remove), F(by_hand))


def test_a_move_is_one_call_with_both_lists(quick_path):
    bench = small(quick_path)
    assert bench.apply().exit_status == 0
    wants(bench, [REST], [BEST])
    before = len(bench.simulator.calls)
    assert bench.apply().exit_status == 0
    assert marks(bench, before) == [("wm0", ["Rest"], ["Best"])]


def test_a_finished_run_again_calls_nothing_that_changes(quick_path):
    bench = small(quick_path, customers=7)
    bench.apply()
    before = len(bench.simulator.calls)
    outcome = bench.apply()
    assert (outcome.exit_status, outcome.tally.unchanged, bench.simulator.changing_calls(before)) == (0, 7, [])
    assert bench.rows("select outcome from runs") == [("complete",)] * 2


def test_a_dry_run_says_the_same_and_changes_nothing(quick_path):
    bench = small(quick_path, customers=3)
    looked = bench.apply(dry=True)
    assert (looked.tally.changed, dict(looked.tally.added), bench.simulator.changing_calls()) == (3, {"new rfm.a": 3}, [])
    assert bench.rows("select (select count(*) from relations), (select count(*) from own_tags), (select count(*) from runs)") == [(0, 0, 0)]


def test_a_tag_set_by_hand_in_our_group_stays_and_is_reported(quick_path):
    bench = small(quick_path)
    bench.apply()
    rest = bench.company.tag_id("RFM", "Rest")
    bench.company.relations["m", "wm0"].tags[rest] = HAND
    before = len(bench.simulator.calls)
    outcome = bench.apply()
    assert (outcome.exit_status, dict(outcome.tally.by_hand), bench.simulator.changing_calls(before)) == (0, {rest: 1}, [])
    wants(bench, [REST], [BEST])
    assert bench.apply().exit_status == 0
    assert bench.company.names_on("m", "wm0") == {"RFM/Rest"}
    wants(bench, [BEST], [BEST])
    bench.apply()
    assert bench.company.names_on("m", "wm0") == {"RFM/Rest", "RFM/Best"}, "wanted for a day, it is still theirs"
    assert bench.company.removed_by_app == []


def test_tags_of_other_groups_and_personal_tags_stay(quick_path):
    bench = small(quick_path, customers=1)
    foreign = bench.company.add_group("Foreign", ["x"])
    relation = bench.company.relations["m", "wm0"]
    relation.tags, relation.personal = dict.fromkeys(foreign.tags, HAND), {"mine"}
    bench.apply()
    wants(bench, None)
    bench.apply()
    assert bench.company.names_on("m", "wm0") == {"Foreign/x"} and relation.personal == {"mine"}


def test_a_tag_of_ours_that_staff_took_off_is_added_again(quick_path):
    bench = small(quick_path)
    bench.apply()
    bench.company.relations["m", "wm0"].tags.clear()
    before = len(bench.simulator.calls)
    assert bench.apply().exit_status == 0
    assert marks(bench, before) == [("wm0", ["Best"], [])]


def test_what_staff_took_off_and_set_again_later_is_theirs(quick_path):
    """Best was ours; staff took it off on a day when it was not wanted any more, and set it by hand the day after."""
    bench = small(quick_path, customers=1)
    bench.apply()
    best = bench.company.tag_id("RFM", "Best")
    bench.company.relations["m", "wm0"].tags.clear()
    wants(bench, [REST])
    bench.apply()
    bench.company.relations["m", "wm0"].tags[best] = HAND
    assert bench.apply().tally.by_hand == {best: 1}
    assert best in bench.company.relations["m", "wm0"].tags


def test_a_customer_who_left_and_came_back_has_no_tags_of_ours(quick_path):
    bench = small(quick_path, customers=1)
    bench.apply()
    best = bench.company.tag_id("RFM", "Best")
    del bench.company.relations["m", "wm0"]
    bench.company.add_relation("m", "wm0").tags[best] = HAND
    wants(bench, [REST])
    outcome = bench.apply()
    assert (outcome.tally.by_hand, bench.company.names_on("m", "wm0")) == ({best: 1}, {"RFM/Best", "RFM/Rest"})


def test_who_is_gone_from_the_marts_loses_our_tags_and_is_forgotten(quick_path):
    bench = small(quick_path, customers=2)
    foreign = bench.company.add_group("Foreign", ["x"])
    bench.company.relations["m", "wm1"].tags = dict.fromkeys(foreign.tags, HAND)
    bench.apply()
    assert b"wm1" in bench.journal.read_bytes()
    wants(bench, [BEST], None)
    assert bench.apply().exit_status == 0
    assert bench.company.names_on("m", "wm1") == {"Foreign/x"}
    files = sorted(quick_path.iterdir())
    assert [file.name for file in files if b"wm1" in file.read_bytes() and file != bench.database] == [], "nothing of them in any file"
    assert b"wm0" in bench.journal.read_bytes()


@pytest.mark.parametrize("gone", ["relation", "member"])
def test_who_is_gone_from_the_marts_and_from_wecom_is_forgotten(quick_path, gone):
    bench = small(quick_path, customers=2)
    bench.apply()
    wants(bench, [BEST], None)
    del bench.company.relations["m", "wm1"]
    if gone == "member":
        del bench.company.relations["m", "wm0"]
        bench.company.members.clear()
    bench.apply()
    assert bench.rows("select external_userid from relations") == [("wm0",)]


def test_who_is_not_visible_for_a_moment_loses_our_tags_in_the_next_run(quick_path):
    bench = small(quick_path, customers=2)
    bench.apply()
    wants(bench, [BEST], None)
    bench.faults.script = {MARK: [84061]}
    assert bench.apply().exit_status == 1
    assert bench.apply().exit_status == 0
    assert bench.company.names_on("m", "wm1") == set() and bench.rows("select external_userid from relations") == [("wm0",)]


def test_who_could_not_be_reached_is_not_forgotten(quick_path):
    bench = small(quick_path, customers=2)
    bench.apply()
    wants(bench, [BEST], None)
    bench.faults.script = {CONTACTS: [-1] * 4}
    assert bench.apply().exit_status == 1
    assert bench.company.names_on("m", "wm1") == {"RFM/Best"}
    assert bench.apply().exit_status == 0
    assert bench.company.names_on("m", "wm1") == set() and bench.rows("select external_userid from relations") == [("wm0",)]


@pytest.mark.parametrize("kill_after", [False, True])
def test_a_call_killed_in_flight_is_ours_when_it_came_through(quick_path, kill_after):
    bench = small(quick_path, customers=1)
    with pytest.raises(Killed):
        bench.apply(kill_at=6, kill_after=kill_after)  # token, list, add, list, contacts, mark
    assert bench.rows("select state, adding <> '' from relations") == [("intended", 1)]
    assert (bench.company.relations["m", "wm0"].tags != {}) == kill_after
    wants(bench, [REST])
    assert bench.apply().exit_status == 0
    assert bench.company.names_on("m", "wm0") == {"RFM/Rest"}


def test_a_killed_run_goes_on_and_repeats_nothing(quick_path):
    bench = small(quick_path, customers=50)
    with pytest.raises(Killed):
        bench.apply(kill_at=30)
    done = {customer for customer, *_ in marks(bench)}
    assert 0 < len(done) < 50
    before = len(bench.simulator.calls)
    assert bench.apply().exit_status == 0
    assert {customer for customer, *_ in marks(bench, before)} == {f"wm{number}" for number in range(50)} - done


def test_a_customer_without_classes_in_the_marts_bears_nothing(quick_path):
    bench = small(quick_path)
    bench.apply()
    wants(bench, [], [BEST])
    assert bench.apply().exit_status == 0
    assert bench.company.names_on("m", "wm0") == set()
    assert bench.rows("select state, ours from relations where external_userid = 'wm0'") == [("done", "")]


def test_read_back_sees_what_staff_did_meanwhile(quick_path):
    bench = small(quick_path, customers=5)
    marked = []

    def staff(number, kind):
        if kind == CONTACTS and len(marks(bench)) == 5 and not marked:
            marked.append(bench.company.relations["m", "wm3"].tags.popitem())

    bench.simulator.on_call = staff
    outcome = bench.apply()
    assert marked[0][1] == APP
    assert (outcome.read_back.seen, outcome.read_back.changed, outcome.exit_status) == (5, 1, 1)


def test_several_schemes_change_in_one_call(quick_path):
    plan = Plan({"rfm": "RFM", "life": "Stage"}, {**PLAN.tags, ("life", "n"): "New", ("life", "o"): "Old"})
    bench = small(quick_path, customers=1, plan=plan)
    wants(bench, [BEST, ("life", "n")], plan=plan)
    bench.apply()
    wants(bench, [REST, ("life", "o")], plan=plan)
    bench.apply()
    assert [(who, sorted(add), sorted(remove)) for who, add, remove in marks(bench)] == [
        ("wm0", ["Best", "New"], []),
        ("wm0", ["Old", "Rest"], ["Best", "New"]),
    ]


def test_a_try_without_answer_that_came_through_is_ours_though_the_next_was_refused(quick_path):
    bench = small(quick_path, customers=1)
    bench.faults.script = {MARK: [0, 84061]}
    draws = iter(["broken"])
    bench.faults.after = lambda kind: next(draws, None) if kind == MARK else None
    assert bench.apply().tally.skipped.total() == 1
    wants(bench, [REST])
    assert bench.apply().exit_status == 0
    assert bench.company.names_on("m", "wm0") == {"RFM/Rest"}
