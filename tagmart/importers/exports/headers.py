"""Headers of exports, and the fields of a kind that they are."""

from __future__ import annotations

import re
import unicodedata

from tagmart.importers.exports.profile import Kind


def plain(header: str) -> str:
    """Return a header without what differs between exports: case, width, spaces, punctuation."""
    text = unicodedata.normalize("NFKC", header).lower()
    return "".join(c for c in text if c.isalnum() or c in "#$%")


def places_of(kind: Kind, headers: list[str]) -> dict[str, list[int]]:
    """Return which columns, counted from 0, each field of a kind is read from; a field without one is left out."""
    at: dict[str, int] = {}
    for place, header in enumerate(headers):
        at.setdefault(plain(header), place)
    found = {}
    for name, spec in kind.columns.items():
        if isinstance(spec, dict):
            places = [p for p, header in enumerate(headers) if re.search(spec["like"], header.strip(), re.IGNORECASE)]
        else:
            places = [at[plain(header)] for header in spec if plain(header) in at]
        if places:
            found[name] = places
    return found
