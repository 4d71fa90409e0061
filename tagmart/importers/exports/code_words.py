"""Words found in columns of codes, with the codes that they are known for."""

from __future__ import annotations

import csv
import re

from tagmart.contract import project_root, raw_contract
from tagmart.importers.exports.likeness import dictionary
from tagmart.importers.exports.profile import load_profile, profile_names

SYNONYMS = "seeds/code_synonyms.csv"
# The columns whose words a field's list of codes holds, as the seed names them, and the raw table that they are in.
COLUMNS = {"status": "status", "channel": "channel", "gender": "gender", "add_way": "add_way", "event_type": "event_type"}
TABLES = {"status": "orders", "channel": "orders", "gender": "customers", "add_way": "wecom_contacts", "event_type": "touchpoints"}


def proposed_codes(words: dict[str, list[str]]) -> tuple[dict[str, dict[str, list[str]]], dict[str, list[str]]]:
    """Return {list of codes: {code: words of the file}} and {list of codes: words that are unknown}.

    `words`: the words found in the column of each field.
    """
    codes: dict[str, dict[str, list[str]]] = {}
    told: dict[str, list[str]] = {}
    for field in dictionary()[0]:
        if not field.codes or field.name not in words:
            continue
        known = _known(field.codes)
        of_field = {word: known.get(_plain(word)) for word in words[field.name]}
        found = sorted({code for code in of_field.values() if code})
        codes[field.codes] = {code: [word for word, of in of_field.items() if of == code] for code in found}
        codes[field.codes] = codes[field.codes] or _an_example(field.codes)
        told[field.codes] = [word for word, code in of_field.items() if code is None]
    return codes, told


def _known(name: str) -> dict[str, str]:
    """Return {word: code} of the seed, the raw contract and the profiles that come with the package."""
    known: dict[str, str] = {}
    for profile in map(load_profile, profile_names()):
        for code, words in profile.codes.get(name, {}).items():
            known.update({_plain(word): code for word in (code, *words) if name != "gender" or profile.name != "wecom"})
    if name == "gender":
        known.update({"男": "male", "女": "female", "未知": "unknown", "m": "male", "f": "female"})
    # The same name in another table has other codes: what is said of a consent is no status of an order.
    codes = raw_contract()[TABLES[name]].get("codes", {}).get(name, {}).get("values", [])
    known.update({_plain(code): code for code in codes})
    path = project_root() / SYNONYMS
    if path.is_file():
        with path.open(encoding="utf-8", newline="") as file:
            rows = [row for row in csv.DictReader(file) if row["column_name"] == COLUMNS[name] and (not codes or row["code"] in codes)]
        known.update({_plain(row["word"]): row["code"] for row in rows})
    return known


def _an_example(name: str) -> dict[str, list[str]]:
    """With no known word the list still has to hold something."""
    known = _known(name)
    code = next(iter(known.values()), "other")
    return {code: [code]}


def _plain(word: str) -> str:
    return re.sub(r"[\W_]", "", word.lower())
