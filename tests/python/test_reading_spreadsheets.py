"""Spreadsheets: cells as a person means them, which sheets and rows are the table."""

from __future__ import annotations

import csv
import zipfile
from datetime import date, datetime, time, timedelta
from pathlib import Path

import pytest
from workbooks import Raw, write_workbook

from tagmart.reading import ReadingProblem, as_utf8_csv
from tagmart.reading.cell_text import cell_text

KNOWN = ("customer_id", "registered_at", "city")


def read(folder: Path, sheets: dict, known=KNOWN) -> tuple[list[list[str]], str]:
    """The rows of the CSV that comes out, header first, and the note."""
    found = as_utf8_csv(write_workbook(folder / "customers.xlsx", sheets), folder / "out", known)
    assert (found.encoding, found.delimiter, found.is_converted) == ("xlsx", ",", True)
    with found.path.open(encoding="utf-8", newline="") as file:
        rows = list(csv.reader(file))
    assert rows[0] == found.columns
    return rows, found.note


CELLS = {
    "text with leading zeros": ("007", "007"),
    "text with spaces and a tab": (" a\tb ", " a\tb "),
    "text of many lines": ("a\nb", "a\nb"),
    "text that looks like an exponent": ("1E5", "1E5"),
    "emoji": ("🧧城", "🧧城"),
    "whole number": (12.0, "12"),
    "phone number": (13812345678, "13812345678"),
    "fifteen digits": (123456789012345, "123456789012345"),
    "sixteen digits, the last not lost": (1234567890123456, "1234567890123456"),
    "sixteen digits, the last lost": (1234567890123450, "1.23456789012345E+15"),
    "order number of nineteen digits": (2022070512345678901, "2.02207051234568E+18"),
    "number that binary cannot hold": (0.1 + 0.2, "0.3"),
    "price": (199.9, "199.9"),
    "small": (0.0000001, "0.0000001"),
    "negative": (-3.50, "-3.5"),
    "zero": (0, "0"),
    "true": (True, "TRUE"),
    "false": (False, "FALSE"),
    "time": (datetime(2025, 6, 5, 22, 2, 11), "2025-06-05 22:02:11"),
    "last second of a year": (datetime(2025, 12, 31, 23, 59, 59), "2025-12-31 23:59:59"),
    "milliseconds": (datetime(2025, 6, 5, 22, 2, 11, 250000), "2025-06-05 22:02:11.250"),
    "midnight": (datetime(2025, 6, 5), "2025-06-05"),
    "date": (date(1990, 5, 6), "1990-05-06"),
    "time of day": (Raw("n", "0.5", 3), "12:00:00"),
    "formula with a text": (Raw("str", "fx"), "fx"),
    "reference lost": (Raw("e", "#REF!"), "#REF!"),
    "not available": (Raw("e", "#N/A"), "#N/A"),
    "divided by zero": (Raw("e", "#DIV/0!"), "#DIV/0!"),
}


def test_cells_of_a_sheet(tmp_path):
    rows, _ = read(tmp_path, {"Sheet1": [["customer_id", "cell"], *([name, cell] for name, (cell, _) in CELLS.items())]})
    assert {row[0]: row[1] for row in rows[1:]} == {name: text for name, (_, text) in CELLS.items()}


@pytest.mark.parametrize("second", range(0, 86400, 977))
def test_every_second_of_a_day_survives_the_serial_number(second):
    moment = datetime(2025, 6, 5) + timedelta(seconds=second)
    days = (moment - datetime(1899, 12, 30)) / timedelta(days=1)
    read_back = datetime(1899, 12, 30) + timedelta(days=days)
    assert cell_text(read_back) == (str(moment) if second else "2025-06-05")


@pytest.mark.parametrize(("value", "text"), [
    (timedelta(hours=30, minutes=5), "30:05:00"), (-timedelta(minutes=1), "-00:01:00"), (time(9, 5), "09:05:00"), (time(0, 0), "00:00:00"),
    (float("nan"), "nan"), (float("inf"), "inf"), (None, ""), (1e21, "1.00000000000000E+21"), (-1e15, "-1.00000000000000E+15"),
])  # fmt: skip
def test_values_that_other_spreadsheets_give(value, text):
    assert cell_text(value) == text


def test_title_rows_empty_rows_and_columns(tmp_path):
    rows, note = read(tmp_path, {"S": [
        [None, "客户导出报表"], [], [None, "导出时间", datetime(2025, 1, 1)],
        [None, "customer_id", " Registered_at ", None, None], [None, "1", "2025-01-01"], [None, None, None], [None, "2", None, "late"], [], [None, " ", ""],
    ]})  # fmt: skip
    assert rows == [["customer_id", "Registered_at"], ["1", "2025-01-01"], ["2", ""]]
    assert note == "customers.xlsx: read as a spreadsheet (xlsx)"


