"""What each error code of WeCom leads to; the table stands in docs/wecom.md."""

from __future__ import annotations

import pytest
from wecom_small import ADD, BEST, CONTACTS, LIST, MARK, PLAN, marks, small

from tagmart.wecom.problem import WecomProblem
from tagmart.wecom.session import Outcome


def at_of(bench, kind):
    return [call.at for call in bench.simulator.calls if call.kind == kind]


def tried(bench, kind):
    return [call.code for call in bench.simulator.calls if call.kind == kind]


@pytest.mark.parametrize("code", [-1, 6000])
def test_busy_is_tried_three_times_more_with_growing_waits(quick_path, code):
    bench = small(quick_path, customers=1)
    bench.faults.script = {MARK: [code] * 3}
    outcome = bench.apply()
    assert tried(bench, MARK) == [code, code, code, 0]
    at = at_of(bench, MARK)
    waits = [later - earlier for earlier, later in zip(at, at[1:])]
    assert waits[0] >= 1 and waits[1] >= 2 and waits[2] >= 4 and waits[0] < waits[1] < waits[2]
    assert (outcome.exit_status, outcome.tally.changed) == (0, 1)


def test_busy_for_good_is_left_and_the_next_run_does_it(quick_path):
    bench = small(quick_path)
    bench.faults.script = {MARK: [-1] * 8}
    outcome = bench.apply()
    assert (outcome.exit_status, outcome.tally.changed, outcome.tally.left.total()) == (1, 0, 2)
    assert bench.rows("select count(*) from relations where state = 'left' and adding <> ''") == [(2,)]
    assert outcome.read_back.changed == 2, "the failures were read back and still differ"
    assert bench.apply().exit_status == 0
    assert bench.rows("select distinct state, adding from relations") == [("done", "")]


def test_an_answer_that_is_lost_is_repeated_and_counts_once(quick_path):
    """The work was done and the answer was a gateway's error page."""
    bench = small(quick_path, customers=1)
    draws = iter(["broken", "busy", None])
    bench.faults.after = lambda kind: next(draws) if kind == MARK else None
    assert bench.apply().tally.changed == 1
    assert tried(bench, MARK) == [502, -1, 0]
    assert list(bench.company.relations["m", "wm0"].tags.values()) == ["app"]


def test_rate_waits_for_a_minute_then_for_an_hour_and_goes_on(quick_path):
    bench = small(quick_path, customers=1)
    bench.faults.script = {MARK: [45009]}
    bench.faults.random.choice = lambda windows: windows[-1]  # blocked for an hour: the look after a minute is in vain
    assert bench.apply().exit_status == 0
    at = at_of(bench, MARK)
    assert tried(bench, MARK) == [45009, 45009, 0]
    assert 60 <= at[1] - at[0] <= 65 and 3_600 <= at[2] - at[1] <= 3_605


def test_rate_used_up_for_hours_stops_with_a_sentence(quick_path):
    bench = small(quick_path, customers=1)
    bench.faults.script = {MARK: [45009] * 10}
    bench.rules.blocked_until[MARK] = bench.time + 10**6
    outcome = bench.apply()
    assert "another application uses up the company's rate" in outcome.stopped and outcome.exit_status == 1
    assert len(tried(bench, MARK)) == 5


def test_crowded_makes_fewer_in_flight_and_repeats(quick_path):
    bench = small(quick_path, customers=40)
    bench.faults.script = {MARK: [45033] * 3}
    flying = []
    bench.simulator.on_call = lambda number, kind: flying.append(bench.rules.in_flight) if kind == MARK else None
    assert bench.apply().tally.changed == 40
    assert max(flying[:5]) == 4 and max(flying[-20:]) == 1, "five were in flight, then two (this one not counted)"


@pytest.mark.parametrize("code", [84061, 40096, 40003])
def test_a_relation_that_is_not_there_is_skipped_and_listed(quick_path, code):
    bench = small(quick_path, customers=3)
    bench.faults.script = {MARK: [code]}
    outcome = bench.apply()
    assert (outcome.exit_status, outcome.tally.changed, outcome.tally.skipped.total()) == (1, 2, 1)
    assert next(iter(outcome.tally.skipped)).startswith(f"{code}: ")
    [(state, reason)] = bench.rows("select state, reason from relations where state <> 'done'")
    assert (state, reason[:5]) == ("skipped", str(code))
    assert len(tried(bench, MARK)) == 3, "it is not repeated"


def test_a_customer_in_the_marts_whom_wecom_does_not_list_costs_no_call(quick_path):
    bench = small(quick_path, customers=1)
    del bench.company.relations["m", "wm0"]
    outcome = bench.apply()
    assert (outcome.exit_status, outcome.tally.skipped.total(), tried(bench, MARK)) == (1, 1, [])


