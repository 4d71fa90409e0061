"""DuckDB's SQL for a raw file: what stands after `from`, and its columns."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from pathlib import Path

import duckdb

from tagmart.reading.problem import ReadingProblem

# A longer line is unreadable. The larger this is, the more of a file one open quote can swallow.
MAX_LINE_BYTES = 4_000_000
# Where DuckDB writes the lines that are no rows: for a scan that only skips them, and for the one that collects them.
SKIPPED = "rejects_table = 'skipped_errors', rejects_scan = 'skipped_scans', rejects_limit = 1"
COLLECTED = "rejects_table = 'reject_errors', rejects_scan = 'reject_scans'"


def csv_scans(path: Path, written: Sequence[str], delimiter: str) -> dict:
    """Return `{from, scan, columns}` of a UTF-8 CSV file: `scan` is `from` that collects the lines that are no rows.

    Lines that do not fit the dialect are skipped and kept, as text, by stg_unreadable_lines. DuckDB's sniffer would guess
    types, quotes and even the header from the data and gives up on a few bad lines; a stated dialect never does. Never
    ignore_errors: after one stray quote it drops all the rest of the file without a word, whereas store_rejects goes on at
    the next line. Both scans must skip the same lines, or the balance breaks.
    """
    names: list[str] = []
    for place, column in enumerate(written, 1):
        name = column.lower()
        # A repeated or empty name gets its place behind it.
        names.append(name if name and name not in names else f"{name}__{place}")
    types = ", ".join(f"{text(name)}: 'VARCHAR'" for name in names)
    dialect = (
        f"read_csv({text(path)}, header = true, auto_detect = false, columns = {{{types}}}, delim = {text(delimiter)}, quote = '\"', escape = '\"', "
        f"nullstr = ['', 'NULL', '\\N'], max_line_size = {MAX_LINE_BYTES}, store_rejects = true, "
    )
    columns = {name: {"name": quoted(name), "type": "varchar"} for name in names}
    return {"from": f"{dialect}{SKIPPED})", "scan": f"{dialect}{COLLECTED})", "columns": columns}


def parquet_scan(path: Path, known_columns: Collection[str]) -> dict:
    """Return `{from, columns}` of a Parquet file. Bytes are read as the text that they are, else as hexadecimal.

    Names are matched without regard to case and to what surrounds them; of two equal names the first is read. Raises
    ReadingProblem when a known column holds records.
    """
    source = f"read_parquet({text(path)})"
    with duckdb.connect() as connection:
        described = connection.execute(f"describe select * from {source}").fetchall()
    columns: dict[str, dict[str, str]] = {}
    decoded = []
    for written, type_, *_ in described:
        name, kind = written.strip().lower(), type_.lower()
        if name in known_columns and name not in columns and ("struct(" in kind or "map(" in kind):
            raise ReadingProblem(path, f"has in column '{name}' records instead of values ({type_}): export it with one value a row")
        if kind == "blob":
            decoded.append(f"coalesce(try(decode({quoted(written)})), lower(hex({quoted(written)}))) as {quoted(written)}")
            kind = "varchar"
        columns[name if name not in columns else f"{name}__{len(columns) + 1}"] = {"name": quoted(written), "type": kind}
    return {"from": f"(select * replace ({', '.join(decoded)}) from {source})" if decoded else source, "columns": columns}


def text(value: object) -> str:
    return "'" + str(value).replace("'", "''") + "'"


def quoted(name: str) -> str:
    return '"' + name.replace('"', '""') + '"'
