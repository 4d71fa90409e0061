"""Files: one Parquet or CSV file a table, written block by block and the same bytes every time."""

from __future__ import annotations

import csv
import json
from collections import deque
from concurrent.futures import Future, ThreadPoolExecutor
from pathlib import Path
from types import TracebackType

import pyarrow as pa
import pyarrow.compute as pc
import pyarrow.parquet as pq

from workshop.sample.columns import Column, Counts, Frame, Ids, Words, height

FORMATS = ["parquet", "csv"]
MOST_WAITING = 12  # frames; a block has as many
SHORT_ID = 6  # digits: ids with fewer distinct values than this allows are worth a dictionary


class Writer:
    """Writes frames to `<folder>/<table>.<format>`; the first frame of a table says its columns.

    One thread writes, in the order of the calls, while the next frames are drawn: the files do not depend on
    how the two interleave. At most MOST_WAITING frames wait, which bounds the memory.
    """

    def __init__(self, folder: Path, form: str) -> None:
        self.folder = folder
        self.form = form
        self.rows: dict[str, int] = {}
        self._open: dict[str, _ParquetFile | _CsvFile] = {}
        self._thread = ThreadPoolExecutor(max_workers=1)
        self._waiting: deque[Future] = deque()

    def __enter__(self) -> Writer:
        return self

    def __exit__(self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None) -> None:
        self._thread.shutdown(cancel_futures=error is not None)
        for file in self._open.values():
            file.close()
        if error is None:
            for future in self._waiting:
                future.result()

    def write(self, table: str, frame: Frame) -> None:
        """Append the rows of a frame, which nobody changes from now on, to a table."""
        self.rows[table] = self.rows.get(table, 0) + height(frame)
        if len(self._waiting) >= MOST_WAITING:
            self._waiting.popleft().result()
        self._waiting.append(self._thread.submit(self._append, table, frame))

    def _append(self, table: str, frame: Frame) -> None:
        if table not in self._open:
            path = self.folder / f"{table}.{self.form}"
            path.parent.mkdir(parents=True, exist_ok=True)
            self._open[table] = (_ParquetFile if self.form == "parquet" else _CsvFile)(path, frame)
        self._open[table].append(frame)

    def write_json(self, name: str, content: dict) -> None:
        """Write `<folder>/<name>.json`."""
        path = self.folder / f"{name}.json"
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(json.dumps(content, indent=2, ensure_ascii=False, sort_keys=True) + "\n", encoding="utf-8")


class _ParquetFile:
    """One Parquet file; a block is a row group."""

    def __init__(self, path: Path, frame: Frame) -> None:
        arrays = {name: column.take(slice(0, 0)).arrow() for name, column in frame.items()}
        self.schema = pa.schema([(name, array.type) for name, array in arrays.items()])
        self.writer = pq.ParquetWriter(
            path,
            self.schema,
            compression="zstd",
            compression_level=1,
            use_dictionary=[name for name, column in frame.items() if _repeats(column)],
            # Without Arrow's own schema, readers of every kind see plain text where a dictionary was written.
            store_schema=False,
        )

    def append(self, frame: Frame) -> None:
        if height(frame):
            arrays = [column.arrow() for column in frame.values()]
            self.writer.write_table(pa.table(arrays, schema=self.schema), row_group_size=height(frame))

    def close(self) -> None:
        self.writer.close()


def _repeats(column: Column) -> bool:
    return isinstance(column, (Words, Counts)) or (isinstance(column, Ids) and column.width <= SHORT_ID)


class _CsvFile:
    """One CSV file: UTF-8, header, times as YYYY-MM-DD HH:MM:SS, null as an empty field."""

    def __init__(self, path: Path, frame: Frame) -> None:
        self.file = path.open("w", encoding="utf-8", newline="")
        self.rows = csv.writer(self.file, lineterminator="\n")
        self.rows.writerow(frame)

    def append(self, frame: Frame) -> None:
        self.rows.writerows(zip(*(texts(column) for column in frame.values()), strict=True))

    def close(self) -> None:
        self.file.close()


def texts(column: Column) -> list[str | None]:
    """Return the values of a column as they stand in a CSV file."""
    array = column.arrow()
    if pa.types.is_timestamp(array.type):
        array = pc.strftime(array.cast(pa.timestamp("s")), format="%Y-%m-%d %H:%M:%S")
    elif pa.types.is_floating(array.type):
        return [None if value is None else repr(value) for value in array.to_pylist()]
    values = array.cast(pa.string()).to_pylist()
    for row, text in column.overrides.items():
        values[row] = text
    return values
