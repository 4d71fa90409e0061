"""Who is who, on rows written by hand and at random: whoever is merged wrongly gets another person's coupons.

A row of a hand-written case is a date and the identifiers on it, `c1 u1 p1`: the letter says which type.
"""

from __future__ import annotations

import hashlib
from datetime import date, timedelta
from itertools import combinations
from random import Random

import brands
import pyarrow as pa
import pytest
from brands import Shape
from hypothesis import given, settings
from hypothesis import strategies as st
from reference import People
from reference.identity import IDENTIFIERS
from reference.persons import NEVER, who_is_who

from tagmart.identity import resolve

KINDS = {kind[0]: kind for kind in IDENTIFIERS}
ODD_TEXTS = ["a:b", "unionid:1", 'it\'s "quoted"', "two\nlines", "\n", "客户一", "😀", " ", "p_1", "é", "f" * 64]


def nodes_of(text: str) -> list[tuple[str, str]]:
    return sorted(((KINDS[word[0]], word) for word in text.split()), key=lambda node: IDENTIFIERS.index(node[0]))


def links_of(sightings) -> list[tuple[str, str, date | None]]:
    """Each pair seen together and each identifier with itself, with its first date: what int_identity__links holds."""
    first: dict[tuple, date] = {}
    for nodes, day in sightings:
        for pair in [*combinations(nodes, 2), *((node, node) for node in nodes)]:
            first[pair] = min(first.get(pair, NEVER), day or NEVER)
    return [(":".join(one), ":".join(other), None if day == NEVER else day) for (one, other), day in first.items()]


def judge(sightings, limit: int = 3, seed: int | None = None) -> tuple[dict, dict]:
    """Return the person of each identifier that has one, and what is listed: reason, customers, people."""
    links = links_of(sightings)
    if seed is not None:
        Random(seed).shuffle(links)
    columns = [pa.array([link[place] for link in links], kind) for place, kind in enumerate((pa.string(), pa.string(), pa.date32()))]
    rows = resolve(pa.table(columns, names=["anchor", "node", "first_seen_date"]), limit).to_pylist()
    keys = [(row["identifier_type"], row["identifier"]) for row in rows]
    assert len(keys) == len(set(keys)) == len({node for nodes, _ in sightings for node in nodes})
    people = {key: row["customer_id"] for key, row in zip(keys, rows, strict=True) if row["customer_id"] is not None}
    listed = {key: (row["reason"], row["customers_count"], row["persons_count"]) for key, row in zip(keys, rows, strict=True) if row["reason"] is not None}
    assert set(keys) == people.keys() | listed.keys()
    return people, listed


def hashed(node: str) -> str:
    return "p_" + hashlib.md5(node.encode()).hexdigest()[:16]


def by_hand(*rows: tuple[int | None, str], limit: int = 3) -> tuple[dict[str, str], dict[str, tuple]]:
    """Judge rows of (day of 2025 or None, identifiers); keys and people are the words of the rows."""
    people, listed = judge([(nodes_of(text), None if day is None else date(2024, 12, 31) + timedelta(day)) for day, text in rows], limit)
    return {node[1]: name for node, name in people.items()}, {node[1]: found for node, found in listed.items()}


