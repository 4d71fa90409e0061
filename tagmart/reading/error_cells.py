"""The error cells of an .xlsx file (#REF!, #N/A): its reader knows that they are errors and not which, and gives nothing."""

from __future__ import annotations

import re
import zipfile
from pathlib import Path
from xml.etree.ElementTree import iterparse

_CELL = re.compile(r"([A-Z]+)(\d+)")


def error_cells(path: Path) -> dict[str, dict[tuple[int, int], str]]:
    """Return `{sheet name: {(row, column): text}}`, rows and columns counted from 0; empty for other kinds of files."""
    if not zipfile.is_zipfile(path):
        return {}
    with zipfile.ZipFile(path) as package:
        names = set(package.namelist())
        if not {"xl/workbook.xml", "xl/_rels/workbook.xml.rels"} <= names:
            return {}
        return {name: found for name, part in _parts(package).items() if part in names and (found := _errors(package, part))}


def _parts(package: zipfile.ZipFile) -> dict[str, str]:
    """`{sheet name: its part in the package}`."""
    targets = {}
    for element in _elements(package, "xl/_rels/workbook.xml.rels", "Relationship"):
        target = element["Target"]
        targets[element["Id"]] = target.lstrip("/") if target.startswith("/") else f"xl/{target}"
    sheets = _elements(package, "xl/workbook.xml", "sheet")
    relation = "{http://schemas.openxmlformats.org/officeDocument/2006/relationships}id"
    return {sheet["name"]: targets.get(sheet.get(relation, ""), "") for sheet in sheets}


def _elements(package: zipfile.ZipFile, part: str, tag: str) -> list[dict[str, str]]:
    with package.open(part) as file:
        return [dict(element.attrib) for _, element in iterparse(file) if element.tag.rpartition("}")[2] == tag]


def _errors(package: zipfile.ZipFile, part: str) -> dict[tuple[int, int], str]:
    """Errors are rare: the sheet is taken apart only when its bytes hold one."""
    with package.open(part) as file:
        if not _holds(file, b't="e"'):
            return {}
    found = {}
    with package.open(part) as file:
        for _, element in iterparse(file):
            tag = element.tag.rpartition("}")[2]
            if tag == "c" and element.get("t") == "e" and (place := _CELL.fullmatch(element.get("r", ""))):
                text = next((part.text for part in element if part.tag.endswith("}v")), None)
                found[int(place.group(2)) - 1, _column(place.group(1))] = text or "#ERROR"
            if tag == "row":
                element.clear()
    return found


def _holds(file, wanted: bytes) -> bool:
    rest = b""
    while block := file.read(1 << 20):
        if wanted in rest + block:
            return True
        rest = block[-len(wanted) :]
    return False


def _column(letters: str) -> int:
    number = 0
    for letter in letters:
        number = number * 26 + ord(letter) - 64
    return number - 1
