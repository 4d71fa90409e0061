"""Line ends of a file in blocks: are they of one kind? DuckDB gives up on a file with several."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

_BLOCK_BYTES = 1 << 20


@dataclass
class LineEnds:
    """Counts of the bytes CR and LF and of the pair; a pair may lie across two blocks."""

    cr: int = 0
    lf: int = 0
    pairs: int = 0
    _last_is_cr: bool = False

    def count(self, block: bytes) -> None:
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
        if not self.cr or not self.lf or self.cr == self.lf == self.pairs:
            return False
        outside, is_quoted = LineEnds(), False
        with path.open("rb") as file:
            while block := file.read(_BLOCK_BYTES):
                if block.endswith(b"\r"):
                    block += file.read(1)
                pieces = block.split(b'"')
                for piece in pieces[1 if is_quoted else 0 :: 2]:
                    outside._last_is_cr = False
                    outside.count(piece)
                is_quoted ^= len(pieces) % 2 == 0
                kinds = (outside.pairs, outside.cr - outside.pairs, outside.lf - outside.pairs)
                if sum(kind > 0 for kind in kinds) > 1:
                    return True
        return False
