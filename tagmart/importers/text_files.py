"""Files of rows (delimited text in any encoding, spreadsheets) as UTF-8 text."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

import duckdb

from tagmart.importers.problem import ImportProblem
from tagmart.reading import ReadingProblem, as_utf8_csv

WORKBOOKS = (".xlsx", ".xlsm", ".xlsb", ".xls", ".ods", ".et")
SUFFIXES = (".csv", ".tsv", ".txt", *WORKBOOKS)


@dataclass(frozen=True)
class TextFile:
    """A file as UTF-8 with one header line: `columns` as written there, `note` what had to be done to read it."""

    path: Path
    source: Path
    delimiter: str
    columns: list[str]
    note: str | None

    def reader(self) -> str:
        """Return the SQL that reads it: every cell as text, the columns named c0, c1, …"""
        columns = ", ".join(f"'c{place}': 'varchar'" for place in range(len(self.columns)))
        delimiter = {"\t": "\\t", "'": "''"}.get(self.delimiter, self.delimiter)
        return (
            f"read_csv('{_escaped(self.path)}', auto_detect = false, header = true, skip = 0, columns = {{{columns}}}, "
            f"delim = '{delimiter}', quote = '\"', escape = '\"', encoding = 'utf-8')"
        )


def unreadable(path: Path, error: duckdb.Error) -> ImportProblem:
    """Return the sentence for a file whose rows do not fit its header, with the first such line."""
    line = re.search(r"Error on Line: (\d+)", str(error))
    where = f"line {int(line.group(1)):,} has not the columns of the header" if line else str(error).splitlines()[0]
    return ImportProblem(f"{path} could not be read as rows ({where}): repair the line, or download or save the file again.")


def read_as_text(path: Path, folder: Path, known_columns: Sequence[str] = ()) -> TextFile:
    """Return the file as UTF-8; a converted copy goes into `folder`, an ImportProblem says why it cannot be read."""
    folder.mkdir(parents=True, exist_ok=True)
    try:
        read = as_utf8_csv(path, folder, known_columns=tuple(known_columns))
    except ReadingProblem as problem:
        raise ImportProblem(str(problem)) from None
    return TextFile(Path(read.path), path, read.delimiter, list(read.columns), read.note if read.is_converted else None)


def is_workbook(path: Path) -> bool:
    """Whether a file can hold several tables."""
    return path.suffix.lower() in WORKBOOKS


def _escaped(path: Path) -> str:
    return str(path).replace("'", "''")
