"""Which raw tables a folder holds: light to import, so that a wrong folder is said at once."""

from __future__ import annotations

from pathlib import Path

from tagmart.reading.raw_folder import find_raw_files
from workshop.quality.unreadable import Unreadable


def find_files(folder: Path, contract: dict[str, dict]) -> dict[str, Path]:
    """`{table: file}` of the tables that are there. Raises Unreadable when a required one is not."""
    if not folder.is_dir():
        raise Unreadable(f"The raw folder '{folder}' does not exist: give the folder that holds orders.parquet, orders.csv or orders.xlsx.")
    found, there = {}, find_raw_files(folder, list(contract))
    for fault in there["faults"].values():
        raise Unreadable(fault)
    for table, files in there["files"].items():
        if files:
            found[table] = Path(files[0])
        elif contract[table].get("required"):
            raise Unreadable(f"The required raw table '{table}' is missing in '{folder}': add {table}.parquet, {table}.csv or {table}.xlsx.")
    return found
