"""How likely a text is in an encoding: the logarithm of a chance, comparable between encodings of the same bytes.

Detectors judge by long running text. A customer list has words: cities, names, states of orders, and often no more
than the word 备注 in the header. What decides there is how common each character is and who stands beside it.
"""

from __future__ import annotations

from collections.abc import Callable
from math import log

from tagmart.reading import common_characters as common

# Candidates in the order of how often shops send them: an even chance goes to the earlier one, by the prior.
PRIORS = {"gb18030": 0.0, "cp1252": 0.0, "cp950": -1.0, "cp932": -3.0, "cp1251": -4.0, "cp949": -5.0, "cp1250": -5.0}

_NEVER = log(1e-9)
_LATIN = set("àáâãäåæçèéêëìíîïñòóôõöøùúûüßœšžÀÁÂÃÄÅÆÇÈÉÊËÍÎÑÓÔÕÖØÙÚÛÜŒŠŽ")
_SIGNS = set("’“”–…€£°ºª²®™«»©·•´§½×")
_MIDDLE = set("ąćęłńóśźżĄĆĘŁŃÓŚŹŻáčďéěíňřšťúůýžÁČĎÉĚÍŇŘŠŤÚŮÝŽőűŐŰăâîşţĂÂÎŞŢäöüßÄÖÜôľĺŕ")
_PAIRS = set("çã çõ ée èe üß öß äß ßü íá áí óã éã ñó íñ éé áé ří ší ží čí ňá ůž áš éř ÇÃ ÇÕ áž íš ně íč ął ół ść ęś łó ęż".split())
_CYRILLIC_MOST = set("оеаинтсрвлкмдпуяыьгзбчйхжшюцОЕАИНТСРВЛКМДПУЯГЗБЧХЖШЮЦ")


def log_chance(text: str, codec: str) -> float:
    """Return the log-chance of a text (one cell, with something beyond ASCII in it) that `codec` decoded."""
    of_character = _OF_CODEC[codec]
    total = 0.0
    for before, character, after in zip(f" {text}", text, f"{text[1:]} ", strict=False):
        total += _ascii(character) if character < "\x80" else of_character(character, before, after)
    return total


def _ascii(character: str) -> float:
    """Not the same for all encodings: the second byte of a Chinese character may be one of ASCII."""
    if character.isalnum():
        return log(1 / 40) if character.isupper() else log(1 / 18)
    return log(1 / 12) if character == " " else log(1 / 300)


def _tiers(*tiers: tuple[str, float]) -> dict[str, float]:
    """`{character: log-chance}` of (characters, their share of all text); an earlier tier wins."""
    return {one: log(share / len(tier)) for tier, share in reversed(tiers) for one in tier}


def _codec_rows(codec: str, leads: range, trails: list[int]) -> str:
    found = (bytes((lead, trail)).decode(codec, "ignore") for lead in leads for trail in trails)
    return "".join(one for one in found if len(one) == 1)


_GB_TRAILS = list(range(0xA1, 0xFF))
_BIG5_TRAILS = [*range(0x40, 0x7F), *_GB_TRAILS]
_FULL_WIDTH = "，。、；：！？（）【】《》“”‘’—…·　￥％＋－／"
_SIMPLIFIED = _tiers(
    (common.SIMPLIFIED_MOST, 0.40),
    (common.SIMPLIFIED_OFTEN, 0.42),
    (_FULL_WIDTH, 0.04),
    (_codec_rows("gb18030", range(0xB0, 0xD8), _GB_TRAILS), 0.10),
    (_codec_rows("gb18030", range(0xD8, 0xF8), _GB_TRAILS), 0.02),
    (_codec_rows("gb18030", range(0xA1, 0xA4), _GB_TRAILS), 0.01),
)
_TRADITIONAL = _tiers(
    (common.TRADITIONAL_MOST, 0.40),
    (common.TRADITIONAL_OFTEN, 0.42),
    (_FULL_WIDTH, 0.04),
    (_codec_rows("cp950", range(0xA4, 0xC7), _BIG5_TRAILS), 0.10),
    (_codec_rows("cp950", range(0xC9, 0xFA), _BIG5_TRAILS), 0.02),
    (_codec_rows("cp950", range(0xA1, 0xA4), _BIG5_TRAILS), 0.01),
)
_KOREAN = _tiers(
    (common.HANGUL_OFTEN, 0.60),
    (_codec_rows("cp949", range(0xB0, 0xC9), _GB_TRAILS), 0.35),
    (_codec_rows("cp949", range(0xCA, 0xFE), _GB_TRAILS), 0.02),
)
_JAPANESE = _tiers(
    ("".join(map(chr, range(0x3041, 0x3094))) + "".join(map(chr, range(0x30A1, 0x30F7))) + "ー", 0.50),
    (_codec_rows("cp932", range(0x88, 0x99), _BIG5_TRAILS + list(range(0x80, 0xA1))), 0.40),
    (_FULL_WIDTH, 0.05),
    (_codec_rows("cp932", range(0x99, 0xA0), _BIG5_TRAILS + list(range(0x80, 0xA1))), 0.01),
)


def _wide(chances: dict[str, float]) -> Callable[[str, str, str], float]:
    def of_character(character: str, before: str, after: str) -> float:
        chance = chances.get(character, log(1e-7) if character.isalpha() and character < "\ue000" else _NEVER)
        # 'T恤' and 'M码' are words; 'PROMO敲O' is a letter of another encoding.
        inside_a_word = before.isascii() and before.isalpha() and after.isascii() and after.isalpha()
        return chance + (log(0.1) if inside_a_word else 0.0)

    return of_character


def _narrow(letters: set[str], signs: set[str]) -> Callable[[str, str, str], float]:
    def of_character(character: str, before: str, after: str) -> float:
        if not character.isalpha():
            chance = log(1 / 200) if character in signs else log(1 / 3000)
            inside_a_word = before.isalpha() and after.isalpha() and character != "’"
            return chance + (log(0.1) if inside_a_word else 0.0) if character.isprintable() or character in signs else _NEVER
        chance = log(1 / 40) if character in letters else log(1 / 1000)
        for pair in (before + character, character + after):
            if len(pair) == 2 and not pair[0].isascii() and not pair[1].isascii() and pair not in _PAIRS:
                chance += log(0.15)
        if not (before.isascii() and before.isalpha()) and not (after.isascii() and after.isalpha()):
            chance += log(0.1)
        if before.islower() and character.isupper() or character.islower() and after.isupper():
            chance += log(0.05)
        return chance

    return of_character


def _cyrillic(character: str, before: str, after: str) -> float:
    if not character.isalpha():
        return log(1 / 500) if character in "№«»–—…”“" else log(1e-5)
    chance = log(1 / 40) if character in _CYRILLIC_MOST else log(1 / 300)
    if character.isupper() and before.isalpha():
        chance += log(0.02) if before.islower() or before.isascii() else log(0.3)
    elif before.isascii() and before.isalpha():
        chance += log(0.02)
    return chance


_OF_CODEC = {
    "gb18030": _wide(_SIMPLIFIED), "cp950": _wide(_TRADITIONAL), "cp949": _wide(_KOREAN), "cp932": _wide(_JAPANESE),
    "cp1252": _narrow(_LATIN, _SIGNS), "cp1250": _narrow(_MIDDLE, _SIGNS), "cp1251": _cyrillic,
}  # fmt: skip
