"""What an import read, wrote and left behind, as an object and as text."""

from __future__ import annotations

import json
import re
import shlex
from dataclasses import dataclass
from decimal import Decimal
from pathlib import Path


@dataclass(frozen=True)
class FileRead:
    """One source file: its rows, those that the import took, and sums over these."""

    file: str
    rows_in_file: int
    rows: int
    sums: dict[str, Decimal]


@dataclass(frozen=True)
class TableWritten:
    """One raw table: its rows and money."""

    table: str
    rows: int
    sums: dict[str, Decimal]


@dataclass(frozen=True)
class Balanced:
    """A number counted once in the source and once in what was written."""

    what: str
    read: Decimal
    written: Decimal


@dataclass(frozen=True)
class Summary:
    """The outcome of one import; `text()` is what `tagmart import` prints."""

    title: str
    folder: Path
    read: tuple[FileRead, ...]
    written: tuple[TableWritten, ...]
    balances: tuple[Balanced, ...]
    no_home: tuple[str, ...]
    notes: tuple[str, ...]
    dbt_vars: dict[str, str]

    @property
    def next_command(self) -> str:
        """The dbt command that builds the imported brand."""
        others = {name: json.dumps(value) for name, value in self.dbt_vars.items()}
        pairs = {"raw_path": _yaml(self.folder.as_posix()), **others}
        flow = ", ".join(f"{name}: {value}" for name, value in pairs.items())
        return f"dbt build --vars {shlex.quote('{' + flow + '}')}"

    def text(self) -> str:
        """Return the summary as lines for a person."""
        read = [(f.file, f"{_number(f.rows)} rows{_of(f)}", *_sums(f.sums)) for f in self.read]
        written = [(f"{t.table}.parquet", f"{_number(t.rows)} rows", *_sums(t.sums)) for t in self.written]
        balances = [(b.what, _number(b.read), "=", _number(b.written)) for b in self.balances]
        parts = [f"{self.title}: imported into {self.folder.as_posix()}"]
        parts += ["", "Read", *_columns(read), "", "Written", *_columns(written)]
        parts += ["", "Read = written", *_columns(balances)]
        if self.no_home:
            parts += ["", "No home in the raw tables", *(f"  - {line}" for line in self.no_home)]
        if self.notes:
            parts += ["", "Good to know", *(f"  - {line}" for line in self.notes)]
        return "\n".join([*parts, "", "Next", f"  {self.next_command}"])


def _columns(rows: list[tuple[str, ...]]) -> list[str]:
    """Align the cells of the first two columns."""
    widths = [max(len(row[i]) for row in rows) for i in (0, 1)]
    return ["  " + "  ".join([row[0].ljust(widths[0]), row[1].rjust(widths[1]), *row[2:]]) for row in rows]


def _of(file: FileRead) -> str:
    return "" if file.rows == file.rows_in_file else f" of {_number(file.rows_in_file)}"


def _sums(sums: dict[str, Decimal]) -> list[str]:
    return [f"{label} {_number(value)}" for label, value in sums.items()]


def _number(value: Decimal | int) -> str:
    """Write a number with thousands separators; money with its two to four decimals."""
    if not isinstance(value, Decimal) or value == value.to_integral_value() and value.as_tuple().exponent == 0:
        return f"{int(value):,}"
    return re.sub(r"(\.\d\d\d*?)0+$", r"\1", f"{value:,.4f}")


def _yaml(text: str) -> str:
    """Quote a value inside a YAML flow mapping only when it needs it."""
    return text if re.fullmatch(r"[A-Za-z_./][\w./-]*", text) else json.dumps(text, ensure_ascii=False)
