"""A file of purchases as `tagmart backtest` takes it: who bought on which day for how much, and what was left out."""

from __future__ import annotations

import tempfile
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

import duckdb
import pyarrow as pa
import pyarrow.compute as pc

from tagmart.reading.raw_file import describe
from tagmart.scoring.cells import UndecidedOrder, amount_reader, cleaned, customer_of, day_reader


class PurchasesProblem(Exception):
    """One sentence that names the file or column and says what to do."""


@dataclass(frozen=True)
class Purchases:
    """The purchases that could be read, one row each, and a line about the rows."""

    rows: pa.Table  # customer_id text, day date32, amount double; not null
    said: str


def read_purchases(file: Path, customer: str, date: str, amount: str, date_order: str | None = None) -> Purchases:
    """Read three columns of a Parquet, delimited or spreadsheet file, typed or not (see cells).

    Raises:
        PurchasesProblem: the file, a column or all of its dates cannot be read.
    """
    if not file.is_file():
        raise PurchasesProblem(f"The file '{file}' does not exist: give the path of a Parquet, CSV or spreadsheet file.")
    with tempfile.TemporaryDirectory() as folder:
        table, broken = _as_text(file, Path(folder), {"customer": customer, "date": date, "amount": amount})
    who = _read_by(table["customer"], lambda cells: customer_of).cast(pa.string())
    try:
        day = _read_by(table["date"], lambda cells: day_reader(cells, date_order)).cast(pa.date32())
    except UndecidedOrder as problem:
        raise PurchasesProblem(
            f"The column '{date}' of '{file}' has dates such as {problem} that may begin with the day or the month: "
            "say which with --date-order day-first or month-first."
        ) from None
    worth = _read_by(table["amount"], amount_reader).cast(pa.float64())
    if table.num_rows and day.null_count == table.num_rows:
        example = f" (such as '{table['date'][0]}')" if table["date"][0].as_py() else ""
        raise PurchasesProblem(
            f"The column '{date}' of '{file}' has no date that can be read{example}: write dates as YYYY-MM-DD, or name another column with --date."
        )
    rows, left_out = pa.table({"customer_id": who, "day": day, "amount": worth}), []
    for name, column, text in (("customer_id", customer, "customer"), ("day", date, "date"), ("amount", amount, "amount")):
        is_bad = pc.is_null(rows[name])
        cells = table[text].filter(is_bad)
        for reason, found in ((f"without {column}", _nothing(cells)), (f"whose {column} cannot be read", pc.invert(_nothing(cells)))):
            count = pc.sum(found).as_py() or 0
            example = f" (such as '{cells.filter(found)[0]}')" if count and reason.startswith("whose") else ""
            left_out += [f"{count:,} {reason}{example}"] if count else []
        kept = pc.invert(is_bad)
        rows, table = rows.filter(kept), table.filter(kept)
    left_out += [f"{broken:,} that are no lines of the table"] if broken else []
    total = len(day) + broken
    out = f"{total - rows.num_rows:,} left out: {', '.join(left_out)}" if left_out else "none left out"
    return Purchases(rows, f"{total:,} row{'' if total == 1 else 's'} in {file.name}, {out}.")


def _as_text(file: Path, folder: Path, wanted: dict[str, str]) -> tuple[pa.Table, int]:
    """The wanted columns as text, and how many lines of the file are none of its table."""
    found = describe(file, folder, list(wanted.values()), "auto")
    if found["fault"]:
        raise PurchasesProblem(f"The file '{file}' {found['fault']}.")
    path = found["path"].replace("'", "''")
    with duckdb.connect() as connection:
        connection.execute("set timezone = 'UTC'")
        try:
            if found["kind"] == "parquet":
                source = f"read_parquet('{path}')"
                names = [row[0] for row in connection.execute(f"describe select * from {source}").fetchall()]
            else:
                names = found["written"]
                typed = ", ".join(f"'c{at}': 'VARCHAR'" for at in range(len(names)))
                source = (
                    f"read_csv('{path}', header = true, auto_detect = false, columns = {{{typed}}}, delim = '{found['delimiter']}', quote = '\"', "
                    "escape = '\"', store_rejects = true, max_line_size = 4000000)"
                )
            places = {role: _place(file, names, column, role) for role, column in wanted.items()}
            written = names if found["kind"] == "parquet" else [f"c{at}" for at in range(len(names))]
            selected = ", ".join(f'cast("{written[at].replace(chr(34), chr(34) * 2)}" as varchar) as "{role}"' for role, at in places.items())
            table = connection.sql(f"select {selected} from {source}").to_arrow_table()
            broken = 0 if found["kind"] == "parquet" else connection.execute("select count(distinct line) from reject_errors").fetchone()[0]
        except duckdb.Error as problem:
            raise PurchasesProblem(f"The file '{file}' cannot be read to its end: export it again ({str(problem).splitlines()[0]}).") from problem
    return table, broken


def _place(file: Path, names: list[str], column: str, role: str) -> int:
    """Where a column stands; letter case and blanks around it do not matter unless two differ in nothing else."""
    exact = [at for at, name in enumerate(names) if name == column]
    like = exact or [at for at, name in enumerate(names) if name.strip().lower() == column.strip().lower()]
    if not like:
        raise PurchasesProblem(f"The file '{file}' has no column '{column}', only {', '.join(names)}: name the right one with --{role}.")
    return like[0]


def _read_by(column: pa.ChunkedArray, reader_of: Callable) -> pa.ChunkedArray:
    """Each different text read once: cleaned, then by the reader that the cleaned texts of the column ask for."""
    coded = column.combine_chunks().dictionary_encode()
    texts = [cleaned(text) for text in coded.dictionary.to_pylist()]
    reader = reader_of([text for text in texts if text is not None])
    return pa.chunked_array([pa.array([None if text is None else reader(text) for text in texts]).take(coded.indices)])


def _nothing(cells: pa.ChunkedArray) -> pa.Array:
    """Whether each cell holds nothing."""
    return pa.array([text is None or cleaned(text) is None for text in cells.to_pylist()], pa.bool_())
