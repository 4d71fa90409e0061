"""Calls in a minute and an hour, calls at once, numbers of tags: never beyond a limit, also over a kill."""

from __future__ import annotations

import asyncio

import pytest
from wecom_company import HAND
from wecom_marts import Plan
from wecom_rules import Rules
from wecom_runs import Killed
from wecom_small import BEST, CONTACTS, MARK, PLAN, marks, small
from wecom_time import BEGIN, run

from tagmart.wecom.catalogue import Catalogue
from tagmart.wecom.gate import OneAtATime
from tagmart.wecom.limits import Limits
from tagmart.wecom.problem import WecomProblem
from tagmart.wecom.rates import Rates


def most_within(times: list[float], seconds: float) -> int:
    """The highest number of times in any window that is open at its end."""
    return max(sum(first <= later < first + seconds for later in times) for first in times)


@pytest.mark.parametrize("callers", [1, 5])
def test_no_window_holds_more_than_its_limit_however_late_calls_arrive(callers):
    arrived = []

    async def calls(now):
        rates = Rates(((60, 10), (3_600, 40)), now)

        async def caller(number):
            for call in range(90 // callers):
                await rates.start("k")
                await asyncio.sleep((number * 7 + call * 3) % 11)  # on its way, for up to ten seconds
                arrived.append(now())
                await asyncio.sleep(1)
                rates.end("k")

        await asyncio.gather(*(caller(number) for number in range(callers)))

    run(calls)
    assert len(arrived) == 90
    assert most_within(arrived, 60) <= 10 and most_within(arrived, 3_600) <= 40
    assert max(arrived) - min(arrived) < 2.2 * 3_600, "and it does not wait much longer than it must: 90 calls at 40 an hour"


def test_a_full_window_is_used():
    async def calls(now):
        rates = Rates(((60, 10),), now)
        starts = []
        for _ in range(21):
            starts.append(await rates.start("k") - BEGIN)
            rates.end("k")
        return starts

    starts = run(calls)
    assert starts[:10] == [0] * 10 and set(starts[10:20]) == {61} and starts[20] == 122, "whole seconds: a window is at most one second longer"


def test_kinds_count_apart():
    async def calls(now):
        rates = Rates(((60, 1),), now)
        await rates.start("a")
        return await rates.start("b")

    assert run(calls) == BEGIN


def test_limits_hold_over_a_kill(quick_path):
    """The second process knows what the first one has called within the minute."""
    bench = small(quick_path, customers=100, rules=Rules(per_minute=40, per_hour=1_000), limits=Limits(per_minute=40, per_hour=1_000))
    begin = bench.time
    for kill_at in (30, 20, 40):
        with pytest.raises(Killed):
            bench.apply(kill_at=kill_at)
    assert bench.apply().exit_status == 0
    assert bench.rules.violations == [] and bench.rules.highest_minute[MARK] <= 40
    assert sum(code == 0 for (kind, code), n in bench.simulator.counts.items() if kind == MARK for _ in range(n)) == 100
    assert bench.time - begin < 6 * 61, "it waits for windows and not for more"


def test_the_hour_counts_too(quick_path):
    bench = small(quick_path, customers=50, rules=Rules(per_minute=40, per_hour=45), limits=Limits(per_minute=40, per_hour=45))
    begin = bench.time
    assert bench.apply().exit_status == 0
    assert bench.rules.violations == [] and 3_600 < bench.time - begin < 3_700


def test_at_most_five_in_flight_and_never_two_for_one_customer(quick_path):
    """Ten members hold the same three customers; many small pages are read while relations are changed."""
    bench = small(quick_path, customers=0, limits=Limits(members_per_call=1, contacts_per_page=1))
    relations = [(f"m{member}", f"wm{customer}") for member in range(10) for customer in range(3)]
    for relation in relations:
        bench.company.add_relation(*relation)
    bench.marts(PLAN, {relation: [BEST] for relation in relations})
    assert bench.apply().tally.changed == 30
    assert bench.rules.violations == [] and bench.rules.highest_in_flight == 5


def test_the_simulator_sees_what_goes_beyond(quick_path):
    """The other side of the tests above: a client with laxer limits is caught."""
    bench = small(quick_path, customers=60, limits=Limits(in_flight=9, per_minute=100), rules=Rules(per_minute=50))
    bench.apply()
    assert any("in flight" in violation for violation in bench.rules.violations)
    assert any("51 calls in 60 seconds" in violation for violation in bench.rules.violations)


def test_locks_of_customers_do_not_pile_up():
    async def work(now):
        customers = OneAtATime()
        order = []

        async def hold(name, seconds):
            async with customers.of(name):
                order.append(("in", name))
                await asyncio.sleep(seconds)
                order.append(("out", name))

        await asyncio.gather(hold("a", 2), hold("a", 1), hold("b", 1))
        return order, customers.locks

    assert run(work) == ([("in", "a"), ("in", "b"), ("out", "b"), ("out", "a"), ("in", "a"), ("out", "a")], {})


def test_pages_and_members_of_one_call(quick_path):
    bench = small(quick_path, customers=0)
    wanted = {(f"m{number:03}", "wm"): [BEST] for number in range(250)} | {("m000", f"x{number:03}"): [BEST] for number in range(150)}
    for relation in wanted:
        bench.company.add_relation(*relation)
    bench.marts(PLAN, wanted)
    assert bench.apply(sample=0).tally.changed == 400
    read = [call.body for call in bench.simulator.calls if call.kind == CONTACTS]
    assert sorted(len(body["userid_list"]) for body in read) == [50, 100, 100, 100, 100] and {body["limit"] for body in read} == {100}


def test_parts_are_bounded_by_relations_too(quick_path):
    bench = small(quick_path, customers=0, limits=Limits(relations_at_once=7))
    wanted = {(f"m{member}", f"wm{number}"): [BEST] for member in range(5) for number in range(3)}
    for relation in wanted:
        bench.company.add_relation(*relation)
    bench.marts(PLAN, wanted)
    assert bench.apply(sample=0).tally.changed == 15
    assert sorted(len(call.body["userid_list"]) for call in bench.simulator.calls if call.kind == CONTACTS) == [1, 2, 2]


@pytest.mark.parametrize(("there", "said", "stopped"), [(2_997, False, False), (2_998, True, False), (9_998, True, False), (9_999, True, True)])
def test_tags_in_all_warn_at_3000_and_stop_at_10000(quick_path, there, said, stopped):
    """The plan has two tags."""
    bench = small(quick_path)
    bench.company.add_group("Foreign", [str(number) for number in range(there)])
    outcome = bench.apply()
    assert bool(outcome.catalogue.note) == (said and not stopped)
    assert ("10,001 tags, more than the 10,000" in outcome.stopped) == stopped
    assert bool(bench.simulator.changing_calls()) != stopped


@pytest.mark.parametrize(("others", "skipped"), [(2_999, 0), (3_000, 1)])
def test_3000_tags_on_one_customer(quick_path, others, skipped):
    bench = small(quick_path, customers=1)
    foreign = bench.company.add_group("Foreign", [str(number) for number in range(3_000)])
    bench.company.relations["m", "wm0"].tags = dict.fromkeys(list(foreign.tags)[:others], HAND)
    outcome = bench.apply()
    assert (outcome.tally.skipped.total(), len(marks(bench, code=None)), outcome.exit_status) == (skipped, 1 - skipped, skipped)


def test_a_swap_on_a_full_customer_is_no_addition(quick_path):
    bench = small(quick_path, customers=1)
    assert bench.apply().exit_status == 0
    foreign = bench.company.add_group("Foreign", [str(number) for number in range(2_999)])
    bench.company.relations["m", "wm0"].tags |= dict.fromkeys(foreign.tags, HAND)
    bench.marts(PLAN, {("m", "wm0"): [("rfm", "b")]})
    assert bench.apply().exit_status == 0
    assert marks(bench)[-1] == ("wm0", ["Rest"], ["Best"])


def test_hours_of_a_plan():
    assert Limits().hours(1_000_000) == pytest.approx(6.6667, abs=1e-4)
    assert Limits().hours(10_000) == pytest.approx(1 / 15) and Limits().hours(5_000) == pytest.approx(1 / 30)
    assert Limits(per_minute=100).hours(6_000) == 1


def test_names_beyond_30_characters_stop_before_any_call(quick_path):
    with pytest.raises(WecomProblem, match="WeCom takes 1 to 30 characters"):
        small(quick_path, plan=Plan({"rfm": "RFM"}, {BEST: "x" * 31})).apply()
    bench = small(quick_path, plan=Plan({"rfm": "客" * 30}, {BEST: "户" * 30}))
    assert bench.apply().exit_status == 0
    assert isinstance(bench.apply().catalogue, Catalogue)
