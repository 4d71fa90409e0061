"""What can stand in the place of a piece of SQL: one small fault each."""

from __future__ import annotations

import re
from collections.abc import Iterator
from decimal import Decimal

from workshop.mutate.places import EXPRESSION, HIDDEN

Fault = tuple[int, int, str]  # from, to, what stands there instead

COMPARISON = re.compile(r"(?<![<>=!|-])(<=|>=|<>|<|>|=)(?![<>=])")
COMPARISONS = {"<": ["<=", ">="], "<=": ["<", ">"], ">": [">=", "<="], ">=": [">", "<"], "=": ["<>"], "<>": ["="]}
KEYS = re.compile(r"\b\w+\.\w+ = \w+\.\w+")  # of a join: `<>` or `or` there pairs everybody with everybody
NUMBER = re.compile(rf"(?<![\w.{HIDDEN}])\d+(?:\.\d+)?(?![\w.])")
DIGITS = re.compile(r"decimal\(\d+, \d+\)|group by [\d, ]+")
TEXT = re.compile(rf"'{HIDDEN}+'")
RANGE = re.compile(r"\bbetween\b.*?\band\b", re.DOTALL)
ARITHMETIC = re.compile(rf"(?<!select )(?<=[\w){HIDDEN}'] )[-+*/](?= [\w({HIDDEN}'])")
WORDS = [
    (re.compile(pattern), others)
    for pattern, others in {
        r"\bis null\b": ["is not null"],
        r"\bis not null\b": ["is null"],
        r"\bis distinct from\b": ["<>"],
        r"\bis not true\b": ["is true"],
        r"\bnot in(?= \()": ["in"],
        r"(?<!not )\bin(?= \()": ["not in"],
        r"\bnot (?!null\b|in\b|true\b|distinct\b)": [""],
        r"\btrue\b(?<!not true)": ["false"],
        r"\bfalse\b": ["true"],
        r"\bleft join\b": ["inner join"],
        r"\binner join\b": ["left join"],
        r"\bfull outer join\b": ["left join", "inner join"],
        r"\bunion all\b": ["union"],
        r"\bselect distinct\b": ["select"],
        r"\bcount\(distinct ": ["count("],
        r"\bsum\(": ["max("],
        r"\bmax\(": ["min("],
        r"\bmin\(": ["max("],
        r"\bcount\(\*\)": ["max(1)"],
        r"\bmax_by\(": ["min_by("],
        r"\bleast\(": ["greatest("],
        r"\bgreatest\(": ["least("],
        r"\bfloor\(": ["ceil("],
        r"\bceil\(": ["floor("],
        r"\bround\(": ["floor("],
        r"\basc\b": ["desc"],
        r"\bdesc\b": ["asc"],
        # Ascending keys say it so that Spark orders as DuckDB does; hardly one of them has nulls, and no test could tell.
        r"(?<=desc )nulls last\b": ["nulls first"],
        r"\brow_number\(\)": ["rank()"],
        r"\bdense_rank\(\)": ["rank()"],
        r"\blag\(": ["lead("],
        r"\bunbounded preceding\b": ["1 preceding"],
        r"\bcurrent row\b": ["unbounded following"],
    }.items()
]
CALLS = re.compile(r"\b(coalesce|nullif)\(")
FILTER = re.compile(r" filter \(")
PARTITION = re.compile(r"partition by \w[\w.]*(?:, \w[\w.]*)*?(?P<last>, \w[\w.]*)(?= order| *\)|\n)")
ALONE = re.compile(r"^ *(?P<fault>(?:and|or|when|else) .*?),?$", re.MULTILINE)
WHERE = re.compile(r"^ *where (?P<fault>\S.*)$", re.MULTILINE)
VAR = re.compile(r"\{\{ var\('(\w+)'\) \}\}")
DAYS = re.compile(r"\{\{ dbt\.datediff\(.*\) \}\}")
SHRUNK = re.compile(r"\{\{ shrunk_share\(")


