"""A file of any kind that shops export as a UTF-8 CSV: itself when it is one, else a converted copy."""

from __future__ import annotations

import hashlib
from collections.abc import Collection
from dataclasses import dataclass
from pathlib import Path

from tagmart.reading.cache import once, written
from tagmart.reading.codec_names import AUTO, spoken
from tagmart.reading.delimited import convert, read_head
from tagmart.reading.inspection import inspect
from tagmart.reading.kinds import kind_of
from tagmart.reading.problem import EMPTY, ReadingProblem


@dataclass(frozen=True)
class Utf8Csv:
    """What came of a file.

    `path`: the UTF-8 CSV file to read, the `source` itself when it is one already; `encoding`: the Python codec it
    was in, or the kind of spreadsheet (`xlsx`); `columns`: the cleaned names of its header, letter case kept;
    `skipped_lines`: lines above the header that a converted file has no more; `note`: a line for people.
    """

    path: Path
    source: Path
    encoding: str
    delimiter: str
    columns: list[str]
    is_converted: bool
    skipped_lines: int
    note: str


def as_utf8_csv(path: Path, folder: Path, known_columns: Collection[str] = (), encoding: str = AUTO) -> Utf8Csv:
    """Return a file as UTF-8 CSV; a converted copy goes into a folder of its own in `folder`.

    `known_columns`: names that tell the header from title rows above it (letter case aside). `encoding`: what a
    delimited file is in that is no Unicode text, or auto. Raises ReadingProblem when the file cannot be read.
    """
    if not path.is_file():
        raise ReadingProblem(path, "does not exist: give the path of a file")
    if not path.stat().st_size:
        raise ReadingProblem(path, EMPTY)

    def read() -> tuple[Path, Utf8Csv]:
        found = _read(path, folder, known_columns, encoding)
        return found.path, found

    return once(path, str(path), folder.resolve(), frozenset(known_columns), encoding, make=read)[1]


def _read(path: Path, folder: Path, known_columns: Collection[str], encoding: str) -> Utf8Csv:
    kind = kind_of(path)
    target = place_of_copy(path, folder).with_suffix(".csv")
    if kind != "text":
        from tagmart.reading.spreadsheet import convert_spreadsheet

        columns, sheets = written(target, lambda file: convert_spreadsheet(path, file, known_columns))
        note = f"{path.name}: read as a spreadsheet ({kind})" + (f", {sheets}" if sheets else "")
        return Utf8Csv(target, path, kind, ",", columns, True, 0, note)
    found = inspect(path, encoding)
    head = read_head(path, found, known_columns)
    if not head.columns:
        raise ReadingProblem(path, EMPTY)
    said = [f"read as {spoken(found.codec)}"] if found.codec != "utf-8" else []
    lines = "1 line" if head.skipped_lines == 1 else f"{head.skipped_lines} lines"
    said += [f"{lines} above the header left out"] if head.skipped_lines else []
    said += ["line ends made the same"] if found.has_mixed_ends and found.codec == "utf-8" else []
    if said:
        written(target, lambda file: convert(path, found, head, file))
    note = f"{path.name}: " + (", ".join(said) if said else "UTF-8, read as it is")
    source = target if said else path
    return Utf8Csv(source, path, found.codec, head.delimiter, head.columns, bool(said), head.skipped_lines, note)


def place_of_copy(path: Path, folder: Path) -> Path:
    """Return where a converted copy of a file goes: two files of one name, out of two folders, never meet."""
    return folder / hashlib.sha256(str(path.resolve()).encode()).hexdigest()[:12] / path.name
