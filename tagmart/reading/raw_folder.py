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
NAMED = 10  # of the other files in a note


def find_raw_files(folder: Path, tables: Sequence[str]) -> dict:
    """Return `{exists, files: {table: [path]}, faults, others: [[name, nearest table or '']], note}`, all in the order of their names.

    `<table>` with one of ENDINGS, in any letter case, is the file of a table. For people: `faults` has a sentence for each
    table with several files, of which any would be a coin toss; `note` is a line on the other files.
    """
    found: dict[str, list[str]] = {table: [] for table in tables}
    if not folder.is_dir():
        return {"exists": False, "files": found, "faults": {}, "others": [], "note": ""}
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
    return {
        "exists": bool(names),
        "files": found,
        "faults": {table: _fault(table, files) for table, files in found.items() if len(files) > 1},
        "others": others,
        "note": _note(folder, others) if others else "",
    }


def _fault(table: str, files: list[str]) -> str:
    count, remedy = ("two", "one of them") if len(files) == 2 else (len(files), "all but one")
    return f"The raw table '{table}' has {count} files ({' and '.join(files)}): remove {remedy}."


def _note(folder: Path, others: list[list[str]]) -> str:
    """Name the files of a folder that are no raw table, and how to see what the first is that resembles none."""
    named = ", ".join(f"{name} (is it {nearest}?)" if nearest else name for name, nearest in others[:NAMED])
    more = f" and {len(others) - NAMED} more" if len(others) > NAMED else ""
    strange = next((name for name, nearest in others if not nearest), None)
    suggest = f"; see what one holds: tagmart import exports --suggest '{folder}/{strange}'" if strange else ""
    return f"Files in the folder '{folder}' that belong to no raw table, not read: {named}{more}{suggest}"
