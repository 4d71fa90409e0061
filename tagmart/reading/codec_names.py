"""Names of encodings: which are known, which larger one is read for a smaller one, what people call them."""

from __future__ import annotations

import codecs

AUTO = "auto"
# Windows writes the larger one and calls it the smaller.
_SUPERSETS = {"gb2312": "gb18030", "gbk": "gb18030", "big5": "cp950", "shift_jis": "cp932", "euc_kr": "cp949"}
_SPOKEN = {
    "utf-8": "UTF-8", "utf-16-le": "UTF-16", "utf-16-be": "UTF-16", "utf-32": "UTF-32", "gb18030": "GB18030 (GBK)",
    "cp950": "Big5 (cp950)", "big5hkscs": "Big5 (HKSCS)", "cp1252": "Latin-1 (cp1252)", "cp1250": "Central European (cp1250)",
    "cp1251": "Cyrillic (cp1251)", "cp932": "Shift JIS (cp932)", "cp949": "Korean (cp949)",
}  # fmt: skip
# Text encodings of Python that no file of a shop is in.
_OTHER = {"idna", "punycode", "unicode_escape", "raw_unicode_escape", "undefined", "utf_7", "mbcs", "oem"}


def codec_of(name: str) -> str | None:
    """Return the Python codec that reads what is called `name` (`gbk` -> `gb18030`), or none for an unknown name."""
    try:
        info = codecs.lookup(name)
    except (LookupError, ValueError):
        return None
    if not info._is_text_encoding or info.name.replace("-", "_") in _OTHER:
        return None
    return _SUPERSETS.get(info.name, "utf-8" if info.name == "utf-8-sig" else info.name)


def spoken(codec: str) -> str:
    """Return what people call a codec."""
    return _SPOKEN.get(codec, codec)


def given_as(codec: str) -> str:
    """Return a codec as people write it into var raw_encoding."""
    return {"cp950": "big5", "gb18030": "gbk"}.get(codec, codec)
