"""Spreadsheets (.xlsx, .xlsm, .xlsb, .xls, .ods): the sheets that hold the table, as one CSV."""

from __future__ import annotations

import csv
from collections.abc import Collection, Iterator
from dataclasses import dataclass, field
from itertools import islice
from pathlib import Path

from python_calamine import CalamineError, CalamineSheet, CalamineWorkbook, PasswordError, SheetTypeEnum

from tagmart.reading.cell_text import cell_text
from tagmart.reading.error_cells import error_cells
from tagmart.reading.header import SEARCHED_ROWS, clean_name, header_row, known_names
from tagmart.reading.problem import EMPTY, ReadingProblem


@dataclass
class Sheet:
    """A sheet with a header: its cleaned `columns`, the rows `above` the header, how many `known` names it has."""

    name: str
    cells: CalamineSheet = field(repr=False)
    errors: dict[tuple[int, int], str] = field(repr=False)
    columns: list[str] = field(default_factory=list)
    above: int = 0
    known: int = 0

    def rows(self) -> Iterator[list[str]]:
        """Yield all rows as texts, each from the sheet's first used column on; a sheet is large, its texts are larger."""
        by_row: dict[int, dict[int, str]] = {}
        for (row, column), text in self.errors.items():
            by_row.setdefault(row, {})[column - self.cells.start[1]] = text
        for number, row in enumerate(self.cells.iter_rows()):
            cells = [cell_text(cell) for cell in row]
            for column, text in by_row.get(number, {}).items():
                cells[column] = text
            yield cells

    @property
    def body_rows(self) -> int:
        return self.cells.total_height - self.above - 1


def convert_spreadsheet(path: Path, target: Path, known_columns: Collection[str]) -> tuple[list[str], str]:
    """Write the sheets of one table to `target`; return its columns and what to say of the sheets.

    Sheets with the same columns, in any order, are one table. Raises ReadingProblem when it cannot be read.
    """
    sheets = _sheets(path, known_columns)
    if not sheets:
        raise ReadingProblem(path, EMPTY)
    main = max(sheets, key=lambda sheet: (sheet.known, sheet.body_rows if not sheet.known else sheet.body_rows > 0))
    read = [sheet for sheet in sheets if sorted(map(str.lower, sheet.columns)) == sorted(map(str.lower, main.columns))]
    with target.open("w", encoding="utf-8", newline="", errors="replace") as out:
        writer = csv.writer(out, lineterminator="\n")
        writer.writerow(main.columns)
        for sheet in read:
            writer.writerows(_body(sheet, main.columns))
    left_out = [sheet.name for sheet in sheets if sheet not in read]
    said = f"sheet {', '.join(sheet.name for sheet in read)}" if len(sheets) > 1 else ""
    return main.columns, said + (f", without {', '.join(left_out)}" if left_out else "")


def _sheets(path: Path, known_columns: Collection[str]) -> list[Sheet]:
    """The worksheets that have a header at all."""
    try:
        # Not by its path: the ending would decide what it is, and endings lie.
        with path.open("rb") as file, CalamineWorkbook.from_filelike(file) as book:
            names = [meta.name for meta in book.sheets_metadata if meta.typ == SheetTypeEnum.WorkSheet]
            errors = error_cells(path)
            found = [Sheet(name, book.get_sheet_by_name(name), errors.get(name, {})) for name in names]
    except PasswordError:
        raise ReadingProblem(path, "is locked with a password: save it without one") from None
    except CalamineError as error:
        fault = f"could not be read as a spreadsheet ({str(error).splitlines()[0]}): save it again as .xlsx or as CSV UTF-8"
        raise ReadingProblem(path, fault) from None
    known = {column.lower() for column in known_columns}
    return [sheet for sheet in found if _has_header(sheet, known)]


def _has_header(sheet: Sheet, known: Collection[str]) -> bool:
    """Find the header of a sheet, if it has one."""
    head = list(islice(sheet.rows(), SEARCHED_ROWS))
    place = header_row(head, known)
    if place is None:
        return False
    sheet.above, sheet.columns = place, [clean_name(cell) for cell in head[place]]
    while not sheet.columns[-1]:
        sheet.columns.pop()
    sheet.known = known_names(sheet.columns, known)
    return True


def _body(sheet: Sheet, columns: list[str]) -> Iterator[list[str]]:
    """The rows under the header with anything in them, their cells in the order of `columns`."""
    places = _places(sheet.columns, columns)
    for row in islice(sheet.rows(), sheet.above + 1, None):
        cells = [row[place] for place in places]
        if any(cell.strip() for cell in cells):
            yield cells


def _places(own: list[str], columns: list[str]) -> list[int]:
    """Where each of `columns` stands among a sheet's own; of equal names the first stands for the first."""
    free = list(enumerate(own))
    places = []
    for column in columns:
        found = next(pair for pair in free if pair[1].lower() == column.lower())
        free.remove(found)
        places.append(found[0])
    return places
