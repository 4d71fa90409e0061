"""How often each character stands in the texts of a language: `{character: log-chance}`, a table a language."""

from __future__ import annotations

from math import log

from tagmart.reading import common_characters as common

_FULL_WIDTH = "，。、；：！？（）【】《》“”‘’—…·　￥％＋－／"
_GB_TRAILS = list(range(0xA1, 0xFF))
_BIG5_TRAILS = [*range(0x40, 0x7F), *_GB_TRAILS]
_JIS_TRAILS = [*range(0x40, 0x7F), *range(0x80, 0xFD)]


def _tiers(*tiers: tuple[str, float]) -> dict[str, float]:
    """Of (characters, their share of all text); an earlier tier wins."""
    return {one: log(share / len(tier)) for tier, share in reversed(tiers) for one in tier}


def _rows(codec: str, leads: range, trails: list[int]) -> str:
    """The characters of a codec by their first and second bytes: its makers put the common ones into rows of their own."""
    found = (bytes((lead, trail)).decode(codec, "ignore") for lead in leads for trail in trails)
    return "".join(one for one in found if len(one) == 1)


SIMPLIFIED = _tiers(
    (common.SIMPLIFIED_MOST, 0.40),
    (common.SIMPLIFIED_OFTEN, 0.42),
    (_FULL_WIDTH, 0.04),
    (_rows("gb18030", range(0xB0, 0xD8), _GB_TRAILS), 0.10),
    (_rows("gb18030", range(0xD8, 0xF8), _GB_TRAILS), 0.02),
    (_rows("gb18030", range(0xA1, 0xA4), _GB_TRAILS), 0.01),
)
TRADITIONAL = _tiers(
    (common.TRADITIONAL_MOST, 0.40),
    (common.TRADITIONAL_OFTEN, 0.42),
    (_FULL_WIDTH, 0.04),
    (_rows("cp950", range(0xA4, 0xC7), _BIG5_TRAILS), 0.10),
    (_rows("cp950", range(0xC9, 0xFA), _BIG5_TRAILS), 0.02),
    (_rows("cp950", range(0xA1, 0xA4), _BIG5_TRAILS), 0.01),
)
KOREAN = _tiers(
    (common.HANGUL_OFTEN, 0.60),
    (_rows("cp949", range(0xB0, 0xC9), _GB_TRAILS), 0.35),
    (_rows("cp949", range(0xCA, 0xFE), _GB_TRAILS), 0.02),
)
JAPANESE = _tiers(
    ("".join(map(chr, range(0x3041, 0x3094))) + "".join(map(chr, range(0x30A1, 0x30F7))) + "ー", 0.50),
    (_rows("cp932", range(0x88, 0x99), _JIS_TRAILS), 0.40),
    (_FULL_WIDTH, 0.05),
    (_rows("cp932", range(0x99, 0xA0), _JIS_TRAILS), 0.01),
)
