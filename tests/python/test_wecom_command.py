"""The commands as users give them, over the network of this machine; also killed by the system."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
import time

import pytest
from click.testing import CliRunner
from wecom_faults import Faults
from wecom_served import served
from wecom_small import BEST, MARK, PLAN, marks, small, wants

from tagmart.cli import main
from tagmart.wecom.journal import only_one


@pytest.fixture
def bench(quick_path):
    """Three customers; the simulator answers at once and in real time."""
    made = small(quick_path, customers=3)
    made.simulator.now = time.time
    made.faults.latency = lambda: 0.0
    with served(made.simulator) as made.environment:
        yield made


def given(bench, command, *options, answer=None, **environment):
    """Run a command; without `answer` there is no terminal to ask."""
    paths = ["--journal", str(bench.journal)] + (["--database", str(bench.database)] if command != "status" else [])
    return CliRunner(env={**bench.environment, **environment}).invoke(
        main, ["wecom", command, *(paths if command != "plan" else paths[2:]), *options], input=answer
    )


def test_apply_alone_changes_nothing(bench):
    said = given(bench, "apply")
    assert said.exit_code == 0 and bench.simulator.changing_calls() == []
    assert "Make group 'RFM' with 'Best', 'Rest'" in said.output and "Add 3 tags: RFM / Best 3" in said.output
    assert "Relations: 3 to change (as many calls" in said.output and "Nothing was changed: this was a dry run" in said.output


@pytest.mark.parametrize("answer", ["n\n", "", None])
def test_no_dry_run_asks_first_and_no_is_no(bench, answer):
    said = given(bench, "apply", "--no-dry-run", answer=answer)
    assert said.exit_code == 2 and "Do this in WeCom?" in said.output and "Nothing was changed: the question" in said.output
    assert bench.simulator.changing_calls() == []


def test_yes_at_the_question_does_it(bench):
    said = given(bench, "apply", "--no-dry-run", answer="y\n")
    assert said.exit_code == 0 and len(marks(bench)) == 3
    for sentence in ("Tags made: 2", "Added 3 tags: RFM / Best 3", "3 changed, 0 as they should be, 0 skipped, 0 left", "Read back: 3 relations of 1 members"):
        assert sentence in said.output


def test_yes_as_option_does_not_ask_and_needs_the_other(bench):
    alone = given(bench, "apply", "--yes")
    assert (alone.exit_code, bench.simulator.calls) == (2, []) and "--no-dry-run" in alone.output
    both = given(bench, "apply", "--yes", "--no-dry-run")
    assert both.exit_code == 0 and len(marks(bench)) == 3 and "Do this" not in both.output


def test_skipped_is_status_1_and_status_says_why(bench):
    del bench.company.relations["m", "wm1"]
    assert given(bench, "apply", "--yes", "--no-dry-run").exit_code == 1
    said = given(bench, "status")
    assert "3 relations: 2 changed, 0 as they should be, 1 skipped, 0 left, 0 not come to." in said.output
    assert "Ours: 1 groups, 2 tags, on 2 relations." in said.output
    assert "Skipped: 1 relations: 84061: WeCom does not list the customer with this member." in said.output and "wm1" not in said.output
    assert "m\twm1\tskipped\t84061" in given(bench, "status", "--all").output


def test_status_before_any_run(bench):
    said = given(bench, "status")
    assert said.exit_code == 2 and "nothing was applied yet" in said.output and not bench.journal.exists()


@pytest.mark.parametrize(
    ("environment", "sentence"),
    [
        ({"TAGMART_WECOM_SECRET": ""}, "The environment has no TAGMART_WECOM_SECRET"),
        ({"TAGMART_WECOM_CORP_ID": "", "TAGMART_WECOM_SECRET": ""}, "no TAGMART_WECOM_CORP_ID and no TAGMART_WECOM_SECRET"),
        ({"TAGMART_WECOM_URL": "http://wecom.example/cgi-bin"}, "where the secret would travel readably"),
        ({"TAGMART_WECOM_AGENT_ID": "x"}, "TAGMART_WECOM_AGENT_ID is no whole number"),
        ({"TAGMART_WECOM_SECRET": "wrong"}, "gives no access token (40001"),
    ],
)
def test_an_account_that_cannot_work_is_status_2(bench, environment, sentence):
    said = given(bench, "apply", **environment)
    assert said.exit_code == 2 and sentence in said.output and said.output.count("\n") == 1


def test_an_address_that_is_no_wecom_stops(bench):
    said = given(bench, "apply", "--base-url", bench.environment["TAGMART_WECOM_URL"].replace("cgi-bin", "elsewhere"))
    assert said.exit_code == 2 and "HTTP status 404: check --base-url" in said.output


def test_the_journal_of_another_company_is_refused(bench):
    given(bench, "apply", "--yes", "--no-dry-run")
    said = given(bench, "apply", TAGMART_WECOM_CORP_ID="ww-other")
    assert said.exit_code == 2 and "is the journal of another company" in said.output


def test_two_runs_at_once_are_refused(bench):
    held = only_one(bench.journal)
    said = given(bench, "apply")
    held.close()
    assert said.exit_code == 2 and "is in use by another run" in said.output
    assert given(bench, "apply").exit_code == 0


def test_a_build_that_lost_most_people_is_not_applied_by_accident(bench):
    given(bench, "apply", "--yes", "--no-dry-run")
    wants(bench, [BEST])
    said = given(bench, "apply", "--yes", "--no-dry-run")
    assert said.exit_code == 2 and "name 1 relations and 3 bear our tags" in said.output and len(marks(bench)) == 3
    assert given(bench, "apply", "--yes", "--no-dry-run", "--allow-fewer").exit_code == 0
    assert [who for who, *_ in marks(bench)[3:]] == ["wm1", "wm2"]


def test_nothing_secret_is_printed_or_kept(bench):
    outputs = [given(bench, "apply", *options).output for options in ((), ("--yes", "--no-dry-run"))] + [given(bench, "status", "--all").output]
    assert not any("a-secret" in output or "token-" in output for output in outputs)
    assert not any(b"a-secret" in file.read_bytes() or b"token-" in file.read_bytes() for file in bench.folder.iterdir())


@pytest.mark.slow
def test_kill_9_and_again(bench):
    """Three processes are killed by the system in the middle of their calls; the fourth ends. No call is repeated that had an answer."""
    relations = {("m", f"wm{number:03}"): [BEST] for number in range(200)}
    for relation in relations:
        bench.company.add_relation(*relation)
    bench.marts(PLAN, relations)
    bench.faults.latency = Faults(1).latency
    command = [
        sys.executable,
        "-m",
        "tagmart.cli",
        "wecom",
        "apply",
        "--yes",
        "--no-dry-run",
        "--database",
        str(bench.database),
        "--journal",
        str(bench.journal),
    ]
    environment = {**os.environ, **bench.environment}
    for enough in (20, 60, 100):
        process = subprocess.Popen(command, env=environment, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
        while len(marks(bench)) < enough and process.poll() is None:
            time.sleep(0.01)
        process.send_signal(signal.SIGKILL)
        assert process.wait() == -signal.SIGKILL
        time.sleep(0.5)  # what is under way at the server
        assert bench.rows("select count(*) from runs where ended_at is null")[0][0] > 0
    ended = subprocess.run(command, env=environment, capture_output=True, text=True)
    assert ended.returncode == 0, ended.stderr
    repeated = len(marks(bench)) - 200
    assert 0 <= repeated <= 3 * 5, "at most the calls in flight at each kill"
    assert all(bench.company.names_on(*relation) == {"RFM/Best"} for relation in relations)
    before = len(bench.simulator.calls)
    assert subprocess.run(command, env=environment, capture_output=True).returncode == 0
    assert bench.simulator.changing_calls(before) == [] and MARK not in [call.kind for call in bench.simulator.calls[before:]]
    assert bench.rules.violations == []
