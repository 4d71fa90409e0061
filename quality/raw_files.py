"""Which raw tables a folder holds: light to import, so that a wrong folder is said at once."""

from __future__ import annotations

from pathlib import Path

from quality.unreadable import Unreadable


def find_files(folder: Path, contract: dict[str, dict]) -> dict[str, Path]:
    """`{table: file}` of the tables that are there. Raises Unreadable when a required one is not."""
    if not folder.is_dir():
        raise Unreadable(
            f"The raw folder '{folder}' does not exist: give the folder that holds orders.parquet or orders.csv."
        )
    found = {}
    for table in contract:
        files = [file for file in (folder / f"{table}.parquet", folder / f"{table}.csv") if file.is_file()]
        if len(files) > 1:
            raise Unreadable(
                f"The raw table '{table}' has two files ({files[0].name} and {files[1].name}): remove one of them."
            )
        if files:
            found[table] = files[0]
        elif contract[table].get("required"):
            raise Unreadable(
                f"The required raw table '{table}' is missing in '{folder}': add {table}.parquet or {table}.csv."
            )
    return found