def test_one_unknown_member_does_not_stop_the_others_of_a_call(quick_path):
    bench = small(quick_path, customers=2)
    wanted = {(f"m{number:02}", "wm"): [BEST] for number in range(20)}
    for userid, external in wanted:
        if userid != "m07":
            bench.company.add_relation(userid, external)
    bench.marts(PLAN, wanted)
    outcome = bench.apply()
    assert (outcome.tally.changed, dict(outcome.tally.skipped)) == (19, {"40003: WeCom does not know the member": 1})
    assert tried(bench, CONTACTS).count(40003) <= 2 * 6, "halves: log2 of 20 is under 5, and the member is read back"


def test_tag_deleted_during_the_run_is_made_again_and_the_list_read_once(quick_path):
    bench = small(quick_path, customers=30)
    deleted = []

    def at_the_console(number, kind):
        if kind == MARK and not deleted and len(marks(bench)) == 5:
            deleted.append(bench.company.tag_id("RFM", "Best"))
            bench.company.delete_tag(deleted[0])

    bench.simulator.on_call = at_the_console
    outcome = bench.apply()
    assert (outcome.exit_status, outcome.tally.changed) == (1, 30), "the five of before have lost theirs: read back, they differ"
    assert 40068 in tried(bench, MARK)
    assert bench.apply().exit_status == 0
    assert all(bench.company.names_on(*relation) == {"RFM/Best"} for relation in bench.company.relations)


def test_tag_refused_for_good_is_left_after_one_look_at_the_list(quick_path):
    bench = small(quick_path, customers=3)
    bench.faults.script = {MARK: [40068] * 3}
    outcome = bench.apply()
    assert (outcome.exit_status, outcome.tally.changed, outcome.tally.left.total()) == (1, 0, 3)
    assert len(tried(bench, LIST)) == 2 + 1, "twice to make the tags, once for three refusals"


def test_add_refused_now_and_then_reads_the_list_again_once(quick_path):
    bench = small(quick_path)
    bench.faults.script = {ADD: [40068]}
    assert bench.apply().exit_status == 0
    assert tried(bench, ADD) == [40068, 0] and len(tried(bench, LIST)) == 3


def test_add_refused_for_good_leaves_the_scheme_out_and_says_why(quick_path):
    bench = small(quick_path)
    bench.faults.script = {ADD: [40068] * 2}
    outcome = bench.apply()
    assert outcome.exit_status == 1 and "40068" in outcome.catalogue.settled.left_out["rfm"]
    assert (tried(bench, ADD), tried(bench, MARK)) == ([40068, 40068], [])


@pytest.mark.parametrize("code", [40001, 40014, 42001])
def test_token_is_renewed_once_for_all_calls_in_flight(quick_path, code):
    bench = small(quick_path, customers=20)
    bench.faults.script = {MARK: [code] if code == 42001 else [code] * 5}  # once expired, the others in flight hear 40014
    assert bench.apply().tally.changed == 20
    refused = [answer for answer in tried(bench, MARK) if answer]
    assert len(refused) == 5 and code in refused and bench.simulator.tokens == 2


def test_a_fresh_token_that_is_refused_stops_with_a_sentence(quick_path):
    bench = small(quick_path)
    bench.faults.script = {LIST: [42001, 42001]}
    outcome = bench.apply()
    assert "refuses a token that it has just given (42001)" in outcome.stopped
    assert (tried(bench, MARK), bench.rows("select outcome from runs")) == ([], [("stopped",)])


def test_a_wrong_secret_stops_with_a_sentence_without_the_secret(quick_path):
    bench = small(quick_path, secret="not-it")
    outcome: Outcome = bench.apply()
    assert "no access token (40001" in outcome.stopped and "not-it" not in outcome.stopped and outcome.exit_status == 2
    with pytest.raises(WecomProblem, match="TAGMART_WECOM_SECRET"):
        bench.apply(dry=True)


def test_a_code_that_is_in_no_table_is_left_and_many_in_a_row_stop_the_run(quick_path):
    bench = small(quick_path, customers=40)
    bench.faults.script = {MARK: [48002] * 3}
    outcome = bench.apply()
    assert (outcome.tally.left.total(), outcome.tally.changed, outcome.stopped) == (3, 37, "")
    bench = small(quick_path, customers=40)
    bench.journal.unlink()
    bench.company.add_group("other", ["x"])
    bench.faults.script = {MARK: [48002] * 40}
    outcome = bench.apply()
    assert outcome.exit_status == 1 and "20 relations in a row" in outcome.stopped and 20 <= len(tried(bench, MARK)) <= 25


@pytest.mark.parametrize(("codes", "said"), [([48002], "48002"), ([-1] * 4, "-1")])
def test_a_list_of_tags_that_cannot_be_read_stops_with_a_sentence(quick_path, codes, said):
    bench = small(quick_path)
    bench.faults.script = {LIST: codes}
    outcome = bench.apply()
    assert said in outcome.stopped and "right in WeCom's console" in outcome.stopped
    assert (outcome.exit_status, bench.simulator.changing_calls()) == (2, [])
