"""Cells beyond ASCII out of a block of a delimited file whose encoding is not known yet."""

from __future__ import annotations

import re
from collections.abc import Iterator

LONGEST_CELL = 2000
_HIGH = re.compile(rb"[\x80-\xff]")
# No part of a character in any of the encodings; a bar, say, can be the second half of one.
_LIMITS = [b" ", b",", b";", b'"', b"\t", b"\r", b"\n", b"\0"]
_LIMIT = re.compile(b"[" + b"".join(_LIMITS) + b"]")


def cells_of(block: bytes, is_first: bool, is_last: bool) -> Iterator[bytes]:
    """Yield the pieces between delimiters that hold a byte beyond ASCII; of a block inside a file, no half pieces."""
    end = 0
    while found := _HIGH.search(block, end):
        earliest = max(end, found.start() - LONGEST_CELL)
        start = max(earliest, 1 + max(block.rfind(limit, earliest, found.start()) for limit in _LIMITS))
        limit = _LIMIT.search(block, found.end(), start + LONGEST_CELL)
        end = limit.start() if limit else min(start + LONGEST_CELL, len(block))
        if (limit or (is_last and end == len(block))) and (is_first or start > 0):
            yield block[start:end]
