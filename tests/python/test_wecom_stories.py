"""Random companies over days: faults, kills at random moments, staff who edit between and during runs."""

from __future__ import annotations

import pytest
from wecom_faults import MARK, NONE, Chances
from wecom_runs import Killed
from wecom_stories import Story


def told(folder, seed: int) -> None:
    """Tell one company's story, and hold every promise of docs/wecom.md on the way."""
    story = Story(folder, seed, Chances())
    simulator, draw = story.simulator, story.random
    for _ in range(draw.randint(2, 3)):
        one_day(story)
        story.next_day()
        story.staff_act(draw.randint(0, 8), may_leave=True)
    story.bench.faults.chances = NONE
    finish(story)
    assert story.company.removed_by_app == [], "a tag that staff set by hand was removed"
    assert simulator.rules.violations == []
    assert simulator.rules.highest_in_flight <= 5


def one_day(story: Story) -> None:
    """Runs that are killed at random moments while staff edit, and then one that ends."""
    simulator, draw = story.simulator, story.random
    simulator.on_call = lambda number, kind: story.staff_act(1) if draw.random() < 0.05 else None
    for _ in range(draw.randint(0, 3)):
        differing, before = story.differing(), len(simulator.calls)
        try:
            story.bench.apply(kill_at=draw.randint(1, 60), kill_after=draw.random() < 0.5)
        except Killed:
            pass
        staff_at_most = 10  # relations that staff changed during the run may differ besides
        assert marked(story, before) <= differing + staff_at_most
        story.staff_act(draw.randint(0, 2))
    simulator.on_call = lambda number, kind: None
    differing, before = story.differing(), len(simulator.calls)
    outcome = story.bench.apply()
    assert not outcome.stopped
    lost = outcome.tally.left.total() + invisible(story, before)
    done = marked(story, before) + lost
    whole = not outcome.catalogue.settled.left_out  # a scheme whose tags were refused twice leaves its relations as they are
    assert done == differing if whole else done <= differing, "one call per relation that differs, and none for others"
    assert outcome.tally.changed == marked(story, before)
    if whole and not outcome.tally.left:
        story.all_done()


def finish(story: Story) -> None:
    """Without faults everything comes right in one run, and the next one changes nothing."""
    simulator = story.simulator
    differing, before = story.differing(), len(simulator.calls)
    outcome = story.bench.apply()
    assert (outcome.stopped, outcome.tally.left, outcome.catalogue.settled.left_out, outcome.catalogue.settled.not_renamed) == ("", {}, {}, [])
    assert marked(story, before) == differing == outcome.tally.changed
    assert story.wrong() == {}
    assert outcome.read_back is None or outcome.read_back.changed == 0
    before = len(simulator.calls)
    again = story.bench.apply()
    assert simulator.changing_calls(before) == []
    unknown = [relation for relation in story.targets if relation not in story.company.relations]
    assert (again.exit_status, again.tally.skipped.total()) == (1 if unknown else 0, len(unknown))


def marked(story: Story, since: int) -> int:
    """Calls of mark_tag that came through with an answer; the others were repeated or given up."""
    return sum(call.kind == MARK and call.code == 0 for call in story.simulator.calls[since:])


def invisible(story: Story, since: int) -> int:
    return sum(call.kind == MARK and call.code == 84061 for call in story.simulator.calls[since:])


@pytest.mark.parametrize("seed", range(5))
def test_tags_come_right(quick_path, seed):
    told(quick_path, seed)


@pytest.mark.slow
@pytest.mark.parametrize("seed", range(5, 205))
def test_tags_come_right_in_many_companies(quick_path, seed):
    told(quick_path, seed)
