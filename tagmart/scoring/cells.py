"""Cells of a file of purchases that is not typed: who, which day, how much. Each text is read once, however often it stands.

The rules are those of staging (models/README.md, "How a cell is read") for one file, without dbt: what surrounds a cell
is taken off, words for nothing are nothing, and what a number in a column of days means the column says as a whole.
"""

from __future__ import annotations

import csv
import datetime as dt
import re
import unicodedata
from collections.abc import Callable, Iterable
from functools import cache
from pathlib import Path

NULL_WORDS = Path(__file__).parents[2] / "seeds" / "null_words.csv"
GUARDED = re.compile(r'="(.*)"|[\'`‘’]([0-9].*)', re.DOTALL)
CURRENCY = re.compile(r"^([-+(]?) *(?:cny|rmb|usd|eur|gbp|jpy|[a-z]{0,2}[$¥€£])|(?:cny|rmb|usd|eur|gbp|jpy|元整?|圆|[$¥€£])(\)?)$", re.IGNORECASE)
SCIENTIFIC = re.compile(r"[0-9](?:[.][0-9]+)?[eE][+]?[0-9]+")
NUMBER = re.compile(r"[-+]?[0-9]*[.]?[0-9]+(?:[eE][-+]?[0-9]+)?|[-+]?[0-9]+[.]")
WRITTEN_DAY = re.compile(r"((?:19|20|21)[0-9]{2})(?:([-/.])([0-9]{1,2})\2([0-9]{1,2})|年 ?([0-9]{1,2})月 ?([0-9]{1,2})日?)(?![0-9])")
COMPACT_DAY = re.compile(r"((?:19|20|21)[0-9]{2})([0-9]{2})([0-9]{2})(?:[ T]?[0-9]{2}(?::?[0-9]{2}(?::?[0-9]{2})?)?)?(?:[.]0+)?")
TWO_NUMBERS_FIRST = re.compile(r"([0-9]{1,2})[-/.]([0-9]{1,2})[-/.]((?:19|20|21)[0-9]{2})(?![0-9])")
EPOCH_SIZES = ((1e8, 7.3e9, 1), (1e11, 7.3e12, 1e3), (1e14, 7.3e15, 1e6), (1e17, 7.3e18, 1e9))  # from, to, parts of a second
SERIALS = (20_000, 80_000)  # of spreadsheets: 1954 to 2119
ORDERS = ("day-first", "month-first")


class UndecidedOrder(Exception):
    """No date of the column tells whether the day or the month stands first."""


@cache
def words_for_nothing() -> frozenset[str]:
    """Those of seed null_words that go for every column."""
    with NULL_WORDS.open(encoding="utf-8", newline="") as file:
        return frozenset({""} | {row["word"].lower() for row in csv.DictReader(file) if row["scope"] == "any"})


def cleaned(text: str) -> str | None:
    """A cell in half-width forms without white space, characters of no width and spreadsheet guards; None for nothing."""
    text = unicodedata.normalize("NFKC", text)
    kept = "".join(" " if unicodedata.category(character) in ("Cc", "Cf", "Zs", "Zl", "Zp") else character for character in text).strip()
    guarded = GUARDED.fullmatch(kept)
    kept = (guarded[1] or guarded[2] or "").strip() if guarded else kept
    return None if kept.lower() in words_for_nothing() else kept


def customer_of(cell: str) -> str | None:
    """The customer as text; 17850.0 is 17850. None in scientific notation: digits are lost, and two may look as one."""
    return None if SCIENTIFIC.fullmatch(cell) else re.sub(r"^([0-9]+)[.]0+$", r"\1", cell)


def amount_reader(cells: Iterable[str]) -> Callable[[str], float | None]:
    """How to read the amounts of a column: a comma before one or two last digits anywhere makes it the decimal mark."""
    is_decimal = any(re.search(r"[0-9],[0-9]{1,2}$", _bare(cell)) for cell in cells)

    def amount_of(cell: str) -> float | None:
        bare = _bare(cell)
        bare = bare.replace(".", "").replace(",", ".") if is_decimal and "," in bare else re.sub(r",(?=[0-9]{2,3})", "", bare)
        number = float(bare.replace(" ", "")) if NUMBER.fullmatch(bare.replace(" ", "")) else float("nan")
        return number if abs(number) < 1e15 else None

    return amount_of


def day_reader(cells: Iterable[str], order: str | None = None) -> Callable[[str], dt.date | None]:
    """How to read the days of a column, as they are written (of an epoch, in UTC); `order` is one of ORDERS.

    Raises:
        UndecidedOrder: there are dates such as 01/12/2010, none has a number above 12, and no order is given.
    """
    cells = list(cells)
    pairs = [(int(found[1]), int(found[2])) for cell in cells if (found := TWO_NUMBERS_FIRST.match(cell))]
    if pairs and not order:
        first, second = (max(numbers) > 12 for numbers in zip(*pairs, strict=True))
        if first == second:
            raise UndecidedOrder(f"{pairs[0][0]:02}/{pairs[0][1]:02}")
        order = "day-first" if first else "month-first"
    numbers = [float(cell) for cell in cells if NUMBER.fullmatch(cell) and not COMPACT_DAY.fullmatch(cell)]
    are_serials = bool(numbers) and all(SERIALS[0] <= number < SERIALS[1] for number in numbers)

    def day_of(cell: str) -> dt.date | None:
        if found := WRITTEN_DAY.match(cell):
            return _day(*(int(part) for part in (found[1], found[3] or found[5], found[4] or found[6])))
        if found := TWO_NUMBERS_FIRST.match(cell):
            first, second = int(found[1]), int(found[2])
            return _day(int(found[3]), *((second, first) if order == "day-first" else (first, second)))
        if found := COMPACT_DAY.fullmatch(cell):
            return _day(*(int(part) for part in found.groups()))
        if not NUMBER.fullmatch(cell):
            return None
        number = float(cell)
        if are_serials:
            return dt.date(1899, 12, 30) + dt.timedelta(days=int(number))
        seconds = next((number / parts for low, high, parts in EPOCH_SIZES if low <= number < high), None)
        return None if seconds is None else (dt.datetime(1970, 1, 1) + dt.timedelta(seconds=seconds)).date()

    return day_of


def _day(year: int, month: int, day: int) -> dt.date | None:
    try:
        return dt.date(year, month, day)
    except ValueError:
        return None


def _bare(cell: str) -> str:
    """A number without currency; (12.50) and 12.50- are below zero."""
    bare = CURRENCY.sub(r"\1\2", cell.strip()).strip()
    bare = re.sub(r"^\((.*)\)$", r"-\1", bare)
    return re.sub(r"^([0-9].*)-$", r"-\1", bare).strip()
