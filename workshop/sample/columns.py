"""Columns of a table before it is written: plain numpy values, and how they become Arrow arrays.

Values that are null are NULL for whole numbers, NaN for floats and -1 for text.
"""

from __future__ import annotations

import zlib
from dataclasses import dataclass, field

import numpy as np
import pyarrow as pa

NULL = np.iinfo(np.int64).min
MONEY = pa.decimal128(18, 2)
UTC_OFFSET = 8 * 3600  # Asia/Shanghai has had no other offset since 1991


@dataclass
class Column:
    """Values of one column, shape (rows,); `overrides` are texts that only a CSV file can hold: {row: text}."""

    values: np.ndarray
    overrides: dict[int, str] = field(default_factory=dict)

    def take(self, rows: np.ndarray) -> Column:
        """Return the column with the given rows, in their order."""
        taken = object.__new__(type(self))
        taken.__dict__.update(self.__dict__, values=self.values[rows], overrides={})
        return taken

    def arrow(self) -> pa.Array:
        """Return the values as they are written to Parquet."""
        raise NotImplementedError(type(self).__name__)

    def _with_nulls(self, dtype: type) -> tuple[np.ndarray, pa.Buffer | None]:
        missing = self.values == NULL
        return np.where(missing, 0, self.values).astype(dtype), _bitmap(~missing)


class Times(Column):
    """Seconds since 1970-01-01, Shanghai wall clock; written as naive UTC."""

    def arrow(self) -> pa.Array:
        values, valid = self._with_nulls(np.int64)
        micros = (values - UTC_OFFSET) * 1_000_000
        return pa.Array.from_buffers(pa.timestamp("us"), len(values), [valid, pa.py_buffer(micros)])


class Dates(Column):
    """Days since 1970-01-01."""

    def arrow(self) -> pa.Array:
        values, valid = self._with_nulls(np.int32)
        return pa.Array.from_buffers(pa.date32(), len(values), [valid, pa.py_buffer(values)])


class Counts(Column):
    """Whole numbers."""

    def arrow(self) -> pa.Array:
        values, valid = self._with_nulls(np.int32)
        return pa.Array.from_buffers(pa.int32(), len(values), [valid, pa.py_buffer(values)])


class Numbers(Column):
    """Floating-point numbers; NaN is null."""

    def arrow(self) -> pa.Array:
        return pa.array(self.values, pa.float64(), from_pandas=True)


class Flags(Column):
    """True or false, never null."""

    def arrow(self) -> pa.Array:
        return pa.array(self.values, pa.bool_())


class Money(Column):
    """Cents; written as decimal with two digits."""

    def arrow(self) -> pa.Array:
        cents, valid = self._with_nulls(np.int64)
        # A 128-bit decimal is its low word and, as high word, its sign.
        words = np.stack([cents, cents >> 63], axis=1)
        return pa.Array.from_buffers(MONEY, len(cents), [valid, pa.py_buffer(words)])


@dataclass
class Ids(Column):
    """Text ids `<prefix><number>`, zero-padded to `width` digits; nearly all distinct. -1 is null."""

    prefix: str = ""
    width: int = 10

    def arrow(self) -> pa.Array:
        return id_texts(self.prefix, self.values, self.width)


@dataclass
class Words(Column):
    """Text out of a list: positions in `words`, -1 is null."""

    words: pa.Array = field(default_factory=lambda: pa.array([], pa.string()))

    def arrow(self) -> pa.Array:
        missing = self.values < 0
        index = pa.Array.from_buffers(pa.int32(), len(self.values), [_bitmap(~missing), pa.py_buffer(self.values.astype(np.int32).clip(0))])
        return pa.DictionaryArray.from_arrays(index, self.words, safe=False)


Frame = dict[str, Column]


