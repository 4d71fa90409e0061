"""Which field a header means: words of a dictionary, compared without case, width, spaces and punctuation."""

from __future__ import annotations

from dataclasses import dataclass
from difflib import SequenceMatcher
from functools import cache
from pathlib import Path

import yaml

from tagmart.importers.exports.headers import plain

SURE, LIKELY = 1.0, 0.8


@dataclass(frozen=True)
class Field:
    """A field of the dictionary: the raw columns it feeds (as table.column), how, its list of codes, its words."""

    name: str
    columns: tuple[str, ...]
    by: str | None
    codes: str | None
    words: tuple[str, ...]


@cache
def dictionary() -> tuple[tuple[Field, ...], tuple[str, ...]]:
    """Return the fields and the headers of names and addresses."""
    data = yaml.safe_load((Path(__file__).parent / "header_words.yml").read_text(encoding="utf-8"))
    fields = [Field(name, tuple(spec["in"]), spec.get("as"), spec.get("codes"), tuple(map(str, spec["words"]))) for name, spec in data["fields"].items()]
    return tuple(fields), tuple(data["personal"])


def likeness(header: str, word: str) -> float:
    """Return how alike a header and a word are, 0 to 1; 1 is the same."""
    one, other = plain(header), plain(word)
    if not one or not other:
        return 0.0
    if one == other:
        return SURE
    short, long = sorted((one, other), key=len)
    is_telling = len(short) >= (2 if not short.isascii() else 4)
    if is_telling and (long.endswith(short) or long.startswith(short)):
        return LIKELY + 0.19 * len(short) / len(long)
    return 0.99 * SequenceMatcher(None, one, other).ratio()


def matched(headers: list[str]) -> tuple[dict[str, tuple[str, float, str]], list[str]]:
    """Return {field: (its header, how sure, the word it is like)}, and the headers of names and addresses.

    Each header goes to one field and each field has one header: the surest pair first, then the order of the dictionary.
    """
    fields, personal = dictionary()
    people = [header for header in headers if max((likeness(header, word) for word in personal), default=0) == SURE]
    pairs = []
    for place, field in enumerate(fields):
        for header in headers:
            score, position, word = max((likeness(header, word), -position, word) for position, word in enumerate(field.words))
            if score >= LIKELY and header not in people:
                pairs.append((-score, place, -position, headers.index(header), header, field.name, word))
    found: dict[str, tuple[str, float, str]] = {}
    taken: set[str] = set()
    for score, _, _, _, header, name, word in sorted(pairs):
        if header not in taken and name not in found:
            found[name] = (header, -score, word)
            taken.add(header)
    return found, people
