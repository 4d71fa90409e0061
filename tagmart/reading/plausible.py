"""How likely a text is in an encoding: the logarithm of a chance, comparable between encodings of the same bytes.

Detectors judge by long running text. A customer list has words: cities, names, states of orders, and often no more
than the word 备注 in the header. What decides there is how common each character is and who stands beside it.
"""

from __future__ import annotations

from collections.abc import Callable
from math import log

from tagmart.reading import character_chances as chances

# How often shops send an encoding, against the commonest. UTF-8 is asked about only where all of a file is UTF-8.
PRIORS = {"gb18030": 0.0, "cp1252": 0.0, "cp950": -1.0, "cp932": -3.0, "cp1251": -4.0, "cp949": -5.0, "cp1250": -5.0}
UTF_8_PRIOR = 3.0

_NEVER = log(1e-9)
_LATIN = set("àáâãäåæçèéêëìíîïñòóôõöøùúûüßœšžÀÁÂÃÄÅÆÇÈÉÊËÍÎÑÓÔÕÖØÙÚÛÜŒŠŽ")
_SIGNS = set("’“”–…€£°ºª²®™")
_MONEY = set("¥£€¢")
_MIDDLE = set("ąćęłńóśźżĄĆĘŁŃÓŚŹŻáčďéěíňřšťúůýžÁČĎÉĚÍŇŘŠŤÚŮÝŽőűŐŰăâîşţĂÂÎŞŢäöüßÄÖÜôľĺŕ")
_PAIRS = set("çã çõ ée èe üß öß äß ßü íá áí óã éã ñó íñ éé áé ří ší ží čí ňá ůž áš éř ÇÃ ÇÕ áž íš ně íč ął ół ść ęś łó ęż".split())
_CYRILLIC = set("оеаинтсрвлкмдпуяыьгзбчйхжшюцОЕАИНТСРВЛКМДПУЯГЗБЧХЖШЮЦ")


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


def _wide(table: dict[str, float]) -> Callable[[str, str, str], float]:
    def of_character(character: str, before: str, after: str) -> float:
        chance = table.get(character, log(1e-7) if character.isalpha() and character < "\ue000" else _NEVER)
        # 'T恤' and 'M码' are words; 'PROMO敲O' is a letter of another encoding.
        return chance + (log(0.1) if _is_latin(before) and _is_latin(after) else 0.0)

    return of_character


def _narrow(letters: set[str]) -> Callable[[str, str, str], float]:
    def of_character(character: str, before: str, after: str) -> float:
        if character == "\xa0" or _is_of_an_amount(character, before, after):
            return log(1 / 100)
        if not character.isalpha():
            chance = log(1 / 200) if character in _SIGNS else log(1 / 3000) if character.isprintable() else _NEVER
            return chance + (log(0.1) if before.isalpha() and after.isalpha() and character != "’" else 0.0)
        chance = log(1 / 40) if character in letters else log(1 / 1000)
        for pair in (before + character, character + after):
            if not pair.isascii() and pair[0] > "\x7f" < pair[1] and pair not in _PAIRS:
                chance += log(0.15)
        if not _is_latin(before) and not _is_latin(after):
            chance += log(0.1)
        if before.islower() and character.isupper() or character.islower() and after.isupper():
            chance += log(0.05)
        return chance

    return of_character


def _cyrillic(character: str, before: str, after: str) -> float:
    if not character.isalpha():
        return log(1 / 500) if character in "№«»–—…”“" else log(1e-5)
    chance = log(1 / 40) if character in _CYRILLIC else log(1 / 300)
    if character.isupper() and before.isalpha():
        chance += log(0.02) if before.islower() or before.isascii() else log(0.3)
    elif _is_latin(before):
        chance += log(0.02)
    return chance


def _utf_8(character: str, before: str, after: str) -> float:
    """A lone letter of two bytes, 'Ů' or 'װ', is what a Chinese character in GBK looks like; three bytes never do."""
    if character >= "\u0800":
        return max(table.get(character, log(1e-6)) for table in _TABLES)
    # '¥12.50' is an amount; the same bytes are '楼12.50' in GBK, where '3楼' would be a floor.
    if character == "¥" and not before.isalnum() and (after.isdigit() or after in " -"):
        return log(1 / 40)
    lone = 0.0 if before.isalpha() or after.isalpha() or _is_of_an_amount(character, before, after) else log(0.01)
    if character < "\u0250":
        return lone + _narrow(_LATIN)(character, before, after)
    if "\u0400" <= character < "\u0460":
        return lone + _cyrillic(character, before, after)
    is_word = any("\u0370" <= other < "\u0700" and other.isalpha() for other in (before, after))
    return lone + (log(1 / 40) if is_word and character.isalpha() else log(1e-5))


def _is_of_an_amount(character: str, before: str, after: str) -> bool:
    """In ¥12.50 the sign is no letter of another encoding: 楼 in GBK is the two bytes of ¥ in UTF-8, Ą in cp1250 its one of Latin-1."""
    return character in _MONEY and (after in "0123456789-" or (before in "0123456789" and character != "¥"))


def _is_latin(character: str) -> bool:
    return character.isascii() and character.isalpha()


_TABLES = (chances.SIMPLIFIED, chances.TRADITIONAL, chances.KOREAN, chances.JAPANESE)
_OF_CODEC = {
    "gb18030": _wide(chances.SIMPLIFIED), "cp950": _wide(chances.TRADITIONAL), "cp949": _wide(chances.KOREAN),
    "cp932": _wide(chances.JAPANESE), "cp1252": _narrow(_LATIN), "cp1250": _narrow(_MIDDLE), "cp1251": _cyrillic, "utf-8": _utf_8,
}  # fmt: skip
