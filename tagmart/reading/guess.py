"""The encoding of cells that are not UTF-8: which candidate makes the likeliest text of them, or that nothing decides."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass
from math import log

from tagmart.reading.decoding import BEYOND
from tagmart.reading.plausible import PRIORS, UTF_8_PRIOR, log_chance

# e^3, twenty to one: what is said of a word of two characters should still be true of the next one.
DECIDED = 3.0
# Less likely than this, a byte, the best reading is no reading at all.
PLAUSIBLE = -8.2
# One broken cell among so many good ones does not speak against an encoding.
BROKEN_SHARE = 0.05
# More cells of UTF-8 than chance would make, in a file of another encoding: two systems wrote it, and it is UTF-8.
SURE_SHARE = 0.1
_BROKEN_BYTE = log(1e-6)
_USUAL = ("gb18030", "cp1252", "cp950")
# The others come seldom: they need so many characters beyond ASCII, else it may be a word of the usual ones.
_ENOUGH = {"cp932": 3, "cp949": 3, "cp1250": 6, "cp1251": 6}


@dataclass(frozen=True)
class Guess:
    """`codec`: the encoding, or none when no candidate reads plausibly; `rivals`: those among which nothing decides."""

    codec: str | None
    rivals: tuple[str, ...] = ()


def guess_encoding(cells: Collection[bytes]) -> Guess:
    """Guess how cells (bytes between delimiters, each with a byte beyond ASCII) are encoded."""
    # A mark of UTF-16 in the middle of a file is no text in any encoding.
    cells = [cell for cell in cells if any(0x7F < byte < 0xFE for byte in cell)]
    scores, texts = {}, {}
    for codec, prior in PRIORS.items():
        score, texts[codec] = _read(cells, codec)
        if score is not None:
            scores[codec] = score + prior
    ranked = sorted(scores, key=lambda codec: -scores[codec])
    if not cells or not ranked or scores[ranked[0]] / sum(map(len, cells)) < PLAUSIBLE:
        return Guess(None)
    best = ranked[0]
    rivals = [codec for codec in ranked[1:] if scores[best] - scores[codec] < DECIDED and texts[codec] != texts[best]]
    if rivals or sum(letter > "\x7f" for text in texts[best] for letter in text) < _ENOUGH.get(best, 0):
        return Guess(None, (best, *rivals))
    return Guess(best)


def is_utf_8_by_chance(cells: Collection[bytes]) -> bool:
    """Tell whether cells that are valid UTF-8 are likelier something else: 女装 in GBK is 'Ůװ' in UTF-8.

    Only a file with next to nothing beyond ASCII can be; a character of three bytes is never chance.
    """
    if not cells or len(cells) > 5 or any(byte >= 0xE0 for cell in cells for byte in cell):
        return False
    return not is_utf_8_with_faults(cells)


def is_utf_8_with_faults(cells: Collection[bytes]) -> bool:
    """Tell whether UTF-8, with what does not decode counted against it, is the likeliest encoding of cells."""
    if has_much_utf_8(cells):
        return True
    as_utf_8 = _read(cells, "utf-8", may_break=True)[0] + UTF_8_PRIOR
    others = [score + PRIORS[codec] for codec in _USUAL if (score := _read(cells, codec)[0]) is not None]
    has_any = any(_read([cell], "utf-8")[0] is not None for cell in cells)
    return has_any and as_utf_8 >= max(others, default=as_utf_8)


def has_much_utf_8(cells: Collection[bytes]) -> bool:
    """Tell whether more cells are surely UTF-8 than any other encoding would make by chance."""
    return sum(map(is_surely_utf_8, cells)) > SURE_SHARE * len(cells)


def is_surely_utf_8(cell: bytes) -> bool:
    """Tell whether a cell is UTF-8 with a character of three bytes or more: hardly ever by chance."""
    try:
        return max(cell.decode("utf-8"), default="") >= "\u0800"
    except UnicodeDecodeError:
        return False


def _read(cells: Collection[bytes], codec: str, may_break: bool = False) -> tuple[float | None, list[str]]:
    """The log-chance of all cells in a codec, or none when too many do not decode; and their texts."""
    score, texts, broken = 0.0, [], 0
    for cell in cells:
        try:
            text = cell.decode(codec, BEYOND)
        except UnicodeDecodeError:
            broken += 1
            score += _BROKEN_BYTE * _high_bytes([cell])
            continue
        texts.append(text)
        score += log_chance(text, codec)
    return (score if may_break or broken <= BROKEN_SHARE * len(cells) else None), texts


def _high_bytes(cells: Collection[bytes]) -> int:
    return sum(byte > 0x7F for cell in cells for byte in cell)
