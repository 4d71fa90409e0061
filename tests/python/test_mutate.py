"""`make mutate` itself: what is SQL in a template, which faults are made of it, what the report accepts."""

from __future__ import annotations

import random
from pathlib import Path

import pytest
from conftest import PROJECT

from workshop.mutate.checks import BROKEN, KILLED, SURVIVED, Judge, Verdict
from workshop.mutate.command import EQUIVALENT
from workshop.mutate.copies import LEFT_OUT, prepare
from workshop.mutate.mutants import Mutant, chosen, mutants_of, project_mutants
from workshop.mutate.places import HIDDEN, sql_mask
from workshop.mutate.reference import Reference, write_expected
from workshop.mutate.report import Report, explained, summary
from workshop.mutate.scope import Step, steps, touched
from workshop.mutate.workspace import BASE, EARLIER

NUMBERS = {"days": 15, "share": 0.8}
DEFINITION = """{% set definition %}
code: tried = 1
name_en: This and that
population: orders >= 0
assumes:
  - orders is not null
segments:
  - {code: a, name_en: Less < more, when: orders = 0}
{% if var('preset') == 'x' %}
  - code: b
    when: >
      orders > 0
      and days < 3
{% endif %}
{% endset %}
{{ config(x=1) }}
select 1 as one -- 2 > 1
from t {#- 3 > 2 #} where kind = 'a > b'
"""


@pytest.fixture(scope="module")
def mutants() -> list[Mutant]:
    return project_mutants(PROJECT)


def test_only_sql_is_left_of_a_template():
    mask = sql_mask(DEFINITION)
    assert len(mask) == len(DEFINITION) and mask.count("\n") == DEFINITION.count("\n")
    assert mask.split() == [
        "orders",
        ">=",
        "0",
        "orders",
        "is",
        "not",
        "null",
        "orders",
        "=",
        "0",
        "orders",
        ">",
        "0",
        "and",
        "days",
        "<",
        "3",
        HIDDEN * len("{{ config(x=1) }}"),
        "select",
        "1",
        "as",
        "one",
        "from",
        "t",
        "where",
        "kind",
        "=",
        f"'{HIDDEN * 5}'",
    ]


@pytest.mark.parametrize(
    ("sql", "faults"),
    [
        ("a < 3", ["a <= 3", "a >= 3", "a < 4", "a < 2"]),
        ("a >= 0.5", ["a > 0.5", "a < 0.5", "a >= 0.6", "a >= 0.4"]),
        ("a = 'x'", ["a <> 'x'", "a = 'x_x'"]),
        ("a between b and c or d", ["a between b and c and d"]),
        ("not a and b", ["a and b", "not a or b"]),
        ("a is not null", ["a is null"]),
        ("a is distinct from b", ["a <> b"]),
        ("a not in (b)", ["a in (b)"]),
        ("coalesce(f(a, b), 0) as c", ["f(a, b) as c", "coalesce(f(a, b), 1) as c"]),
        ("a / nullif(b, 0)", ["a * nullif(b, 0)", "a / b", "a / nullif(b, 1)"]),
        ("left join t on t.id = u.id", ["inner join t on t.id = u.id"]),
        ("join t on t.id = u.id and t.day < u.day", ["join t on t.id = u.id and t.day <= u.day", "join t on t.id = u.id and t.day >= u.day"]),
        ("full outer join t", ["left join t", "inner join t"]),
        (
            "count(*) filter (where a > b) as c",
            ["max(1) filter (where a > b) as c", "count(*) as c", "count(*) filter (where a >= b) as c", "count(*) filter (where a <= b) as c"],
        ),
        ("sum(a), max(b), count(distinct c)", ["max(a), max(b), count(distinct c)", "sum(a), min(b), count(distinct c)", "sum(a), max(b), count(c)"]),
        (
            "row_number() over (partition by a, b order by c desc nulls last)",
            [
                "rank() over (partition by a, b order by c desc nulls last)",
                "row_number() over (partition by a order by c desc nulls last)",
                "row_number() over (partition by a, b order by c asc nulls last)",
                "row_number() over (partition by a, b order by c desc nulls first)",
            ],
        ),
        (
            "rows between unbounded preceding and current row",
            ["rows between 1 preceding and current row", "rows between unbounded preceding and unbounded following"],
        ),
        ("where a and b", ["where a or b", "where true"]),
        ("    and a", ["or a", ""]),
        ("a <= {{ var('days') }}", ["a < {{ var('days') }}", "a > {{ var('days') }}", "a <= {{ var('days') + 1 }}", "a <= {{ var('days') - 1 }}"]),
        ("{{ var('share') }} * a", ["{{ var('share') }} / a", "{{ var('share') + 0.01 }} * a", "{{ var('share') - 0.01 }} * a"]),
        ("{{ dbt.datediff('a', 'b', 'day') }} as c", ["({{ dbt.datediff('a', 'b', 'day') }} + 1) as c"]),
        ("cast(a as decimal(18, 4))", []),
        ("select * from t group by 1, 2", []),
        ("{# a < 3 #} {% if a < 3 %}{% endif %}", []),
    ],
)
def test_faults_of_a_piece_of_sql(sql, faults):
    assert sorted(mutant.after for mutant in mutants_of("models/x.sql", sql, NUMBERS)) == sorted(faults)


