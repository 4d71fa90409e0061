"""What a file is by its first bytes; endings lie: ERP systems write tables of tabs, and web pages, as .xls."""

from __future__ import annotations

import re
from pathlib import Path

from tagmart.reading.problem import ReadingProblem

_WEB_PAGE = re.compile(rb"\s*<(!doctype|html|head|meta|table|body|style)", re.IGNORECASE)
_XML = re.compile(rb"\s*<\?xml", re.IGNORECASE)
_OFFICE = {b"PK\x03\x04": "xlsx", b"\xd0\xcf\x11\xe0": "xls"}
_OTHERS = {
    b"PAR1": "is a Parquet file: give it the ending .parquet",
    b"\x1f\x8b": "is compressed (gzip): unpack it",
    b"Rar!": "is compressed (rar): unpack it",
    b"7z\xbc\xaf": "is compressed (7z): unpack it",
    b"%PDF": "is a PDF: export the table as CSV UTF-8 or .xlsx",
}


def kind_of(path: Path) -> str:
    """Return `text`, or the kind of spreadsheet: the file's ending if it fits, else `xlsx` or `xls`.

    Raises ReadingProblem, one sentence, for what is neither.
    """
    with path.open("rb") as file:
        head = file.read(4096)
    for start, kind in _OFFICE.items():
        if head.startswith(start):
            ending = path.suffix.lower().removeprefix(".")
            return ending if ending in ("xlsx", "xlsm", "xlsb", "xls", "ods", "et") else kind
    for start, fault in _OTHERS.items():
        if head.startswith(start):
            raise ReadingProblem(path, fault)
    head = head.replace(b"\0", b"").removeprefix(b"\xef\xbb\xbf").removeprefix(b"\xff\xfe").removeprefix(b"\xfe\xff")
    if _WEB_PAGE.match(head) or _XML.match(head):
        what = "a web page (HTML)" if _WEB_PAGE.match(head) else "an XML file"
        raise ReadingProblem(path, f"is {what}, whatever its ending says: open it in Excel and save it as .xlsx or CSV UTF-8")
    return "text"