def faults(text: str, mask: str, numbers: dict[str, int | float]) -> Iterator[Fault]:
    """Yield every fault of a template; `numbers` are the vars that are one, by name."""
    ranges = [match.span() for match in RANGE.finditer(mask)]
    typed = [match.span() for pattern in (DIGITS, KEYS) for match in pattern.finditer(mask)]
    for match in COMPARISON.finditer(mask):
        if not _within(match.start(), typed):
            yield from _each(match, COMPARISONS[match[0]])
    for match in NUMBER.finditer(mask):
        if not _within(match.start(), typed):
            step = Decimal(1).scaleb(Decimal(match[0]).as_tuple().exponent)
            yield from _each(match, [str(Decimal(match[0]) + sign * step) for sign in (1, -1) if Decimal(match[0]) >= step or sign > 0])
    keys = {match.end() for match in KEYS.finditer(mask)}
    for match in re.finditer(r"\b(and|or)\b", mask):
        if not any(match.end() == end for _, end in ranges) and len(mask[: match.start()].rstrip()) not in keys:
            yield from _each(match, ["or" if match[0] == "and" else "and"])
    for pattern, others in WORDS:
        for match in pattern.finditer(mask):
            yield from _each(match, others)
    swapped = {"+": "-", "-": "+", "*": "/", "/": "*"}
    yield from (fault for match in ARITHMETIC.finditer(mask) for fault in _each(match, [swapped[match[0]]]))
    yield from ((match.start(), match.end() - 1, text[match.start() : match.end() - 1] + "_x") for match in TEXT.finditer(mask))
    yield from _wholes(mask, text)
    yield from _templates(mask, text, numbers)


def _wholes(mask: str, text: str) -> Iterator[Fault]:
    """Pieces that can go: the default of a coalesce, a filter, a line of a condition, the last column of a partition."""
    for match in CALLS.finditer(mask):
        comma, end = _call(mask, match.end())
        if comma and end:
            yield match.start(), end, text[match.end() : comma]
    for match in FILTER.finditer(mask):
        if end := _call(mask, match.end())[1]:
            yield match.start(), end, ""
    for match in PARTITION.finditer(mask):
        yield *match.span("last"), ""
    for pattern, instead in ((ALONE, ""), (WHERE, "true")):
        for match in pattern.finditer(mask):
            if match["fault"].count("(") == match["fault"].count(")"):
                yield *match.span("fault"), instead


def _templates(mask: str, text: str, numbers: dict[str, int | float]) -> Iterator[Fault]:
    """Thresholds from vars, counts of days, and the macros that stand for a null rule."""
    for match in EXPRESSION.finditer(text):
        if mask[match.start()] != HIDDEN:
            continue
        if (var := VAR.fullmatch(match[0])) and var[1] in numbers:
            step = 1 if isinstance(numbers[var[1]], int) else 0.01
            yield from _each(match, [f"{{{{ var('{var[1]}') {sign} {step} }}}}" for sign in "+-"])
        elif DAYS.fullmatch(match[0]):
            yield from _each(match, [f"({match[0]} + 1)"])
        elif SHRUNK.match(match[0]):
            yield from _each(match, [match[0].replace("shrunk_share", "share", 1)])


def _each(match: re.Match, others: list[str]) -> Iterator[Fault]:
    return ((match.start(), match.end(), other) for other in others)


def _within(position: int, spans: list[tuple[int, int]]) -> bool:
    return any(start <= position < end for start, end in spans)


def _call(mask: str, start: int) -> tuple[int | None, int | None]:
    """Return where the first comma of a call stands, whose arguments begin at `start`, and where the call ends."""
    depth, comma = 0, None
    for position in range(start, len(mask)):
        depth += {"(": 1, ")": -1}.get(mask[position], 0)
        if depth < 0:
            return comma, position + 1
        if comma is None and depth == 0 and mask[position] == ",":
            comma = position
    return None, None
