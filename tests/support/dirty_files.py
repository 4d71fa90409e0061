"""The files that exports come in: encodings, dialects, spreadsheets, Parquet of texts and of pandas' doubles."""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from random import Random

import pyarrow as pa
import pyarrow.parquet as pq
from workbooks import write_workbook

ENCODINGS = {"simplified": ["gbk"], "traditional": ["big5"], "latin": ["latin-1"]}
TITLES = {"simplified": "客户导出\n\n", "traditional": "客戶匯出\n\n", "latin": "Export\n\n"}
NUMBER = re.compile(r"-?(0|[1-9][0-9]{0,14})(\.[0-9]*)?")
ISO = re.compile(r"(?:19|20)\d\d-(?:(?:0[1-9]|1[0-2])-(?:[01]\d|2[0-8])|(?:0[13-9]|1[0-2])-(?:29|30)) \d\d:\d\d:\d\d")


@dataclass(frozen=True)
class Way:
    """`kind`: text, xlsx, xlsx_typed, parquet or pandas; the rest is for text. `is_typed`: what is no text may be stored as numbers."""

    kind: str
    encoding: str = "utf-8"
    delimiter: str = ","
    newline: str = "\n"
    ending: str = "csv"
    head: str = ""

    @property
    def is_typed(self) -> bool:
        return self.kind in ("xlsx_typed", "pandas")

    @property
    def may_be_unclear(self) -> bool:
        """Whether the words in it may be words in another encoding too, which is one sentence."""
        return self.encoding in ("gbk", "big5", "latin-1")

    def fits(self, text: str) -> bool:
        """Return whether the encoding has these characters, or no character XML has not."""
        try:
            text.encode(self.encoding)
        except UnicodeEncodeError:
            return False
        return True

    def __str__(self) -> str:
        return f"{self.kind}:{self.encoding}:{self.delimiter!r}:{self.newline!r}:{self.ending}:{self.head!r}" if self.kind == "text" else self.kind


def any_way(random: Random, language: str, has_words: bool) -> Way:
    kind = random.choice(["text"] * 6 + ["xlsx", "xlsx_typed", "parquet", "pandas"])
    if kind != "text":
        return Way(kind)
    encoding = random.choice(["utf-8", "utf-8", "utf-8-sig", "utf-16", *(ENCODINGS[language] if has_words else [])])
    delimiter = random.choice(",,,;\t|")
    newline = random.choice(["\n", "\r\n", "\r\n", "\r", "mixed"])
    head = random.choice([""] * 6 + ["sep", TITLES[language]])
    return Way("text", encoding, delimiter, newline, random.choice(["csv", "csv", "txt", "CSV"]) if delimiter != "\t" else random.choice(["txt", "tsv"]), head)


def write(random: Random, folder: Path, table: str, way: Way, columns: list[str], lines: list[dict[str, str] | str]) -> None:
    """Write a file; a line that is a text is written as it is."""
    names = [random.choice([name, name, name.upper(), f" {name} "]) for name in columns]
    if way.kind == "text":
        _write_text(random, folder / f"{table}.{way.ending}", way, names, columns, lines)
        return
    cells = [[line[column] for column in columns] for line in lines]
    if way.kind.startswith("xlsx"):
        typed = [[_excel(cell) if way.is_typed else cell or None for cell in row] for row in cells]
        write_workbook(folder / f"{table}.xlsx", {"封面": [["说明"]], "Sheet1": [names, *typed]} if random.random() < 0.5 else {"Sheet1": [names, *typed]})
        return
    arrays = [_array([row[place] for row in cells], way.is_typed) for place in range(len(columns))]
    pq.write_table(pa.Table.from_arrays(arrays, names=names), folder / f"{table}.parquet")


def _write_text(random: Random, path: Path, way: Way, names: list[str], columns: list[str], lines: list[dict[str, str] | str]) -> None:
    def quoted(cells: list[str]) -> str:
        special = (way.delimiter, '"', "\r", "\n")
        return way.delimiter.join('"' + cell.replace('"', '""') + '"' if any(mark in cell for mark in special) else cell for cell in cells)

    head = f"sep={way.delimiter}\n" if way.head == "sep" else way.head
    rows = [*head.split("\n")[:-1], quoted(names), *(line if isinstance(line, str) else quoted([line[column] for column in columns]) for line in lines)]
    ends = [random.choice(["\n", "\r\n"]) if way.newline == "mixed" else way.newline for _ in rows]
    path.write_bytes("".join(row + end for row, end in zip(rows, ends, strict=True)).encode(way.encoding))


def _excel(cell: str) -> object:
    """A cell as Excel keeps it when it recognises a number or a time."""
    if ISO.fullmatch(cell):
        return datetime.fromisoformat(cell)
    return (float(cell) if "." in cell else int(cell)) if NUMBER.fullmatch(cell) else cell or None


def _array(cells: list[str], is_typed: bool) -> pa.Array:
    """As pandas reads a column: doubles when all is numbers, times when all is times."""
    filled = [cell for cell in cells if cell]
    if is_typed and filled and all(NUMBER.fullmatch(cell) for cell in filled):
        return pa.array([float(cell) if cell else float("nan") for cell in cells], pa.float64())
    if is_typed and filled and all(ISO.fullmatch(cell) for cell in filled):
        return pa.array([datetime.fromisoformat(cell) if cell else None for cell in cells], pa.timestamp("ns"))
    return pa.array([cell or None for cell in cells], pa.string())
