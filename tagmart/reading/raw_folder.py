"""Which files of a folder are raw tables, and what the others may be."""

from __future__ import annotations

from collections.abc import Sequence
from difflib import get_close_matches
from pathlib import Path

from tagmart.reading.spreadsheet_endings import SPREADSHEET_ENDINGS

TEXT_ENDINGS = (".csv", ".tsv", ".txt")
ENDINGS = (".parquet", *TEXT_ENDINGS, *SPREADSHEET_ENDINGS)
# What people and their systems leave in folders; '~$' is Excel's mark of an open file.
_IGNORED = (".", "~$", "readme", "thumbs.db", "desktop.ini", "__macosx")
_CLOSE = 0.75


def find_raw_files(folder: Path, tables: Sequence[str]) -> dict:
    """Return `{exists, files: {table: [path]}, others: [[name, nearest table or '']]}`, all in the order of their names.

    `<table>` with one of ENDINGS, in any letter case, is the file of a table.
    """
    found: dict[str, list[str]] = {table: [] for table in tables}
    if not folder.is_dir():
        return {"exists": False, "files": found, "others": []}
    names = sorted(entry.name for entry in folder.iterdir() if not entry.is_dir())
    others = []
    for name in names:
        stem, ending = Path(name).stem.strip().lower(), Path(name).suffix.lower()
        if stem in found and ending in ENDINGS:
            found[stem].append(str(folder / name))
        elif not name.lower().startswith(_IGNORED):
            others.append([name, (get_close_matches(stem, tables, 1, _CLOSE) or [""])[0]])
    for files in found.values():
        files.sort(key=lambda file: (ENDINGS.index(Path(file).suffix.lower()), file))
    return {"exists": bool(names), "files": found, "others": others}