def test_every_mutant_of_the_project_has_a_name_of_its_own_and_changes_one_place(mutants):
    assert len(mutants) >= 300
    assert len({mutant.name for mutant in mutants}) == len(mutants)
    for mutant in random.Random(1).sample(mutants, 100):
        lines = (PROJECT / mutant.file).read_text(encoding="utf-8").split("\n")
        changed = mutant.text.split("\n")
        same_before = next(number for number, (one, other) in enumerate(zip(lines, changed)) if one != other)
        assert same_before >= mutant.line - 1, mutant
        assert mutant.before.split("\n")[0] in lines[mutant.line - 1], mutant


def test_every_model_of_tags_and_segments_is_mutated(mutants):
    files = {mutant.file for mutant in mutants}
    for folder in ("models/tags", "models/segments"):
        all_but_a_template = {path.relative_to(PROJECT).as_posix() for path in (PROJECT / folder).glob("*.sql")} - {"models/segments/segment_definitions.sql"}
        assert all_but_a_template <= files


def test_a_limited_choice_is_the_same_each_time(mutants):
    assert chosen(mutants, 20) == chosen(mutants, 20) != mutants[:20]
    assert chosen(mutants, None) is mutants


def test_each_explained_mutant_is_one_that_is_made(mutants):
    """An explanation of a mutant that is not made excuses nothing, or hides another."""
    stale = explained(PROJECT / EQUIVALENT).keys() - {mutant.name for mutant in mutants}
    assert not stale, stale


def a_mutant(after: str) -> Mutant:
    return Mutant("models/x.sql", 1, "a < 1", after, 1, after)


def test_killed_stays_killed_and_a_survivor_is_tried_again(tmp_path):
    one, other, third = (a_mutant(after) for after in ("a <= 1", "a < 2", "a < 0"))
    report = Report(tmp_path / "report.jsonl", "state", [])
    for mutant, outcome in ((one, KILLED), (other, SURVIVED), (third, BROKEN)):
        report.add(mutant, Verdict(outcome))
    edited = Mutant(*one.name[:1], 1, *one.name[1:], "another file around it")
    assert Report(report.path, "state", [one, other, third]).verdicts.keys() == {one.name, other.name, third.name}
    assert Report(report.path, "tests added", [one, other, third]).verdicts.keys() == {one.name, third.name}
    assert not Report(report.path, "state", [edited]).verdicts


@pytest.mark.parametrize(
    ("killed", "survived", "reasons", "good"),
    [
        (95, 5, 5, True),
        (95, 5, 4, False),
        (94, 6, 6, False),
        (100, 0, 1, False),
        (0, 0, 0, False),
    ],
)
def test_enough_must_be_killed_and_every_survivor_explained(killed, survived, reasons, good):
    found = [a_mutant(f"a < {number}") for number in range(killed + survived)]
    verdicts = {mutant.name: Verdict(SURVIVED if number < survived else KILLED, "test x") for number, mutant in enumerate(found)}
    text, passed = summary(found, verdicts, {mutant.name: "why" for mutant in found[:reasons]})
    assert passed == good, text
    assert f"{killed} killed" in text and f"{survived} survived" in text