class TestDevices:
    """A tablet in the store, a phone that was handed on, a family's computer."""

    def test_a_chain_of_devices_joins_nobody(self):
        people, listed = by_hand((1, "c1 d1"), (2, "c2 d1"), (3, "c2 d2"), (4, "c3 d2"), (5, "c3 d3"), (6, "c4 d3"))
        assert people == {"c1": "c1", "c2": "c2", "c3": "c3", "c4": "c4"}
        assert listed == dict.fromkeys(["d1", "d2", "d3"], ("shared", 2, 2))

    def test_a_device_of_one_person_is_theirs(self):
        people, listed = by_hand((2, "c1 d1"), (1, "d1"), (3, "d1"), (4, "u1 d2"), (5, "d3"))
        assert people == {"c1": "c1", "d1": "c1", "u1": hashed("unionid:u1"), "d2": hashed("unionid:u1"), "d3": hashed("device_id:d3")}
        assert listed == {}

    def test_two_accounts_of_one_person_are_one_user(self):
        people, listed = by_hand((1, "c1 u1"), (2, "c2 u1"), (3, "c1 d1"), (4, "c2 d1"))
        assert set(people.values()) == {"c1"} and listed == {}

    def test_a_device_between_a_stranger_and_a_customer_joins_neither(self):
        people, listed = by_hand((1, "u1 d1"), (2, "c1 d1"))
        assert people == {"u1": hashed("unionid:u1"), "c1": "c1"}
        assert listed == {"d1": ("shared", 1, 2)}

    def test_a_device_of_two_strangers_joins_neither(self):
        people, listed = by_hand((1, "u1 d1"), (2, "p2 d1"))
        assert people == {"u1": hashed("unionid:u1"), "p2": hashed("phone_hash:p2")}
        assert listed == {"d1": ("shared", 0, 2)}

    def test_the_tablet_of_a_store(self):
        people, listed = by_hand(*((day, f"c{day} d1") for day in range(1, 51)))
        assert len(set(people.values())) == 50
        assert listed == {"d1": ("shared", 50, 50)}

    def test_a_phone_that_too_many_share_is_nobody_on_a_device(self):
        people, listed = by_hand(*((day, f"c{day} p1") for day in range(1, 5)), (6, "p1 d1"), (7, "p1 u1"))
        assert people["d1"] == hashed("device_id:d1") and people["u1"] == hashed("unionid:u1")
        assert listed == {"p1": ("shared", 4, 5)}


class TestGuards:
    """How many known customers one identifier and one person may have."""

    def test_a_family_on_one_phone_is_joined(self):
        people, listed = by_hand((1, "c1 p1"), (2, "c2 p1"), (3, "c3 p1"))
        assert set(people.values()) == {"c1"} and listed == {}

    def test_a_phone_of_four_customers_joins_nobody(self):
        people, listed = by_hand((1, "c1 p1"), (2, "c2 p1"), (3, "c3 p1"), (4, "c4 p1"))
        assert people == {"c1": "c1", "c2": "c2", "c3": "c3", "c4": "c4"}
        assert listed == {"p1": ("shared", 4, 4)}

    @pytest.mark.parametrize("letter", "pueo")
    def test_a_chain_ends_at_the_limit(self, letter):
        """The link of c4 would have made four of c1, c2, c3; c4 and c5 are a person of their own."""
        chain = [(day, f"c{day + shift} {letter}{day}") for day in range(1, 5) for shift in (0, 1)]
        people, listed = by_hand(*chain)
        assert {word: people[word] for word in ("c1", "c2", "c3", "c4", "c5")} == {"c1": "c1", "c2": "c1", "c3": "c1", "c4": "c4", "c5": "c4"}
        assert people[f"{letter}3"] == "c1"
        assert listed == {f"{letter}3": ("chain", 5, 2)}

    def test_exactly_the_limit_is_one_person(self):
        people, listed = by_hand((1, "c1 u1"), (2, "c2 u1"), (3, "c2 p1"), (4, "c3 p1"))
        assert set(people.values()) == {"c1"} and listed == {}

    def test_a_star_of_people_around_a_number_that_no_customer_row_has(self):
        rows = [(day, f"c{day} u{day}") for day in range(1, 6)] + [(10 + day, f"u{day} p1") for day in range(1, 6)]
        people, listed = by_hand(*rows)
        assert [people[f"u{day}"] for day in range(1, 6)] == ["c1", "c1", "c1", "c4", "c5"]
        assert people["p1"] == "c1" and listed == {"p1": ("chain", 5, 3)}

    def test_a_strong_link_comes_before_an_older_medium_one(self):
        people, listed = by_hand((1, "c1 p1"), (2, "c2 p1"), (90, "c2 u1"), (91, "c3 u1"), limit=2)
        assert people == {"c1": "c1", "p1": "c1", "c2": "c2", "u1": "c2", "c3": "c2"}
        assert listed == {"p1": ("chain", 3, 2)}

    def test_the_older_of_two_equally_strong_links_wins(self):
        people, listed = by_hand((9, "c1 p1"), (9, "c2 p1"), (1, "c2 p2"), (2, "c3 p2"), limit=2)
        assert people == {"c1": "c1", "p1": "c1", "c2": "c2", "c3": "c2", "p2": "c2"}
        assert listed == {"p1": ("chain", 3, 2)}

    def test_an_undated_link_comes_last(self):
        people, listed = by_hand((None, "c1 p1"), (None, "c2 p1"), (80, "c2 p2"), (80, "c3 p2"), limit=2)
        assert people["c2"] == people["c3"] == "c2" and people["c1"] == people["p1"] == "c1"
        assert listed == {"p1": ("chain", 3, 2)}

    def test_of_links_of_one_day_the_value_decides(self):
        """c1-p2 and c2-p1 and c2-p2 come before c3-p1."""
        people, listed = by_hand((1, "c3 p1"), (1, "c2 p1"), (1, "c2 p2"), (1, "c1 p2"), limit=2)
        assert people == {"c1": "c1", "c2": "c1", "p1": "c1", "p2": "c1", "c3": "c3"}
        assert listed == {"p1": ("chain", 3, 2)}

    def test_the_first_of_several_dates_counts(self):
        people, _ = by_hand((5, "c1 p1"), (5, "c2 p1"), (9, "c2 p2"), (9, "c3 p2"), (1, "c2 p2"), (2, "c3 p2"), limit=2)
        assert people["c2"] == people["c3"] == "c2" and people["c1"] == "c1"

    def test_with_a_limit_of_one_no_two_customers_are_joined(self):
        people, listed = by_hand((1, "c1 u1"), (2, "u1 p1"), (3, "p1 c2"), (4, "c3 e1"), (5, "c4 e1"), (6, "c5 o1 p2"), limit=1)
        assert people == {"c1": "c1", "u1": "c1", "p1": "c1", "c2": "c2", "c3": "c3", "c4": "c4", "c5": "c5", "o1": "c5", "p2": "c5"}
        assert listed == {"p1": ("chain", 2, 2), "e1": ("shared", 2, 2)}

    def test_strangers_are_not_counted(self):
        people, listed = by_hand(*((day, f"u{day} p1") for day in range(1, 9)), (9, "c1 p1"))
        assert set(people.values()) == {"c1"} and listed == {}


