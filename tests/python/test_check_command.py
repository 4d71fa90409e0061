"""`tagmart check` as users and CI call it: files, manifests, vars, output, exit status."""

from __future__ import annotations

import json
import os
import re
import time
from dataclasses import replace
from textwrap import dedent

import pytest
import z3
from click.testing import CliRunner
from segment_oracle import assert_replays, scheme

from tagmart.check.mend import mended
from tagmart.check.prove import prove
from tagmart.cli import main

LIFE = """\
code: life
population: orders >= 0
columns: {orders: bigint, days: integer}
assumes:
  - (orders = 0) = (days is null)
segments:
  - {code: lead, when: orders = 0}
  - {code: new, when: orders = 1 and days <= 30}
  - {code: old, when: orders = 1 and days > 30}
  - {code: loyal, when: orders > 1}
"""
CLASSES = ["lead", "new", "old", "loyal"]


def check(*arguments):
    """Return the exit status and what was printed."""
    outcome = CliRunner().invoke(main, ["check", *map(str, arguments)])
    assert outcome.exception is None or isinstance(outcome.exception, SystemExit), outcome.exception
    return outcome.exit_code, outcome.output


@pytest.fixture
def life(tmp_path):
    """Write the scheme with one text replaced; return the file."""

    def write(old: str = "", new: str = ""):
        assert old in LIFE
        file = tmp_path / "life.yml"
        file.write_text(LIFE.replace(old, new) if old else LIFE, encoding="utf-8")
        return file

    return write


def test_a_sound_file_is_proved(life):
    status, output = check(life())
    assert (status, output) == (0, "life             proved: 4 classes, every customer in exactly one\n")


@pytest.mark.parametrize(
    ("old", "new", "customer", "ends", "mend"),
    [
        ("days > 30", "days > 31", "orders = 1, days = 31", "no segment", "mend: in new, write days <= 31 instead of days <= 30"),
        ("days > 30", "days >= 30", "orders = 1, days = 30", "new and old", "mend: in new, write days < 30 instead of days <= 30"),
        ("orders > 1", "orders > 0", "orders = 1, days = 0", "new and loyal", "mend: in loyal, write orders > 1 instead of orders > 0"),
        ("orders = 0}", "orders = 0 and days = 0}", "orders = 0, days = NULL", "no segment", None),
    ],
)
def test_a_counter_example_and_the_smallest_mend_are_printed(life, old, new, customer, ends, mend):
    status, output = check(life(old, new))
    assert status == 1 and f"  {customer} -> {ends}\n" in output, output
    assert (mend in output) if mend else ("mend:" not in output), output


def test_an_unreachable_rule_and_an_empty_population_fail(life):
    status, output = check(life("orders > 1}", "orders > 1}\n  - {code: never, when: orders < 0}"))
    assert status == 1 and "life             failed: 1 unreachable\n  nobody -> never\n" in output
    status, output = check("--json", life("orders >= 0", "orders < 0 and orders = 3"))
    found = json.loads(output)["schemes"][0]
    assert status == 1 and found["verdict"] == "failed" and found["unreachable"] == CLASSES and "contradict each other" in found["errors"][0]


def test_json_has_the_promised_shape(life):
    status, output = check("--json", life())
    assert status == 0 and json.loads(output) == {
        "schemes": [{"code": "life", "verdict": "proved", "gaps": [], "overlaps": [], "unreachable": [], "errors": []}]
    }
    status, output = check("--json", life("days <= 30", "days < 30"))
    assert status == 1 and json.loads(output)["schemes"][0]["gaps"] == [{"customer": {"orders": 1, "days": 30}}]
    status, output = check("--json", life("orders > 1", "orders > 0"))
    assert json.loads(output)["schemes"][0]["overlaps"][0] == {"segments": ["new", "loyal"], "customer": {"orders": 1, "days": 0}}
    status, output = check("--json", life("orders > 1", "ordres > 1"))
    found = json.loads(output)["schemes"][0]
    assert status == 2 and found["verdict"] == "error" and found["code"] == "life"
    assert "life.yml, rule loyal: there is no column ordres: did you mean orders?" in found["errors"][0]


