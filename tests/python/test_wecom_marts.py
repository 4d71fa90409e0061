"""What is read of schema `activation`, what `plan` says, and the sentence for everything that stands in the way."""

from __future__ import annotations

import subprocess
import sys

import duckdb
import pytest
from click.testing import CliRunner
from wecom_marts import AS_OF, Plan, write_marts
from wecom_small import BEST, PLAN, REST

from tagmart.cli import main
from tagmart.wecom.problem import WecomProblem
from tagmart.wecom.wanted import Wanted

TARGETS = {("m", "wm0"): [BEST], ("m", "wm1"): [REST], ("n", "wm1"): []}


def plan(database, *options):
    return CliRunner().invoke(main, ["wecom", "plan", "--database", str(database), *options])


def edited(database, sql):
    with duckdb.connect(str(database)) as connection:
        connection.execute(sql)
    return database


def test_plan_prints_groups_tags_what_is_left_out_changes_and_hours(quick_path):
    whole = Plan(PLAN.groups, PLAN.tags, {("crowd", "x"): "over 100 groups"})
    changes = [("c", "m", f"wm{number}", "add_tag", "RFM", "Best", None) for number in range(20_000)] + [("c", "m", "wm0", "remove_tag", "RFM", "Rest", "etX")]
    said = plan(write_marts(quick_path / "m.duckdb", whole, TARGETS, changes))
    assert said.exit_code == 0
    for sentence in (
        "As of 2025-06-30: 3 relations of 2 members of staff should bear the tags below.",
        "RFM (rfm): Best 0, Rest 0",
        "Left out of crowd: over 100 groups: x",
        "Groups: 1; tags: 2, of which 1 have no id in the raw tables yet.",
        "20,000 tags to add, 1 to remove.",
        "That is 20,000 calls, at least 0.13 hours (10,000 a minute, 150,000 an hour)",
        "relations from nothing would be 3 calls, at least 0.00 hours",
    ):
        assert sentence in said.output
    assert "at least 2.00 hours (10,000 a minute, 10,000 an hour)" in plan(quick_path / "m.duckdb", "--per-hour", "10000").output


def test_wanted_has_a_row_per_relation_in_the_order_of_members(quick_path):
    wanted = Wanted(write_marts(quick_path / "m.duckdb", PLAN, TARGETS), quick_path / "journal")
    assert (wanted.relations, wanted.members(), wanted.as_of_date) == (3, {"m": 2, "n": 1}, str(AS_OF))
    assert wanted.of(["m"]) == {("m", "wm0"): [BEST], ("m", "wm1"): [REST]} and wanted.of(["n"]) == {("n", "wm1"): []}
    with duckdb.connect(str(quick_path / "m.duckdb")) as connection:  # it is copied: a build may write meanwhile
        connection.execute("drop schema activation cascade")
    assert wanted.of(["m", "n"]).keys() == TARGETS.keys()
    wanted.close()
    assert [file.name for file in quick_path.iterdir()] == ["m.duckdb"], "the copy names people and is removed"


def test_only_the_newest_date_counts(quick_path):
    database = write_marts(quick_path / "m.duckdb", PLAN, TARGETS)
    before = plan(database).output
    for table in ("wecom_tag_plan", "wecom_tag_targets"):
        edited(database, f"insert into activation.{table} by name select * replace (date '2025-05-31' as as_of_date) from activation.{table}")
    edited(database, "update activation.wecom_tag_targets set segment_code = 'gone' where as_of_date = '2025-05-31'")
    edited(database, "insert into activation.wecom_tag_changes values ('2025-05-31', 'c', 'm', 'wm0', 'add_tag', 'RFM', 'Best', null)")
    wanted = Wanted(database, quick_path / "journal")
    assert (wanted.relations, len(wanted.tags), plan(database).output) == (3, 2, before)
    wanted.close()


@pytest.mark.parametrize(
    ("sql", "sentence"),
    [
        ("drop table activation.wecom_tag_plan", "wecom_tag_plan"),
        ("drop schema activation cascade", "build them with dbt build"),
        ("alter table activation.wecom_tag_targets drop column userid", "userid"),
        ("update activation.wecom_tag_targets set segment_code = 'z' where segment_code = 'a'", "rfm.z, which activation.wecom_tag_plan does not plan"),
        ("update activation.wecom_tag_plan set is_planned = false where segment_code = 'a'", "rfm.a, which activation.wecom_tag_plan does not plan"),
        ("update activation.wecom_tag_targets set as_of_date = '2025-07-01'", "as of 2025-06-30 and activation.wecom_tag_targets as of 2025-07-01"),
        ("update activation.wecom_tag_plan set tag_name = 'Best'", "plans 'Best' of scheme rfm twice"),
        ("update activation.wecom_tag_plan set group_name = segment_code", "one scheme is one group"),
        ("update activation.wecom_tag_plan set tag_name = ''", "WeCom takes 1 to 30 characters"),
    ],
)
def test_what_stands_in_the_way_is_one_sentence(quick_path, sql, sentence):
    database = edited(write_marts(quick_path / "m.duckdb", PLAN, TARGETS), sql)
    with pytest.raises(WecomProblem) as problem:
        Wanted(database, quick_path / "journal")
    assert sentence in str(problem.value) and "\n" not in str(problem.value)
    assert [file.name for file in quick_path.iterdir()] == ["m.duckdb"]


def test_a_database_that_is_not_there_or_is_none(quick_path):
    said = plan(quick_path / "none.duckdb")
    assert (said.exit_code, said.output) == (2, f"{quick_path / 'none.duckdb'} is not there: build it with dbt build, or name another file with --database.\n")
    (quick_path / "text.duckdb").write_text("no database, and long enough to be looked at" * 1_000)
    said = plan(quick_path / "text.duckdb")
    assert said.exit_code == 2 and "cannot be read as a DuckDB database" in said.output and said.output.count("\n") == 1


def test_a_database_that_a_build_holds(quick_path):
    database = write_marts(quick_path / "m.duckdb", PLAN, TARGETS)
    script = f"import duckdb, sys; c = duckdb.connect({str(database)!r}); print('held', flush=True); sys.stdin.read()"
    with subprocess.Popen([sys.executable, "-c", script], stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True) as holder:
        assert holder.stdout.readline() == "held\n"
        said = plan(database)
        with pytest.raises(WecomProblem, match="is locked by another process"):
            Wanted(database, quick_path / "journal")
        holder.stdin.close()
    assert (said.exit_code, said.output) == (2, f"{database} is locked by another process, such as a build: run this again when that has ended.\n")
    assert plan(database).exit_code == 0