class TestNames:
    """A later merge must not rename whom other systems already know."""

    def test_the_customer_seen_first_names_the_person(self):
        people, _ = by_hand((1, "c9"), (2, "c9 u1"), (3, "c1 u1"))
        assert set(people.values()) == {"c9"}

    def test_ties_go_to_the_smaller_customer(self):
        people, _ = by_hand((3, "c10 u1"), (3, "c9 u1"))
        assert set(people.values()) == {"c10"}

    def test_undated_customers_come_last(self):
        people, _ = by_hand((None, "c1 u1"), (300, "c2 u1"))
        assert set(people.values()) == {"c2"}
        people, _ = by_hand((None, "c2 u1"), (None, "c1 u1"))
        assert set(people.values()) == {"c1"}

    def test_the_dated_order_of_an_undated_registration_counts(self):
        people, _ = by_hand((None, "c2 u1"), (4, "c2"), (5, "c1 u1"))
        assert set(people.values()) == {"c2"}

    def test_people_without_a_number_keep_their_name_when_more_is_known(self):
        before, _ = by_hand((7, "p5"), (8, "p5 o5"))
        after, _ = by_hand((7, "p5"), (8, "p5 o5"), (9, "o5 e1"), (10, "e1 u1"), (11, "u1 d1"))
        assert set(before.values()) == set(after.values()) == {hashed("phone_hash:p5")}

    def test_ties_go_to_the_stronger_identifier_then_to_the_smaller(self):
        people, _ = by_hand((7, "d1 p1 u2 e1"))
        assert set(people.values()) == {hashed("external_userid:e1")}
        people, _ = by_hand((7, "d1 p1"), (8, "p1 u1"))
        assert set(people.values()) == {hashed("phone_hash:p1")}


@pytest.mark.parametrize("text", ODD_TEXTS)
def test_identifiers_come_back_as_delivered(text):
    """The same text as two types is two identifiers."""
    people, listed = judge([([("customer_id", text), ("phone_hash", text)], None), ([("device_id", text)], None)])
    assert people == {("customer_id", text): text, ("phone_hash", text): text, ("device_id", text): hashed(f"device_id:{text}")}
    assert listed == {}


def test_nobody_is_nobody():
    assert judge([]) == ({}, {})


