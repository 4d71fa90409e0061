"""Cells beyond ASCII out of a block of a delimited file whose encoding is not known yet."""

from __future__ import annotations

import re
from collections.abc import Iterator

LONGEST_CELL = 2000
_HIGH = re.compile(rb"[\x80-\xff]")
# No part of a character in any of the encodings; a bar, say, can be the second half of one.
_LIMITS = b' ,;"\t\r\n\0'
_LIMIT = re.compile(b"[" + _LIMITS + b"]")


def cells_of(block: bytes) -> Iterator[bytes]:
    """Yield the pieces between delimiters that hold a byte beyond ASCII; half a piece at the end of a large block is left out."""
    end = 0
    while found := _HIGH.search(block, end):
        earliest = max(end, found.start() - LONGEST_CELL)
        start = 1 + max(block.rfind(limit, earliest, found.start()) for limit in map(bytes, zip(_LIMITS)))
        start = max(start, earliest)
        limit = _LIMIT.search(block, found.end(), start + LONGEST_CELL)
        end = limit.start() if limit else min(start + LONGEST_CELL, len(block))
        if limit or end == len(block) < 1 << 20:
            yield block[start:end]