@pytest.mark.parametrize(
    ("old", "new", "sentence"),
    [
        ("code: life", "title: life", "the code of the scheme is no text"),
        ("{code: lead, when", "{code: no, when", "the code of segment 1 of life is no text: False"),
        ("{code: old,", "{code: new,", "rule new: the code stands twice"),
        ("when: orders > 1}", "when: }", "rule loyal: `when` is no SQL condition"),
        ("days: integer", "days: integer, days: bigint", "days stands twice"),
        ("days: integer", "days: number", "column days: the type number is unknown"),
        ("days: integer", "days: {type: text, values: [1]}", "quoted strings"),
        ("days: integer", "days: {type: integer, values: ['1']}", "only a text column"),
        ("days: integer", "days: [integer]", "column days: write a type"),
        ("days: integer", "days: text", "mixes text with integer (column days)"),
        ("population: orders >= 0", "population: orders", "population: orders is integer where a condition must stand"),
        ("assumes:\n  -", "assumes:", "`assumes` of life is no list"),
        ("orders > 1", "orders > 1 limit 1", "rule loyal: this is no SQL condition"),
        ("orders > 1", "orders % 2 = 1", "rule loyal: orders % 2 is not supported, so nothing can be proved with it (column orders)"),
        (LIFE, "", "holds no scheme"),
        (LIFE, "code: [", "is no YAML"),
        (LIFE, "code: life", "has no list of segments"),
        (LIFE, "code: life\nsegments: [lead]", "segment 1 of life is no entry"),
    ],
)
def test_what_cannot_be_read_is_status_two_with_its_place(life, old, new, sentence):
    status, output = check(life(old, new))
    assert status == 2 and sentence in output and "life.yml" in output, output


def test_files_that_are_not_there_and_options_that_exclude_each_other(tmp_path, life):
    assert check(tmp_path / "none.yml")[0] == 2
    assert json.loads(check("--json", tmp_path / "none.yml")[1])["schemes"][0]["verdict"] == "error"
    assert check("--manifest", tmp_path / "none.json")[0] == 2
    assert "run `dbt parse`" in json.loads(check("--json", "--manifest", tmp_path / "none.json")[1])["errors"][0]
    assert check(life(), "--vars", "{a: 1}")[0] == 2 and check("--manifest", "m.json", "--vars", "{a: 1}")[0] == 2


@pytest.mark.parametrize(
    ("rules", "columns", "gap"),
    [
        ({"a": "m <= 1", "b": "m >= 1.0001", "c": "m is null"}, {"m": "decimal(18, 4)"}, False),
        ({"a": "m <= 1", "b": "m >= 1.0001", "c": "m is null"}, {"m": "decimal(18, 5)"}, True),
        ({"a": "m <= 1", "b": "m >= 1.0001", "c": "m is null"}, {"m": "double"}, True),
        ({"a": "n <= 1", "b": "n >= 2", "c": "n is null"}, {"n": "integer"}, False),
        ({"a": "n < 2147483647", "b": "n = 2147483647", "c": "n is null"}, {"n": "integer"}, False),
        ({"a": "n < 2147483647", "b": "n = 2147483647", "c": "n is null"}, {"n": "bigint"}, True),
        ({"a": "s in ('x', 'y')", "b": "s is null"}, {"s": {"type": "text", "values": ["x", "y"]}}, False),
        ({"a": "s in ('x', 'y')", "b": "s is null"}, {"s": "text"}, True),
        ({"a": "s in ('x', 'other_1')", "b": "s is null"}, {"s": "text"}, True),
        ({"a": "p", "b": "not p"}, {"p": "boolean"}, True),
        ({"a": "d < date '2025-01-01'", "b": "d > date '2024-12-31'", "c": "d is null"}, {"d": "date"}, False),
        ({"a": "u < timestamp '2025-01-01 00:00:00'", "b": "u > timestamp '2024-12-31 23:59:59'"}, {"u": "timestamp"}, True),
        ({"a": "n not in (1, null)", "b": "n = 1"}, {"n": "integer"}, True),
        ({"a": "n is distinct from 1", "b": "n is not distinct from 1"}, {"n": "integer"}, False),
    ],
)
def test_types_decide_what_lies_between(rules, columns, gap):
    tried = scheme(rules, columns)
    verdict = prove(tried)
    assert bool(verdict.gaps) == gap, verdict
    assert_replays(tried, verdict)


@pytest.mark.parametrize(
    ("rules", "column", "mend"),
    [
        (("x < 10", "x > 10"), "decimal(18, 4)", "in low, write x <= 10 instead of x < 10"),
        (("x < 10", "x > 10"), "double", "in low, write x <= 10 instead of x < 10"),
        (("x < 10", "x >= 12"), "integer", "in low, write x < 12 instead of x < 10"),
        (("x < 10", "x >= 9.5"), "double", "in low, write x < 9.5 instead of x < 10"),
        (("x between 0 and 10 or x < 0", "x > 12"), "integer", "in low, write x between 0 and 12 instead of x between 0 and 10"),
        (("x < date '2025-01-01'", "x > date '2025-01-01'"), "date", "in low, write x <= date '2025-01-01' instead of x < date '2025-01-01'"),
        (("x < date '2025-01-01'", "x >= date '2025-03-01'"), "date", "in low, write x < date '2025-03-01' instead of x < date '2025-01-01'"),
        (("x < 10 and x <> 3", "x > 10"), "integer", ""),
    ],
)
def test_the_mend_is_the_smallest_move_of_one_boundary(rules, column, mend):
    tried = scheme({"low": rules[0], "high": rules[1], "none": "x is null"}, {"x": column})
    found = mended(tried, prove(tried))
    assert found == (f"mend: {mend}" if mend else "")
    if mend:
        code, new, old = re.fullmatch(r"mend: in (\w+), write (.*) instead of (.*)", found).groups()
        repaired = replace(tried, rules={**tried.rules, code: tried.rules[code].replace(old, new)})
        assert prove(repaired).word == "proved"


