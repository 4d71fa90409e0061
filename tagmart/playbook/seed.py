"""The seed of actions as text: cells are read and replaced where they stand, everything else keeps its bytes."""

from __future__ import annotations

import re
from dataclasses import dataclass
from pathlib import Path

import click

CELL = re.compile(r'("(?:[^"]|"")*"|[^,"\r\n]*)(,|\r\n|\n|\r|\Z)')


class PlaybookProblem(click.ClickException):
    """One sentence that names the file and says what to do."""


@dataclass(frozen=True)
class Cell:
    """A value, and where it stands in the text."""

    value: str
    begin: int
    end: int


def read_seed(file: Path) -> str:
    """Return the text of the seed, line ends and byte order mark as they are; a PlaybookProblem when it cannot be read."""
    if not file.is_file():
        raise PlaybookProblem(f"{file} is not there: run this in the project's folder, or name the seed with --seed.")
    try:
        return file.read_bytes().decode("utf-8")
    except UnicodeDecodeError:
        raise PlaybookProblem(f"{file} is not UTF-8: save it as CSV in UTF-8.") from None


def cells_of(text: str, file: Path, column: str, key: str = "action_code") -> dict[str, Cell]:
    """Return the cells of a column by action.

    Raises:
        PlaybookProblem: a column is missing, or a row has another number of cells than the header.
    """
    rows = _rows(text, file)
    header = [cell.value for cell in rows[0]] if rows else []
    missing = [name for name in (key, column) if name not in header]
    if missing:
        raise PlaybookProblem(f"{file} has no column {missing[0]}: its first line must name the columns, joined by commas.")
    for number, row in enumerate(rows, 1):
        if len(row) != len(header):
            raise PlaybookProblem(f"{file}, row {number}, has {len(row)} cells instead of {len(header)}: put quotes around a cell with a comma.")
    return {row[header.index(key)].value: row[header.index(column)] for row in rows[1:]}


def replaced(text: str, values: dict[Cell, str]) -> str:
    """Return the text with these cells replaced."""
    for cell in sorted(values, key=lambda cell: cell.begin, reverse=True):
        text = text[: cell.begin] + values[cell] + text[cell.end :]
    return text


def _rows(text: str, file: Path) -> list[list[Cell]]:
    rows, row, place = [], [], len(text) - len(text.removeprefix("\ufeff"))
    while place < len(text):
        found = CELL.match(text, place)
        if found is None:
            raise PlaybookProblem(f"{file} has a quote that never ends, in row {len(rows) + 1}: close it.")
        value = found[1][1:-1].replace('""', '"') if found[1].startswith('"') else found[1]
        row.append(Cell(value, found.start(1), found.end(1)))
        place = found.end()
        if found[2] != ",":
            rows, row = [*rows, row], []
    return [row for row in rows if len(row) > 1 or row[0].value]
