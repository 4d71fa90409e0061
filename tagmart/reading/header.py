"""The header of a table: which of its first rows it is, and the names in it, cleaned."""

from __future__ import annotations

from collections.abc import Collection, Sequence

# Title lines, the shop's name and the span of the export stand above the header; never more than so many rows.
SEARCHED_ROWS = 20
_INVISIBLE = dict.fromkeys(map(ord, "\ufeff\u200b\u200c\u200d\u200e\u200f\u2060\u00ad\x00"))
_HALF_WIDTH = {code: code - 0xFEE0 for code in range(0xFF01, 0xFF5F)}


def clean_name(text: str) -> str:
    """Return a column name as it is meant: nothing invisible in it, no white space around it, ASCII in half width."""
    name = text.translate(_INVISIBLE).translate(_HALF_WIDTH)
    return " ".join(name.split()).strip("\"'").strip()


def header_row(rows: Sequence[Sequence[str]], known_columns: Collection[str] = ()) -> int | None:
    """Return which of the first rows is the header, or none when there is no row with anything in it.

    `rows`: cells as text. The row with the most known names (letter case aside) is, but the first of
    several that come near it; without any known name, the first row that is not much shorter than the others.
    """
    rows = rows[:SEARCHED_ROWS]
    known = {name.lower() for name in known_columns}
    counts = [known_names(row, known) for row in rows]
    if max(counts, default=0):
        return next(place for place, count in enumerate(counts) if 2 * count >= max(counts))
    filled = [sum(bool(clean_name(cell)) for cell in row) for row in rows]
    if not max(filled, default=0):
        return None
    return next(place for place, count in enumerate(filled) if 2 * count >= max(filled))


def known_names(row: Sequence[str], known: Collection[str]) -> int:
    """Return how many different known names (in lower case) a row holds."""
    return len({clean_name(cell).lower() for cell in row}.intersection(known))


def repeated_names(names: Sequence[str]) -> list[str]:
    """Return the names that stand in a header more than once, in lower case: the first column of each is read."""
    lower = [name.lower() for name in names if name]
    return [name for place, name in enumerate(lower) if lower.index(name) == place and lower.count(name) > 1]
