"""The encoding of cells that are not UTF-8: which candidate makes the likeliest text of them, or that nothing decides."""

from __future__ import annotations

import re
from collections.abc import Collection
from dataclasses import dataclass
from math import log

from tagmart.reading.plausible import PRIORS, log_chance

# e^3, twenty to one: what is said of a word of two characters should still be true of the next one.
DECIDED = 3.0
# Less likely than this, a byte, the best reading is no reading at all.
PLAUSIBLE = -6.5
# One broken cell among so many good ones does not speak against an encoding.
BROKEN_SHARE = 0.05
_BROKEN_BYTE = log(1e-6)
_HIGH_BYTES = re.compile(rb"[\x80-\xff]")


@dataclass(frozen=True)
class Guess:
    """`codec`: the encoding, or none when no candidate reads plausibly; `rivals`: those among which nothing decides."""

    codec: str | None
    rivals: tuple[str, ...] = ()


def guess_encoding(cells: Collection[bytes]) -> Guess:
    """Guess how cells (bytes between delimiters, each with a byte beyond ASCII) are encoded."""
    size = sum(map(len, cells))
    scores, texts = {}, {}
    for codec, prior in PRIORS.items():
        score, decoded = _read(cells, codec)
        if score is not None:
            scores[codec], texts[codec] = score + prior, decoded
    ranked = sorted(scores, key=lambda codec: -scores[codec])
    if not ranked or scores[ranked[0]] / size < PLAUSIBLE:
        return Guess(None)
    best = ranked[0]
    rivals = [codec for codec in ranked[1:] if scores[best] - scores[codec] < DECIDED and texts[codec] != texts[best]]
    return Guess(None, (best, *rivals)) if rivals else Guess(best)


def _read(cells: Collection[bytes], codec: str) -> tuple[float | None, list[str]]:
    """The log-chance of all cells in a codec, or none when too many do not decode; and their texts."""
    score, texts, broken = 0.0, [], 0
    for cell in cells:
        try:
            text = cell.decode(codec)
        except UnicodeDecodeError:
            broken += 1
            score += _BROKEN_BYTE * len(_HIGH_BYTES.findall(cell))
            continue
        texts.append(text)
        score += log_chance(text, codec)
    return (None if broken > BROKEN_SHARE * len(cells) else score), texts
