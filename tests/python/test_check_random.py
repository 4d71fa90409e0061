"""The prover against brute force: random rule sets over small domains, every customer tried in DuckDB."""

from __future__ import annotations

import itertools
import random
from collections import Counter
from decimal import Decimal

import duckdb
import pytest
from segment_oracle import assert_replays, brute, make_table, scheme

from tagmart.check.prove import prove

DOMAINS = {
    "a": ("integer", [None, 0, 1, 2, 3]),
    "b": ("bigint", [None, 0, 1, 2, 3]),
    "m": ("decimal(18, 4)", [None, Decimal("0"), Decimal("0.5"), Decimal("1"), Decimal("2")]),
    "p": ("boolean", [None, True, False]),
    "t": ({"type": "text", "values": ["x", "y"]}, [None, "x", "y"]),
}
LIMITS = ("a is null or a between 0 and 3", "b is null or b in (0, 1, 2, 3)", "m is null or m in (0, 0.5, 1, 2)")


class Author:
    """Writes rules at random; `depth` bounds how conditions nest."""

    def __init__(self, seed: int):
        self.draw = random.Random(seed)

    def number(self, depth: int = 1) -> str:
        one = self.draw.choice(["a", "b", "a", "b", "m", str(self.draw.randint(-1, 3)), "0.5"])
        if depth == 0 or self.draw.random() < 0.6:
            return one
        other = self.number(0)
        return self.draw.choice(
            [
                f"({one} + {other})",
                f"({one} - {other})",
                f"(2 * {one})",
                f"coalesce({one}, {other})",
                f"least({one}, {other})",
                f"greatest({one}, {other})",
                f"nullif({one}, {other})",
                f"abs({one} - 1)",
                f"({one} / 2)",
                f"(0 - {one})",
                f"case when {self.condition(0)} then {one} else {other} end",
                f"case {one} when 1 then {other} end",
                f"({one} / nullif({other}, 0))",
                f"cast({one} as double)",
            ]
        )

    def condition(self, depth: int = 2) -> str:
        if depth and self.draw.random() < 0.55:
            parts = [self.condition(depth - 1) for _ in range(self.draw.choice([1, 2, 2, 2, 3]))]
            if len(parts) == 1:
                return f"not ({parts[0]})"
            return "(" + self.draw.choice([" and ", " or "]).join(parts) + ")"
        one, other = self.number(), self.number(0)
        compare = self.draw.choice(["<", "<=", ">", ">=", "=", "<>"])
        constants = ", ".join(self.draw.choice(["0", "1", "2", "3", "0.5", "null"]) for _ in range(2))
        no = self.draw.choice(["", "not "])
        return self.draw.choice(
            [
                f"{one} {compare} {other}",
                f"{one} {compare} {other}",
                f"{one} {compare} {self.draw.randint(0, 3)}",
                f"{one} {no}between {self.draw.randint(0, 1)} and {other}",
                f"{one} {no}in ({constants})",
                f"{one} is {no}null",
                f"{one} is {no}distinct from {other}",
                "p",
                "not p",
                f"p is {no}{self.draw.choice(['true', 'false', 'null'])}",
                f"t {self.draw.choice(['=', '<>'])} '{self.draw.choice('xyz')}'",
                f"t {no}in ('x', {self.draw.choice(['null', chr(39) + 'y' + chr(39)])})",
                f"(a {compare} 1) = (b is null)",
                f"coalesce(p, {one} {compare} {other})",
                "null",
                f"case when {one} {compare} {other} then p else t = 'x' end",
            ]
        )

    def partition(self, leaves: int) -> list[str]:
        """Rules that are disjoint and complete by construction: splits of splits, unknown on the side of FALSE."""
        rules = ["true"]
        while len(rules) < leaves:
            path = rules.pop(self.draw.randrange(len(rules)))
            column, cut, split = self.draw.choice("abm"), self.draw.randint(0, 3), self.condition()
            guarded = [f"{column} < {cut}", f"{column} >= {cut}", f"{column} is null"]
            plain = [f"({split}) is true", f"({split}) is not true"]
            parts = self.draw.choice([guarded, plain, plain, ["p", "not p", "p is null"], ["t = 'x'", "t <> 'x'", "t is null"]])
            rules += [part if path == "true" else f"{path} and {part}" for part in parts]
        return rules

    def rule_set(self) -> tuple[list[str], str]:
        """A partition, often with one rule spoilt, or rules with no plan; and a population."""
        population = "true" if self.draw.random() < 0.7 else self.condition(1)
        if self.draw.random() < 0.15:
            return [self.condition() for _ in range(self.draw.randint(1, 4))], population
        rules = self.partition(self.draw.randint(2, 6))
        if self.draw.random() < 0.35:
            spoilt = self.draw.randrange(len(rules))
            rules[spoilt] = self.draw.choice(
                [
                    rules[spoilt].replace(" < ", " <= ", 1),
                    rules[spoilt].replace("true and ", "true or ", 1),
                    rules[spoilt].replace("1", "2", 1),
                    rules[spoilt].replace(" is not true", " is false"),
                    self.condition(),
                ]
            )
        return rules, population


def compare_with_brute_force(seeds: range) -> Counter:
    everybody = [dict(zip(DOMAINS, values)) for values in itertools.product(*(values for _, values in DOMAINS.values()))]
    columns = {name: column for name, (column, _) in DOMAINS.items()}
    counts: Counter = Counter()
    with duckdb.connect() as connection:
        make_table(connection, scheme({}, columns), list(DOMAINS), everybody)
        for seed in seeds:
            rules, population = Author(seed).rule_set()
            tried = scheme({f"rule_{number}": rule for number, rule in enumerate(rules)}, columns, population, LIMITS)
            gap, overlap, unmet = brute(connection, tried)
            verdict = prove(tried)
            nobody = bool(verdict.errors)
            assert (bool(verdict.gaps), bool(verdict.overlaps), verdict.unreachable) == (gap, overlap, unmet), (seed, tried, verdict)
            assert_replays(tried, verdict)
            counts[verdict.word] += 1
            counts.update({"gap": gap, "overlap": overlap, "unreachable": bool(unmet) and not nobody, "nobody": nobody})
    return counts


def assert_well_mixed(counts: Counter, total: int) -> None:
    assert counts["proved"] + counts["failed"] == total, counts
    assert min(counts["proved"], counts["failed"]) > total / 4, counts
    assert min(counts["gap"], counts["overlap"], counts["unreachable"]) > total / 20, counts


def test_verdicts_agree_with_brute_force():
    assert_well_mixed(compare_with_brute_force(range(300)), 300)


@pytest.mark.slow
@pytest.mark.parametrize("part", range(4))
def test_verdicts_agree_with_brute_force_on_many(part):
    assert_well_mixed(compare_with_brute_force(range(1000 + 600 * part, 1600 + 600 * part)), 600)
