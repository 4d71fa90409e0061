"""Parquet files as they are, but for texts that are no UTF-8: those are decoded into a copy."""

from __future__ import annotations

import re
from collections.abc import Collection
from contextlib import suppress
from itertools import islice
from pathlib import Path

import duckdb

from tagmart.reading.cache import once, written
from tagmart.reading.codec_names import AUTO, codec_of, spoken
from tagmart.reading.decoding import BEYOND
from tagmart.reading.guess import Guess, guess_encoding, is_surely_utf_8, is_utf_8_by_chance
from tagmart.reading.problem import EMPTY, ReadingProblem

# A larger file comes from a system that knows its encodings, and reading all of it would take a while.
CHECKED_BYTES = 64_000_000
_NO_PARQUET = "is not a Parquet file, or not all of it: export or copy it again, or give a .csv file instead"
_SAMPLE = 5000
# In a hash or a key there are some, in text there are none.
_CONTROL = re.compile(rb"[\x00-\x08\x0e-\x1f]")


def readable_parquet(path: Path, folder: Path, known_columns: Collection[str], encoding: str = AUTO) -> tuple[Path, str]:
    """Return the Parquet file to read and a note, empty when it is the file itself.

    Text and bytes of `known_columns` are looked at, in files of at most CHECKED_BYTES. Raises ReadingProblem.
    """
    return once(path, folder.resolve(), frozenset(known_columns), encoding, make=lambda: _readable(path, folder, known_columns, encoding))


def _readable(path: Path, folder: Path, known_columns: Collection[str], encoding: str) -> tuple[Path, str]:
    with path.open("rb") as file:
        start = file.read(4)
        file.seek(0, 2)
        size = file.tell()
        file.seek(max(size - 4, 0))
        end = file.read(4)
        if start != b"PAR1" or end != b"PAR1" or size < 12:
            file.seek(0)
            raise ReadingProblem(path, _NO_PARQUET if file.read(1000).strip(b"\xef\xbb\xbf \r\n\t\0") else EMPTY)
    with duckdb.connect() as connection:
        columns = _texts(connection, path, known_columns)
        broken = [name for name, type_ in columns.items() if not _is_utf_8(connection, path, name, type_)] if size <= CHECKED_BYTES else []
    others = [name for name in columns if name not in broken]
    return _decoded(path, folder, broken, others, encoding) if broken else (path, "")


def _texts(connection: duckdb.DuckDBPyConnection, path: Path, known_columns: Collection[str]) -> dict[str, str]:
    """The known columns that are text or bytes, as the file names them, with their types."""
    try:
        described = connection.execute("describe select * from read_parquet(?)", [str(path)]).fetchall()
    except duckdb.Error:
        raise ReadingProblem(path, _NO_PARQUET) from None
    known = {name.lower() for name in known_columns}
    return {name: type_ for name, type_, *_ in described if name.strip().lower() in known and type_ in ("VARCHAR", "BLOB")}


def _is_utf_8(connection: duckdb.DuckDBPyConnection, path: Path, name: str, type_: str) -> bool:
    """DuckDB says so with an error when it reads the text, or makes text of the bytes."""
    column = '"' + name.replace('"', '""') + '"'
    text = f"decode({column})" if type_ == "BLOB" else column
    try:
        connection.execute(f"select max(hash({text})) from read_parquet(?)", [str(path)]).fetchall()
    except duckdb.Error:
        return False
    return True


def _decoded(path: Path, folder: Path, names: list[str], others: list[str], encoding: str) -> tuple[Path, str]:
    """Write a copy with those columns as text. Bytes that are no text in any encoding (a hash, a key) become hex.

    `others`: columns that are UTF-8, perhaps by chance only, since the file is not.
    """
    import pyarrow as pa
    import pyarrow.parquet as pq

    from tagmart.reading.files import place_of_copy

    table = pq.read_table(path)
    said = []
    for name in [*names, *others]:
        place = table.column_names.index(name)
        column = table.column(place)
        if pa.types.is_dictionary(column.type):
            column = column.cast(column.type.value_type)
        values = column.cast(pa.large_binary()).to_pylist()
        doubtful = (value for value in values if value and not value.isascii() and not is_surely_utf_8(value))
        sample = set(islice(doubtful, _SAMPLE))
        if name in others and not is_utf_8_by_chance(sample):
            continue
        is_bytes = pa.types.is_binary(column.type) or pa.types.is_large_binary(column.type)
        guess = Guess(codec_of(encoding)) if encoding != AUTO else guess_encoding(sample)
        codec = None if is_bytes and any(_CONTROL.search(value) for value in sample) else guess.codec
        if codec is None and (guess.rivals or not is_bytes):
            raise ReadingProblem(path, f"has text in column '{name}' that is not UTF-8: export it again in UTF-8, or set raw_encoding")
        texts = [value if value is None else _text(value, codec) for value in values]
        table = table.set_column(place, name, pa.array(texts, pa.string()))
        said.append(f"{name} read as {spoken(codec) if codec else 'bytes (hexadecimal)'}")
    target = place_of_copy(path, folder)
    written(target, lambda file: pq.write_table(table, file))
    return target, f"{path.name}: column {', '.join(said)}"


def _text(value: bytes, codec: str | None) -> str:
    """UTF-8 where it must be, else the codec of the column, else UTF-8 or hexadecimal digits."""
    for name in ["utf-8", codec] if codec is None or is_surely_utf_8(value) else [codec, "utf-8"]:
        with suppress(UnicodeDecodeError):
            if name:
                return value.decode(name, BEYOND)
    return value.hex()
