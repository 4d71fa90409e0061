"""Delimited text files: the head of one, and all of it as UTF-8 with one kind of line end, in a stream."""

from __future__ import annotations

import csv
import io
import re
from collections.abc import Collection, Iterator
from dataclasses import dataclass
from itertools import islice
from pathlib import Path

from tagmart.reading.decoding import KEEP_BROKEN
from tagmart.reading.header import SEARCHED_ROWS, clean_name, header_row, known_names
from tagmart.reading.inspection import Inspection

DELIMITERS = (",", ";", "\t", "|")
_HEAD_LINES, _HEAD_CHARACTERS = 200, 1 << 20
# Excel's first line that names the delimiter.
_SEPARATOR_LINE = re.compile(r"\ufeff?\"?sep=(.)\"?\s*$", re.IGNORECASE)
_REST_OF_QUOTED = re.compile(r'[^"]*(?:""[^"]*)*"')


@dataclass(frozen=True)
class Head:
    """`columns`: cleaned names; `skipped_lines`: lines of the file above the header."""

    delimiter: str
    columns: list[str]
    skipped_lines: int


def lines_of(path: Path, inspection: Inspection) -> Iterator[str]:
    """Yield the lines of a file with their ends, without its byte order mark."""
    with path.open("rb") as file:
        file.seek(inspection.mark if inspection.codec != "utf-32" else 0)
        yield from io.TextIOWrapper(file, encoding=inspection.codec, errors=KEEP_BROKEN, newline="")


def read_head(path: Path, inspection: Inspection, known_columns: Collection[str]) -> Head:
    """Find delimiter and header in the first lines of a file."""
    lines, size = [], 0
    for line in islice(lines_of(path, inspection), _HEAD_LINES):
        lines.append(line)
        size += len(line)
        if size > _HEAD_CHARACTERS:
            break
    separator = _SEPARATOR_LINE.match(lines[0]) if lines else None
    known = {name.lower() for name in known_columns}
    best, best_count = None, -1
    for delimiter in separator.group(1) if separator else DELIMITERS:
        rows = _rows(lines[1:] if separator else lines, delimiter)
        place = header_row([cells for cells, _ in rows], known)
        if place is None:
            continue
        cells, first_line = rows[place]
        # Known names decide; else the delimiter that makes most columns of the header, the usual one of equals.
        count = known_names(cells, known) * 10_000 + len(cells)
        if count > best_count:
            best_count = count
            best = Head(delimiter, [clean_name(cell) for cell in cells], first_line + bool(separator))
    return best or Head(",", [], 0)


def _rows(lines: list[str], delimiter: str) -> list[tuple[list[str], int]]:
    """The first rows and how many lines stand above each; blank lines are no rows."""
    reader = csv.reader((line.replace("\0", "") for line in lines), delimiter=delimiter)
    rows, above = [], 0
    try:
        for cells in reader:
            if any(cell.strip() for cell in cells):
                rows.append((cells, above))
            above = reader.line_num
            if len(rows) == SEARCHED_ROWS:
                break
    except csv.Error:
        pass  # an open quote: what came before it is enough
    return rows


def convert(path: Path, inspection: Inspection, head: Head, target: Path) -> None:
    """Write the file as UTF-8 from its header on, every line that ends a row ending with a line feed."""
    lines = islice(lines_of(path, inspection), head.skipped_lines, None)
    with target.open("w", encoding="utf-8", errors="surrogateescape", newline="") as out:
        is_open = False
        for line in lines:
            body = line.rstrip("\r\n")
            if is_open or '"' in body:
                is_open = _is_open_after(body, is_open, head.delimiter)
            out.write(line if is_open else body + "\n")


def _is_open_after(line: str, is_open: bool, delimiter: str) -> bool:
    """Whether a quoted cell goes on in the next line. A quote opens a cell only at its very start."""
    place = 0
    while True:
        if not is_open:
            if place == 0 and line.startswith('"'):
                place = 1
            else:
                start = line.find(delimiter + '"', place)
                if start < 0:
                    return False
                place = start + 2
        rest = _REST_OF_QUOTED.match(line, place)
        if rest is None:
            return True
        place, is_open = rest.end(), False
