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
class DrawnIds(Column):
    """Text ids that say nothing of the number they stand for, as a shop or WeChat gives them. -1 is null."""

    kind: str = ""

    def arrow(self) -> pa.Array:
        return drawn_ids(self.kind, self.values)


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


# Prefix, alphabet and length of each kind of drawn id, as the platforms give them.
_BASE32, _HEX, _DIGITS = (np.frombuffer(text, np.uint8) for text in (b"0123456789abcdefghjkmnpqrstvwxyz", b"0123456789abcdef", b"0123456789"))
ID_KINDS = {
    "customer_id": ("C", _DIGITS, 17),
    "order_id": ("", _DIGITS, 18),
    "refund_id": ("R", _DIGITS, 17),
    "event_id": ("", _HEX, 32),
    "unionid": ("o", _BASE32, 28),
    "openid": ("o", _BASE32, 28),
    "external_userid": ("wm", _BASE32, 32),
    "chat_id": ("wr", _BASE32, 32),
    "device_id": ("", _HEX, 32),
    "phone_hash": ("", _HEX, 64),
}
_MASK = np.uint64(2**50 - 1)


def drawn_ids(kind: str, numbers: np.ndarray) -> pa.Array:
    """Return ids that look random, one for each number from 0 to 2^50 - 1, null for -1; they do not rise with the numbers.

    Multiplying by an odd constant and folding the high bits down are both one-to-one on 50 bits. The kind shifts the
    numbers, so that the ids of one person share nothing that a join could use. What a kind is longer than 50 bits is
    drawn from those.
    """
    prefix, letters, length = ID_KINDS[kind]
    mixed = _mixed((numbers.astype(np.uint64) * np.uint64(0x2545F4914F6CDD1D) + np.uint64(zlib.crc32(kind.encode()) << 17)) & _MASK)
    base, text = np.uint64(len(letters)), np.empty((len(numbers), length), np.uint8)
    text[:, : len(prefix)] = np.frombuffer(prefix.encode(), np.uint8)
    rest, left = mixed, int(2**50 - 1)
    for place in range(len(prefix), length):
        if left == 0:
            mixed = _mixed((mixed + np.uint64(0x9E3779B97F4A7)) & _MASK)
            rest, left = mixed, int(2**50 - 1)
        text[:, place] = letters[rest % base]
        rest, left = rest // base, left // len(letters)
    return _fixed_width(text, numbers >= 0)


def _mixed(numbers: np.ndarray) -> np.ndarray:
    """Return other numbers of 50 bits, each from one of the numbers given."""
    mixed = ((numbers ^ (numbers >> np.uint64(25))) * np.uint64(0xD6E8FEB86659FD93)) & _MASK
    return mixed ^ (mixed >> np.uint64(25))


def _fixed_width(text: np.ndarray, valid: np.ndarray) -> pa.Array:
    """Return the rows of a byte matrix as Arrow texts."""
    rows, width = text.shape
    offsets = np.arange(rows + 1, dtype=np.int32) * width
    buffers = [_bitmap(valid), pa.py_buffer(offsets), pa.py_buffer(np.ascontiguousarray(text))]
    return pa.Array.from_buffers(pa.string(), rows, buffers)


def _bitmap(valid: np.ndarray) -> pa.Buffer | None:
    """Return Arrow's validity bits, None when nothing is null."""
    return None if valid.all() else pa.py_buffer(np.packbits(valid, bitorder="little"))