def test_sheets_with_the_same_columns_are_one_table_and_others_are_named(tmp_path):
    rows, note = read(tmp_path, {
        "封面": [["说明"], ["本表由系统导出"]], "Year 2009-2010": [["customer_id", "city"], ["1", "上海"]], "空": [],
        "Year 2010-2011": [["City", "customer_id"], ["北京", "2"]], "说明": [["name", "city"], ["a", "b"], ["c", "d"], ["e", "f"]],
    })  # fmt: skip
    assert rows == [["customer_id", "city"], ["1", "上海"], ["2", "北京"]]
    assert note == "customers.xlsx: read as a spreadsheet (xlsx), sheet Year 2009-2010, Year 2010-2011, without 封面, 说明"


def test_without_known_names_the_fullest_sheet_and_its_first_full_row(tmp_path):
    rows, _ = read(tmp_path, {"a": [["note"]], "b": [["千牛订单"], ["订单编号", "买家会员名", "金额"], ["1", "张三", 5]]}, known=())
    assert rows == [["订单编号", "买家会员名", "金额"], ["1", "张三", "5"]]


def test_repeated_columns_stay_in_their_order(tmp_path):
    rows, _ = read(tmp_path, {"a": [["customer_id", "city", "City"], ["1", "x", "y"]], "b": [["city", "City", "customer_id"], ["v", "w", "2"]]})
    assert rows == [["customer_id", "city", "City"], ["1", "x", "y"], ["2", "v", "w"]]


def test_an_error_cell_is_found_where_the_used_range_does_not_begin_at_a1(tmp_path):
    rows, _ = read(tmp_path, {"a": [[], [None, None, "customer_id", "city"], [None, None, Raw("e", "#NAME?"), "x"], [None, None, "2", Raw("e", "#REF!")]]})
    assert rows[1:] == [["#NAME?", "x"], ["2", "#REF!"]]


@pytest.mark.parametrize("ending", [".csv", ".txt", ".xls", ".ods", ".xlsb", ".XLSM"])
def test_a_sheet_under_another_ending_is_read_as_what_it_is(tmp_path, ending):
    file = write_workbook(tmp_path / "book.xlsx", {"a": [["customer_id"], ["1"]]}).rename(tmp_path / f"customers{ending}")
    found = as_utf8_csv(file, tmp_path / "out", KNOWN)
    assert (found.columns, found.path.read_text()) == (["customer_id"], "customer_id\n1\n")


def test_an_open_document_sheet(tmp_path):
    office, cell = "urn:oasis:names:tc:opendocument:xmlns:", '<table:table-cell office:value-type="{0}" {1}><text:p>{2}</text:p></table:table-cell>'
    row = "".join(
        [
            cell.format("string", "", "007"),
            cell.format("float", 'office:value="12"', "12"),
            cell.format("date", 'office:date-value="2025-06-05T22:02:11"', "shown"),
        ]
    )
    header = "".join(cell.format("string", "", name) for name in ("customer_id", "n", "registered_at"))
    with zipfile.ZipFile(tmp_path / "customers.ods", "w") as package:
        package.writestr("mimetype", "application/vnd.oasis.opendocument.spreadsheet")
        package.writestr("META-INF/manifest.xml", f'<manifest:manifest xmlns:manifest="{office}manifest:1.0"/>')
        package.writestr("content.xml", f'<office:document-content xmlns:office="{office}office:1.0" xmlns:table="{office}table:1.0" xmlns:text="{office}text:1.0"><office:body>'
            f'<office:spreadsheet><table:table table:name="a"><table:table-row>{header}</table:table-row><table:table-row>{row}</table:table-row></table:table>'
            "</office:spreadsheet></office:body></office:document-content>")  # fmt: skip
    found = as_utf8_csv(tmp_path / "customers.ods", tmp_path / "out", KNOWN)
    assert (found.encoding, found.path.read_text()) == ("ods", "customer_id,n,registered_at\n007,12,2025-06-05 22:02:11\n")


def test_an_old_workbook_that_is_none_is_one_sentence(tmp_path):
    (tmp_path / "orders.xls").write_bytes(b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(1000))
    with pytest.raises(ReadingProblem, match=r"orders.xls' could not be read as a spreadsheet \(.*\): save it again"):
        as_utf8_csv(tmp_path / "orders.xls", tmp_path / "out", KNOWN)


def test_header_only_is_a_table_without_rows(tmp_path):
    assert read(tmp_path, {"a": [["customer_id", "city"]], "b": []})[0] == [["customer_id", "city"]]


@pytest.mark.parametrize("sheets", [{"a": []}, {"a": [[None, ""]], "b": []}], ids=["nothing", "blank cells"])
def test_a_book_without_cells_is_empty(tmp_path, sheets):
    with pytest.raises(ReadingProblem, match="is empty: export it again"):
        read(tmp_path, sheets)


def test_a_book_cut_short_is_one_sentence(tmp_path):
    file = write_workbook(tmp_path / "orders.xlsx", {"a": [["customer_id"], ["1"]]})
    file.write_bytes(file.read_bytes()[:-100])
    with pytest.raises(ReadingProblem, match=r"^The file '.*orders.xlsx' could not be read as a spreadsheet \(.*\): save it again as .xlsx or as CSV UTF-8\.$"):
        as_utf8_csv(file, tmp_path / "out", KNOWN)