def words(values: np.ndarray, texts: list[str] | pa.Array) -> Words:
    """Return a text column of positions in `texts`. Parquet needs each text of a word list once."""
    if isinstance(texts, list):
        distinct = list(dict.fromkeys(texts))
        place = {text: number for number, text in enumerate(distinct)}
        moved = np.array([place[text] for text in texts] + [-1])  # position -1 stays -1
        values, texts = moved[values], pa.array(distinct, pa.string())
    return Words(np.asarray(values), words=texts)


def stack(frames: list[Frame]) -> Frame:
    """Return the rows of several frames with the same columns and word lists, one after the other."""
    first = frames[0]
    stacked = {name: column.take(slice(0, 0)) for name, column in first.items()}
    for name, column in stacked.items():
        column.values = np.concatenate([frame[name].values for frame in frames])
    return stacked


def take(frame: Frame, rows: np.ndarray) -> Frame:
    """Return a frame with the given rows, in their order."""
    return {name: column.take(rows) for name, column in frame.items()}


def height(frame: Frame) -> int:
    """Return the number of rows of a frame."""
    return len(next(iter(frame.values())).values)


# The texts of 0000 to 9999, as bytes: numbers become text four digits at a time.
_FOUR_DIGITS = (np.arange(10_000)[:, None] // np.array([1000, 100, 10, 1]) % 10 + 48).astype(np.uint8)


def id_texts(prefix: str, numbers: np.ndarray, width: int) -> pa.Array:
    """Return `prefix` + zero-padded numbers as one Arrow text array, without a loop over rows."""
    rest = np.maximum(numbers, 0).astype(np.int64)
    head = len(prefix)
    text = np.empty((len(numbers), head + width), np.uint8)
    text[:, :head] = np.frombuffer(prefix.encode(), np.uint8)
    for end in range(head + width, head, -4):
        quotient = rest // 10_000
        start = max(end - 4, head)
        text[:, start:end] = _FOUR_DIGITS[rest - quotient * 10_000][:, start - end :]
        rest = quotient
    return _fixed_width(text, numbers >= 0)


_LETTERS = np.frombuffer(b"0123456789abcdefghjkmnpqrstvwxyz", np.uint8)


def opaque_texts(prefix: str, numbers: np.ndarray) -> pa.Array:
    """Return ids that look random, such as WeChat gives: ten letters after the prefix, one for each number.

    Multiplying by an odd constant and folding the high bits down are both one-to-one on 50 bits. The prefix
    shifts the numbers, so that the ids of one person share nothing that a join could use.
    """
    mask = np.uint64(2**50 - 1)
    shift = np.uint64(zlib.crc32(prefix.encode()) << 17)
    mixed = (numbers.astype(np.uint64) * np.uint64(0x2545F4914F6CDD1D) + shift) & mask
    mixed = ((mixed ^ (mixed >> np.uint64(25))) * np.uint64(0xD6E8FEB86659FD93)) & mask
    mixed ^= mixed >> np.uint64(25)
    places = np.arange(45, -1, -5, dtype=np.uint64)
    letters = _LETTERS[(mixed[:, None] >> places) & np.uint64(31)]
    head = np.broadcast_to(np.frombuffer(prefix.encode(), np.uint8), (len(numbers), len(prefix)))
    return _fixed_width(np.concatenate([head, letters], axis=1), np.ones(len(numbers), bool))


def _fixed_width(text: np.ndarray, valid: np.ndarray) -> pa.Array:
    """Return the rows of a byte matrix as Arrow texts."""
    rows, width = text.shape
    offsets = np.arange(rows + 1, dtype=np.int32) * width
    buffers = [_bitmap(valid), pa.py_buffer(offsets), pa.py_buffer(np.ascontiguousarray(text))]
    return pa.Array.from_buffers(pa.string(), rows, buffers)


def _bitmap(valid: np.ndarray) -> pa.Buffer | None:
    """Return Arrow's validity bits, None when nothing is null."""
    return None if valid.all() else pa.py_buffer(np.packbits(valid, bitorder="little"))
