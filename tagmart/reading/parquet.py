"""Parquet files as they are, but for texts that are no UTF-8: those are decoded into a copy."""

from __future__ import annotations

from collections.abc import Collection
from itertools import islice
from pathlib import Path

import duckdb

from tagmart.reading.cache import once, written
from tagmart.reading.codec_names import AUTO, codec_of, spoken
from tagmart.reading.guess import guess_encoding
from tagmart.reading.problem import EMPTY, ReadingProblem

# A larger file comes from a system that knows its encodings, and reading all of it would take a while.
CHECKED_BYTES = 64_000_000
_NO_PARQUET = "is not a Parquet file, or not all of it: export or copy it again, or give a .csv file instead"
_SAMPLE = 5000


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
    return _decoded(path, folder, broken, encoding) if broken else (path, "")


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


def _decoded(path: Path, folder: Path, names: list[str], encoding: str) -> tuple[Path, str]:
    """Write a copy with those columns as text. Bytes that are no text in any encoding (a hash, a key) become hex."""
    import pyarrow as pa
    import pyarrow.parquet as pq

    from tagmart.reading.files import place_of_copy

    table = pq.read_table(path)
    said = []
    for name in names:
        place = table.column_names.index(name)
        column = table.column(place)
        is_text = not pa.types.is_binary(column.type) and not pa.types.is_large_binary(column.type)
        values = column.cast(pa.large_binary()).to_pylist()
        codec = _codec_of_values(values, encoding)
        if codec is None and is_text:
            raise ReadingProblem(path, f"has text in column '{name}' that is not UTF-8: export it again in UTF-8, or set raw_encoding")
        texts = [value if value is None else _text(value, codec) for value in values]
        table = table.set_column(place, name, pa.array(texts, pa.string()))
        said.append(f"{name} read as {spoken(codec) if codec else 'bytes (hexadecimal)'}")
    target = place_of_copy(path, folder)
    written(target, lambda file: pq.write_table(table, file))
    return target, f"{path.name}: column {', '.join(said)}"


def _codec_of_values(values: list[bytes | None], encoding: str) -> str | None:
    broken = (value for value in values if value is not None and not _is_text(value))
    if encoding != AUTO:
        return codec_of(encoding)
    return guess_encoding(set(islice(broken, _SAMPLE))).codec


def _is_text(value: bytes) -> bool:
    try:
        value.decode("utf-8")
    except UnicodeDecodeError:
        return False
    return True


def _text(value: bytes, codec: str | None) -> str:
    """UTF-8 where it is, else the codec of the column, else hexadecimal digits."""
    for name in ("utf-8", codec):
        try:
            return value.decode(name) if name else value.hex()
        except UnicodeDecodeError:
            continue
    return value.hex()