def test_what_a_file_touches():
    def node(name, macros=()):
        return {"name": name, "resource_type": "model", "original_file_path": f"models/{name}.sql", "depends_on": {"macros": list(macros)}}

    manifest = {
        "nodes": {"a": node("a"), "b": node("b", ["outer"]), "c": node("c", ["other"])},
        "macros": {
            "inner": {"name": "inner", "original_file_path": "macros/inner.sql", "depends_on": {"macros": []}},
            "outer": {"name": "outer", "original_file_path": "macros/outer.sql", "depends_on": {"macros": ["inner"]}},
            "other": {"name": "other", "original_file_path": "macros/inner.sql", "depends_on": {"macros": []}},
        },
    }
    assert touched(manifest, "models/a.sql", "") == ["a"]
    assert touched(manifest, "macros/inner.sql", "inner") == ["b"]
    assert touched(manifest, "macros/inner.sql", "other") == ["c"]


def test_a_mutant_of_a_macro_names_it():
    text = "{% macro one() %}a < b{% endmacro %}\n{% macro two() %}c < d{% endmacro %}"
    assert {(mutant.macro, mutant.after.count("c < d")) for mutant in mutants_of("macros/x.sql", text, {})} == {("one", 0), ("two", 0)}


def test_the_reference_follows_what_it_knows():
    assert [step.compared for step in steps(["customer_tags__facts"])] == ["mart"]
    assert [step.compared for step in steps(["customer_tags"])] == ["mart", "mart"]
    assert [step.compared for step in steps(["tag_sizes"])] == ["tag marts"]
    assert steps(["segment_aipl"]) == [Step(("--select", "segment_aipl+"), restored=BASE)]
    assert [step.compared for step in steps(["int_orders__measured"])] == ["", "mart"]


def test_what_keeps_history_goes_on_from_an_earlier_day_and_is_then_built_at_once():
    later, at_once = steps(["int_orders__measured", "customer_tags"], "macros/history/is_lacking.sql")
    assert "--full-refresh" not in later.selected and "--full-refresh" in at_once.selected
    assert later.compared == at_once.compared == "base"
    assert (later.restored, at_once.restored) == (EARLIER, "")


def test_a_model_that_keeps_rows_is_built_at_once_and_upon_an_earlier_day():
    text = "{{ config(materialized='incremental') }}"
    kept = steps(["int_orders__measured"], "models/intermediate/orders/int_orders__measured.sql", text)
    assert [(step.compared, step.restored) for step in kept] == [("", BASE), ("mart", ""), ("base", EARLIER)]
    assert len(steps(["int_orders__measured"], "models/intermediate/orders/int_orders__measured.sql", "")) == 2


def test_what_the_copy_leaves_out_is_there_to_leave_out():
    settings = (PROJECT / "dbt_project.yml").read_text(encoding="utf-8")
    assert all(line in settings for line in LEFT_OUT)


@pytest.mark.slow
def test_faults_are_killed_by_the_check_that_sees_them(tmp_path):
    workspace = prepare(PROJECT, tmp_path / "base", print)
    write_expected(PROJECT, tmp_path / "base")
    workspace.restore()
    judge = Judge(workspace, Reference(PROJECT, tmp_path / "base"))
    for file, old, new, outcome, by in (
        ("models/segments/segment_activity.sql", "active_days_30d > 0 and", "active_days_30d > 1 and", KILLED, "tagmart check: activity failed"),
        ("models/segments/segment_rfm.sql", "then 1\n        end as frequency_score", "then 2\n        end as frequency_score", KILLED, "unit test rfm_"),
        (
            "models/tags/customer_tags__consumption.sql",
            "timed.orders_count - 1 else 0",
            "timed.orders_count - 1 else 1",
            KILLED,
            "reference: tags.customer_tags",
        ),
        (
            "models/segments/segment_sizes.sql",
            "select * from {{ ref('customer_segments') }}",
            "select nothing from {{ ref('customer_segments') }}",
            BROKEN,
            "segment_sizes",
        ),
        ("models/segments/segment_activity.sql", "from customers\n", "from customers where true\n", SURVIVED, ""),
    ):
        text = (PROJECT / file).read_text(encoding="utf-8")
        assert text.count(old) == 1, (file, old)
        verdict = judge.verdict(Mutant(file, 1, old, new, 1, text.replace(old, new), True))
        assert verdict.outcome == outcome and verdict.by.startswith(by), (file, verdict)
        assert (Path(workspace.folder) / file).read_text(encoding="utf-8") == text
