"""What the macros have to know of the file of a raw table."""

from __future__ import annotations

from collections.abc import Collection
from pathlib import Path

from tagmart.reading.files import as_utf8_csv
from tagmart.reading.header import repeated_names
from tagmart.reading.parquet import readable_parquet
from tagmart.reading.problem import EMPTY, ReadingProblem
from tagmart.reading.scans import csv_scans, parquet_scan


def describe(path: Path, folder: Path, known_columns: Collection[str], encoding: str) -> dict:
    """Return `{kind, path, encoding, delimiter, written, skipped_lines, repeated, note, fault, from, scan, columns}` of a file.

    `kind` is parquet or csv; `path` the file to read, converted into `folder` when need be; `written` are the names in the
    header of a CSV file; `note` is a line for people, empty for a file that is read as it is; `fault` the end of a sentence
    when it cannot be read, else empty; `from`, `scan` and `columns` ({name in lower case: {name: in SQL, type}}) see scans.
    """
    nothing = {"kind": "csv", "path": str(path), "encoding": "", "delimiter": ",", "written": [], "skipped_lines": 0,
               "repeated": [], "note": "", "fault": "", "from": "", "scan": "", "columns": {}}  # fmt: skip
    try:
        if not path.stat().st_size:
            raise ReadingProblem(path, EMPTY)
        if path.suffix.lower() == ".parquet":
            readable, note = readable_parquet(path, folder, known_columns, encoding)
            return nothing | {"kind": "parquet", "path": str(readable), "note": note} | parquet_scan(readable, known_columns)
        read = as_utf8_csv(path, folder, known_columns, encoding)
    except ReadingProblem as problem:
        return nothing | {"fault": problem.fault}
    except OSError as problem:
        return nothing | {"fault": f"could not be opened ({problem.strerror}): close it elsewhere, or change its rights"}
    return nothing | {
        "path": str(read.path), "encoding": read.encoding, "delimiter": read.delimiter, "written": read.columns,
        "skipped_lines": read.skipped_lines, "repeated": repeated_names(read.columns),
        "note": read.note if read.is_converted else "", **csv_scans(read.path, read.columns, read.delimiter),
    }  # fmt: skip
