"""One pass over a delimited file: its encoding, and whether its line ends are of one kind. Nothing is held in memory."""

from __future__ import annotations

import codecs
import re
from collections.abc import Iterator
from dataclasses import dataclass
from itertools import islice
from pathlib import Path

from tagmart.reading.cells import cells_of
from tagmart.reading.codec_names import AUTO, codec_of, given_as, spoken
from tagmart.reading.guess import guess_encoding, has_much_utf_8, is_utf_8_by_chance, is_utf_8_with_faults
from tagmart.reading.line_ends import LineEnds
from tagmart.reading.problem import EMPTY, ReadingProblem

BLOCK_BYTES = 1 << 20
MARKS = {codecs.BOM_UTF8: "utf-8", codecs.BOM_UTF32_LE: "utf-32", codecs.BOM_UTF32_BE: "utf-32",
         codecs.BOM_UTF16_LE: "utf-16-le", codecs.BOM_UTF16_BE: "utf-16-be", b"\x84\x31\x95\x33": "gb18030"}  # fmt: skip
_CELLS_OF_A_BLOCK, _CELLS_IN_ALL = 300, 6000


@dataclass(frozen=True)
class Inspection:
    """`codec` of the file; `mark`: bytes of its byte order mark; `has_mixed_ends`: line ends of more than one kind."""

    codec: str
    mark: int = 0
    has_mixed_ends: bool = False


def inspect(path: Path, encoding: str = AUTO) -> Inspection:
    """Find out how a delimited file is written; `encoding` is what to read it in when it is no Unicode text.

    Raises ReadingProblem for a file without content and for one whose encoding nothing decides.
    """
    with path.open("rb") as file:
        head = file.read(BLOCK_BYTES)
    mark = next(mark for mark in (*MARKS, b"") if head.startswith(mark))
    codec = MARKS.get(mark) or _utf_16(head)
    if not head.removeprefix(mark).replace(b"\0", b"").strip():
        raise ReadingProblem(path, EMPTY)
    if codec not in (None, "utf-8"):
        return Inspection(codec, len(mark), True)
    if head[:4096].count(0) > len(head[:4096]) / 20:
        raise ReadingProblem(path, "is no text: export it again as CSV UTF-8")
    ends, cells, is_utf_8 = _scan(path)
    if is_utf_8 and not is_utf_8_by_chance(cells) or mark:
        return Inspection("utf-8", len(mark), ends.are_mixed(path))
    if encoding != AUTO:
        codec = "utf-8" if has_much_utf_8(cells) else _given(path, encoding)
    else:
        codec = "utf-8" if not is_utf_8 and is_utf_8_with_faults(cells) else _guessed(path, cells)
    return Inspection(codec, 0, ends.are_mixed(path))


def blocks_of(path: Path) -> Iterator[bytes]:
    """Yield the bytes of a file, a block at a time."""
    with path.open("rb") as file:
        yield from iter(lambda: file.read(BLOCK_BYTES), b"")


def _utf_16(head: bytes) -> str | None:
    """UTF-16 without a mark: zeros in every other byte only, and line ends or delimiters where they belong."""
    sample = head[:4096]
    even, odd = sample[::2].count(0), sample[1::2].count(0)
    for codec, zeros, others in (("utf-16-le", odd, even), ("utf-16-be", even, odd)):
        if zeros > len(sample) / 20 and not others:
            text = sample.decode(codec, "ignore")
            return codec if re.search("[\r\n,;\t|]", text) else None
    return None


def _scan(path: Path) -> tuple[LineEnds, set[bytes], bool]:
    """Read all of it: line ends, a sample of cells beyond ASCII from everywhere, and whether all is UTF-8."""
    ends, cells, is_utf_8 = LineEnds(), set(), True
    decoder = codecs.getincrementaldecoder("utf-8")()
    for number, block in enumerate(blocks_of(path)):
        ends.count(block)
        if block.isascii() and not decoder.getstate()[0]:
            continue
        if is_utf_8:
            is_utf_8 = _decodes(decoder, block)
        if len(cells) < (_CELLS_OF_A_BLOCK if is_utf_8 else _CELLS_IN_ALL):
            cells.update(islice(cells_of(block, number == 0, len(block) < BLOCK_BYTES), _CELLS_OF_A_BLOCK))
    return ends, cells, is_utf_8 and _decodes(decoder, b"", is_last=True)


def _decodes(decoder: codecs.IncrementalDecoder, block: bytes, is_last: bool = False) -> bool:
    try:
        decoder.decode(block, is_last)
    except UnicodeDecodeError:
        decoder.reset()
        return False
    return True


def _guessed(path: Path, cells: set[bytes]) -> str:
    guess = guess_encoding(cells)
    if guess.rivals:
        written, given = (" or ".join(map(name, guess.rivals)) for name in (spoken, given_as))
        which = "which" if len(guess.rivals) > 1 else "so"
        fault = f"may be in {written}, and too little in it says {which}: set raw_encoding to {given}, or save it as CSV UTF-8"
        raise ReadingProblem(path, fault)
    return guess.codec or "utf-8"


def _given(path: Path, encoding: str) -> str:
    codec = codec_of(encoding)
    if codec is None:
        raise ReadingProblem(path, f"cannot be read in '{encoding}', which is no encoding: give auto, gbk, big5 or another one")
    return codec