TEXTS = ["1", "2", "10", "Z", "a:b", "客", "customer_id:1"]
DAYS = st.sampled_from([None, date(2025, 1, 1), date(2025, 1, 2), date(2025, 3, 1), date(1970, 1, 1)])


@st.composite
def random_sightings(draw):
    """Draw rows of identifiers seen together, from so few values that they meet."""
    node = st.tuples(st.sampled_from(IDENTIFIERS) | st.sampled_from(["customer_id", "phone_hash", "unionid"]), st.sampled_from(TEXTS))
    row = st.tuples(st.lists(node, min_size=1, max_size=4, unique_by=lambda pair: pair[0]), DAYS)
    return [(sorted(nodes, key=lambda pair: IDENTIFIERS.index(pair[0])), day) for nodes, day in draw(st.lists(row, max_size=30))]


@settings(max_examples=400, deadline=None, derandomize=True, database=None)
@given(sightings=random_sightings(), limit=st.integers(1, 4), seed=st.integers(0, 99))
def test_people_equal_the_reference(sightings, limit, seed):
    """Names, lists and counts are those of links added one by one, whatever the order of the rows."""
    expected = who_is_who(sightings, limit)
    assert judge(sightings, limit) == expected
    assert judge(sightings, limit, seed) == expected


@settings(max_examples=200, deadline=None, derandomize=True, database=None)
@given(sightings=random_sightings(), limit=st.integers(1, 4))
def test_limits_hold_and_devices_change_nothing(sightings, limit):
    """Nobody holds more known customers than the limit, and without any device the others are grouped the same."""
    people, _ = judge(sightings, limit)
    known = [name for (kind, _), name in people.items() if kind == "customer_id"]
    assert all(known.count(name) <= limit for name in known)
    without = [([node for node in nodes if node[0] != "device_id"], day) for nodes, day in sightings]
    fewer, _ = judge([row for row in without if row[0]], limit)
    assert grouped({node: name for node, name in people.items() if node[0] != "device_id"}) == grouped(fewer)


def grouped(people: dict) -> set[frozenset]:
    return {frozenset(node for node in people if people[node] == name) for name in set(people.values())}


@pytest.mark.parametrize("seed", range(3))
def test_one_tangle_of_thousands_equals_the_reference(seed):
    """Phones and unionids at random among 1,500 customers: nearly all hang together, and must be taken apart."""
    random = Random(seed)
    sightings = []
    for _ in range(4000):
        kinds = random.sample(["customer_id", "customer_id", "unionid", "phone_hash", "device_id"], 2)
        nodes = sorted({kind: (kind, str(random.randrange(1500))) for kind in kinds}.values(), key=lambda node: IDENTIFIERS.index(node[0]))
        day = random.choice([None, date(2025, 1, 1) + timedelta(random.randrange(300))])
        sightings.append((nodes, day))
    people, listed = judge(sightings, 3, seed)
    assert (people, listed) == who_is_who(sightings, 3)
    assert sum(reason == "chain" for reason, *_ in listed.values()) > 50


@pytest.mark.slow
@pytest.mark.parametrize("days_ago", [0, 150])
def test_models_equal_the_reference(workshop, days_ago):
    """The models of identity on a whole brand, now and replayed as of a day; the limit is the var."""
    shape = Shape(seed=11, people=400, merging=0.6, oddity=0.4)
    tables = brands.brand(shape)
    newest = shape.newest - timedelta(days_ago)
    vars = {"identity_max_customers": 2, **({"as_of_date": str(newest)} if days_ago else {})}
    build = workshop.build(
        brands.write(tables, workshop.folder / "people"), name=f"people_{days_ago}", vars=vars, select="+int_identity__resolved +int_identity__shared"
    )
    assert build.success, build.text[-3000:]
    expected = People(tables, newest, max_customers=2)
    resolved = build.rows("select identifier_type, identifier, customer_id from intermediate.int_identity__resolved")
    assert {(kind, text): name for kind, text, name in resolved} == expected.customer_of
    shared = build.rows("select * from intermediate.int_identity__shared")
    assert {tuple(row[:2]): tuple(row[2:5]) for row in shared} == expected.shared
    assert {row[2] for row in shared} == {"shared", "chain"}
    assert {tuple(row[:2]): row[5] for row in shared} == {node: expected.customer_of.get(node) for node in expected.shared}
