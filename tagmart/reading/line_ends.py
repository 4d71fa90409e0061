"""Line ends of a file in blocks: are they of one kind? DuckDB gives up on a file with several."""

from __future__ import annotations

import re
from dataclasses import dataclass
from pathlib import Path

_BLOCK_BYTES = 1 << 20
_PAIR, _CR, _LF = re.compile(rb"\r\n"), re.compile(rb"\r(?!\n)"), re.compile(rb"(?<!\r)\n")


@dataclass
class LineEnds:
    """Counts of the bytes CR and LF and of the pair; a pair may lie across two blocks."""

    cr: int = 0
    lf: int = 0
    pairs: int = 0
    _last_is_cr: bool = False

    def count(self, block: bytes) -> None:
        """Count what is in the next block of the file."""
        cr = block.count(b"\r")
        self.lf += block.count(b"\n")
        if self._last_is_cr and block.startswith(b"\n"):
            self.pairs += 1
        if cr:
            self.cr += cr
            self.pairs += block.count(b"\r\n")
        self._last_is_cr = block.endswith(b"\r")

    def are_mixed(self, path: Path) -> bool:
        """True when more than one kind stands outside quotes in the counted file at `path`; inside, a cell has lines."""
        counts = {_PAIR: self.pairs, _CR: self.cr - self.pairs, _LF: self.lf - self.pairs}
        kinds = sorted((kind for kind, count in counts.items() if count), key=counts.__getitem__)
        outside = 0
        for left, kind in zip(range(len(kinds), 0, -1), kinds):
            # The rarest first: mostly it is all inside quotes, and there is no other question.
            if outside + left < 2:
                return False
            outside += _stands_outside_quotes(path, kind)
        return outside > 1


def _stands_outside_quotes(path: Path, end: re.Pattern[bytes]) -> bool:
    quotes = 0
    with path.open("rb") as file:
        while block := file.read(_BLOCK_BYTES):
            if block.endswith(b"\r"):
                block += file.read(1)
            counted = 0
            for found in end.finditer(block):
                quotes += block.count(b'"', counted, found.start())
                counted = found.start()
                if quotes % 2 == 0:
                    return True
            quotes += block.count(b'"', counted)
    return False
