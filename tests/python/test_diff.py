"""Two definitions of one scheme: equal ones are proved equal, and whoever changes class is shown by an example that DuckDB confirms."""

from __future__ import annotations

from dataclasses import replace

import duckdb
import pytest
from class_oracle import assert_moves_replay, moves_on_grid, replayed
from segment_oracle import scheme

from tagmart.diff.compare import compare

COLUMNS = {"orders": "bigint", "days": "integer", "amount": "decimal(18, 4)", "vip": "boolean", "city": {"type": "text", "values": ["bj", "sh"]}}
RULES = {"lead": "orders = 0", "new": "orders = 1 and days <= 30", "old": "orders = 1 and days > 30", "loyal": "orders > 1"}
LIFE = scheme(RULES, COLUMNS, "orders >= 0", ("(orders = 0) = (days is null)", "days is null or days >= 0"))


def changed(**rules) -> object:
    return replace(LIFE, rules={**RULES, **rules})


@pytest.mark.parametrize(
    "rules",
    [
        {"new": "orders = 1 and not (days > 30)", "old": "not (orders <> 1 or days <= 30)"},
        {"loyal": "orders >= 2", "new": "orders between 1 and 1 and days < 31"},
        {"lead": "days is null", "loyal": "not (orders = 0 or orders = 1)", "old": "orders = 1 and days not between 0 and 30"},
        {"loyal": "case when orders > 1 then true else false end", "new": "coalesce(days <= 30, false) and orders = 1"},
    ],
)
def test_rewritten_rules_are_proved_the_same(rules):
    difference = compare(LIFE, changed(**rules))
    assert difference.word == "same", difference


def test_rules_in_another_order_are_the_same():
    assert compare(LIFE, replace(LIFE, rules=dict(reversed(RULES.items())))).word == "same"


def test_order_decides_where_rules_overlap():
    """The model takes the first rule that is TRUE, so two overlapping rules that change places move who is in both."""
    base = replace(LIFE, rules={"any": "orders >= 0", "loyal": "orders > 1"})
    difference = compare(base, replace(base, rules=dict(reversed(base.rules.items()))))
    assert [(move.before, move.after) for move in difference.moves] == [("any", "loyal")]
    assert_moves_replay(base, replace(base, rules=dict(reversed(base.rules.items()))), difference)


def test_a_moved_boundary_moves_one_pair_with_the_smallest_customer():
    head = changed(new="orders = 1 and days <= 31", old="orders = 1 and days > 31")
    (move,) = compare(LIFE, head).moves
    assert (move.before, move.after) == ("old", "new")
    assert move.customer == {"orders": 1, "days": 31}
    assert replayed(LIFE, head, move.customer) == ("old", "new")


def test_a_gap_is_a_move_to_no_class():
    head = changed(loyal="orders > 2")
    (move,) = compare(LIFE, head).moves
    assert (move.before, move.after, move.customer["orders"]) == ("loyal", None, 2)
    assert compare(head, LIFE).moves[0].after == "loyal"


def test_unknown_conditions_count_as_not_met():
    """vip may be NULL: `not vip` leaves them out, `vip is not true` takes them in."""
    base = replace(LIFE, rules={"plain": "vip is not true", "vip": "vip"})
    head = replace(LIFE, rules={"plain": "not vip", "vip": "vip"})
    (move,) = compare(base, head).moves
    assert (move.before, move.after, move.customer["vip"]) == ("plain", None, None)
    assert replayed(base, head, move.customer) == ("plain", None)


def test_a_class_by_another_code_is_renamed_and_moves_nobody():
    head = replace(LIFE, rules={("kept" if code == "loyal" else code): sql for code, sql in RULES.items()})
    difference = compare(LIFE, head)
    assert (difference.word, difference.renamed, difference.added, difference.removed, difference.moves) == ("renamed", {"loyal": "kept"}, [], [], [])


def test_split_classes_are_added_and_removed():
    rules = {code: sql for code, sql in RULES.items() if code != "loyal"} | {"two": "orders = 2", "many": "orders > 2"}
    head = replace(LIFE, rules=rules)
    difference = compare(LIFE, head)
    assert (difference.added, difference.removed, difference.renamed) == (["two", "many"], ["loyal"], {})
    assert [(move.before, move.after) for move in difference.moves] == [("loyal", "two"), ("loyal", "many")]
    assert_moves_replay(LIFE, head, difference)


def test_an_assumption_of_one_side_is_said_and_hides_nobody():
    """Only BASE assumes that days are at most 100: who has 101 is shown, and that they are possible only where that fails."""
    base = replace(LIFE, assumes=(*LIFE.assumes, "days is null or days <= 100"))
    head = changed(old="orders = 1 and days > 30 and days <= 100", loyal="orders > 1 or orders = 1 and days > 100")
    (move,) = compare(base, head).moves
    assert (move.before, move.after, move.unless) == ("old", "loyal", ("days is null or days <= 100",))
    assert "assumed on one side only: days is null or days <= 100" in compare(base, head).notes
    assert compare(base, replace(head, assumes=base.assumes)).word == "same"


def test_what_cannot_be_compared_is_never_the_same():
    text = replace(LIFE, columns={**LIFE.columns, "days": {"type": "text"}})
    assert "column days: it is integer in BASE and text in HEAD" in compare(LIFE, text).problem
    assert "is not supported" in compare(LIFE, changed(lead="orders = 0 and city like 'b%'")).problem
    assert "there is no column oders" in compare(LIFE, changed(lead="oders = 0")).problem
    assert "no SQL condition" in compare(LIFE, changed(lead="orders =")).problem
    impossible = replace(LIFE, assumes=("orders < 0",))
    assert "no customer meets" in compare(impossible, replace(impossible, rules={**RULES, "lead": "orders = 5"})).problem
    assert compare(LIFE, text).word == "undecided"


def test_a_new_column_and_new_values_are_said_and_searched():
    head = replace(changed(lead="orders = 0 and city <> 'gz'"), columns={**LIFE.columns, "city": {"type": "text", "values": ["bj", "sh", "gz"]}})
    moves = compare(LIFE, head).moves
    assert {move.customer["city"] for move in moves} <= {"gz", None} and moves
    assert_moves_replay(LIFE, head, compare(LIFE, head))
    fresh = replace(changed(lead="orders = 0 and app is null"), columns={**LIFE.columns, "app": {"type": "text"}})
    assert "HEAD alone has the column app" in compare(LIFE, fresh).notes


def test_the_grid_shows_no_pair_that_the_proof_does_not():
    with duckdb.connect() as connection:
        for rules in ({"new": "orders = 1 and days < 30"}, {"new": "orders = 1 and days <= 30 and vip is not true"}, {"lead": "orders = 0 or days = 7"}):
            head = changed(**rules)
            difference = compare(LIFE, head)
            shown = moves_on_grid(connection, LIFE, head, 4000)
            assert shown and shown <= {(move.before, move.after) for move in difference.moves}
            assert_moves_replay(LIFE, head, difference)