MODEL = """\
{% set definition %}
code: life
population: orders >= 0
columns: {is_big: boolean}
segments:
  - {code: few, when: "orders < {{ var('few_orders') }} and not is_big"}
  - {code: many, when: "orders >= {{ var('many_orders') }} and not is_big"}
  - {code: big, when: is_big}
  - {code: unknown, when: is_big is null}
{% endset %}
{% set scheme = fromyaml(definition) %}
{{ config(meta={'segment_scheme': scheme}) }}
select orders, true as is_big from {{ ref('customer_tags') }}
"""
TAGS = """\
models:
  - name: customer_tags
    columns:
      - {name: orders, data_type: bigint}
      - name: gender
        data_type: varchar
        data_tests: [{accepted_values: {arguments: {values: [male, female]}}}]
"""


@pytest.fixture
def project(tmp_path, monkeypatch):
    """A dbt project of two models, as the current folder."""
    files = {
        "dbt_project.yml": "name: small\nversion: '1.0'\nprofile: small\nvars: {few_orders: 5, many_orders: 5}\n"
        "flags: {require_generic_test_arguments_property: true, send_anonymous_usage_stats: false}\n",
        "profiles.yml": "small: {target: dev, outputs: {dev: {type: duckdb, path: ':memory:'}}}\n",
        "models/sources/orders.yml": "",
        "models/customer_tags.sql": "select 1 as orders, 'male' as gender",
        "models/customer_tags.yml": TAGS,
        "models/segment_life.sql": MODEL,
    }
    for name, text in files.items():
        (tmp_path / name).parent.mkdir(parents=True, exist_ok=True)
        (tmp_path / name).write_text(dedent(text), encoding="utf-8")
    monkeypatch.chdir(tmp_path)
    monkeypatch.delenv("DBT_PROFILES_DIR", raising=False)
    return tmp_path


def test_the_project_is_parsed_when_it_changed_and_vars_are_proved(project):
    assert check()[0] == 0
    manifest = project / "target" / "manifest.json"
    written = manifest.stat().st_mtime
    assert check()[0] == 0 and manifest.stat().st_mtime == written, "a fresh manifest is read, not made again"

    assert check("--vars", "{few_orders: 7, many_orders: 7}")[0] == 0
    status, output = check("--vars", "{few_orders: 4}")
    assert status == 1 and "orders = 4, is_big = false -> no segment" in output and "mend: in few, write orders < 5 instead of orders < 4" in output
    assert manifest.stat().st_mtime == written and check()[0] == 0, "vars of one run are not those of the project"

    model = project / "models" / "segment_life.sql"
    model.write_text(MODEL.replace("is_big is null", "gender = 'none' and is_big is null"), encoding="utf-8")
    os.utime(model, (time.time() + 5, time.time() + 5))
    status, output = check("--json")
    found = json.loads(output)["schemes"][0]
    assert status == 1 and found["unreachable"] == ["unknown"], "accepted_values of customer_tags bound its column"

    model.write_text(MODEL.replace("is_big: boolean", "is_big: boolean, orders: integer"), encoding="utf-8")
    os.utime(model, (time.time() + 10, time.time() + 10))
    status, output = check()
    assert status == 2 and "models/segment_life.sql, column orders: customer_tags has it as bigint" in output
    assert check("--select", "other")[0] == 2

    model.write_text("select {{ nonsense( }}", encoding="utf-8")
    os.utime(model, (time.time() + 15, time.time() + 15))
    status, output = check("--json")
    assert status == 2 and "dbt cannot parse the project" in json.loads(output)["errors"][0]


def test_undecided_is_an_error_and_never_a_pass(life, monkeypatch):
    monkeypatch.setattr("z3.Solver.check", lambda *_: z3.unknown)
    monkeypatch.setattr("z3.Solver.reason_unknown", lambda _: "timeout")
    status, output = check("--json", life())
    found = json.loads(output)["schemes"][0]
    assert status == 2 and found["verdict"] == "error" and "life could not be decided in 5 seconds (timeout)" in found["errors"][0]
