"""Mistakes in a profile: one sentence with the line and the key."""

from __future__ import annotations

import re
from collections.abc import Callable
from difflib import get_close_matches
from pathlib import Path
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

from tagmart.contract import raw_contract
from tagmart.importers.exports.expressions import OPERATORS, fields_of, fields_of_tests
from tagmart.importers.problem import ImportProblem

TOP = {"title": str, "timezone": str, "files": dict, "tables": dict, "codes": dict, "personal": list, "nothing": list,
       "notes": list}
KIND = {"what": str, "needs": list, "columns": dict, "fill_down": list, "fields": dict}
RECIPE = {"from": str, "unless": str, "where": dict, "unpack": dict, "once_per": list, "over_files": bool, "columns": dict}
WORDS = {str: "a text", list: "a list", dict: "a mapping", bool: "true or false"}
UNPACKED = {"part", "part_of", "part_no"}


def is_zone(name: str) -> bool:
    """Whether a text names a time zone, such as Asia/Shanghai."""
    try:
        return bool(ZoneInfo(name))
    except (ValueError, OSError, ZoneInfoNotFoundError):
        return False


class Checked:
    """A profile's YAML beside its nodes, which know their lines."""

    def __init__(self, path: Path, root: object, data: object) -> None:
        self.path, self.root, self.data = path, root, data

    def profile(self) -> None:
        """Raise an ImportProblem at the first mistake."""
        self._keys((), self.data, TOP, ("timezone", "files", "tables"))
        self._zone()
        for name, kind in self.data["files"].items():
            self._keys(("files", name), kind, KIND, ("needs", "columns"))
            self._kind(("files", name), kind)
        for table, recipes in self.data["tables"].items():
            self._known(("tables", table), table, raw_contract(), "raw table")
            if not isinstance(recipes, list):
                self.fail(("tables", table), "must be a list of recipes (each begins with - from:)")
            for position, recipe in enumerate(recipes):
                at = ("tables", table, position)
                self._keys(at, recipe, RECIPE, ("from", "columns"))
                self._recipe(at, table, recipe)

    def fail(self, at: tuple, what: str) -> None:
        """Raise the sentence for the key at a path of keys and positions."""
        name = next((str(part) for part in reversed(at) if isinstance(part, str)), "the profile")
        raise ImportProblem(f"{self.path}, line {self._line(at)}: {name} {what}; docs/importers.md shows how.")

    def _line(self, at: tuple) -> int:
        node, line = self.root, 1
        for part in at:
            if isinstance(part, int) and hasattr(node, "value") and isinstance(node.value, list):
                node = node.value[part]
                line = node.start_mark.line + 1
                continue
            pair = next((pair for pair in node.value if pair[0].value == str(part)), None)
            if pair is None:
                break
            line, node = pair[0].start_mark.line + 1, pair[1]
        return line

    def _keys(self, at: tuple, value: object, allowed: dict, needed: tuple) -> None:
        if not isinstance(value, dict):
            self.fail(at, f"must be a mapping with {', '.join(needed)}")
        for key, item in value.items():
            self._known((*at, key), key, allowed, "key here")
            if not isinstance(item, allowed[key]):
                self.fail((*at, key), f"must be {WORDS[allowed[key]]}")
        for key in needed:
            if key not in value:
                self.fail(at, f"has no {key}")

    def _known(self, at: tuple, name: object, known: object, what: str) -> None:
        if name in known:
            return
        close = get_close_matches(str(name), [str(item) for item in known], 1)
        meant = f", perhaps {close[0]} is meant" if close else f" (there are {', '.join(map(str, known))})"
        self.fail(at, f"is no {what}{meant}")

    def _zone(self) -> None:
        if not is_zone(self.data["timezone"]):
            self.fail(("timezone",), f"{self.data['timezone']} is no time zone: write Asia/Shanghai, UTC or the like")

    def _kind(self, at: tuple, kind: dict) -> None:
        for name, spec in kind["columns"].items():
            here = (*at, "columns", name)
            is_like = isinstance(spec, dict) and set(spec) == {"like"}
            if not (isinstance(spec, list) and spec) and not is_like:
                self.fail(here, "must be a list of headers, or {like: pattern}")
            if is_like:
                self._pattern(here, spec["like"])
        for key in ("needs", "fill_down"):
            for name in kind.get(key, []):
                self._known((*at, key), name, kind["columns"], "field of this file")
        known = set(kind["columns"])
        for name, expression in kind.get("fields", {}).items():
            self._expression((*at, "fields", name), expression, known)
            known.add(name)

    def _recipe(self, at: tuple, table: str, recipe: dict) -> None:
        for key in ("from", "unless"):
            if key in recipe:
                self._known((*at, key), recipe[key], self.data["files"], "file of this profile")
        kind = self.data["files"][recipe["from"]]
        known = {*kind["columns"], *kind.get("fields", {}), *(UNPACKED if "unpack" in recipe else ())}
        if "unpack" in recipe:
            self._keys((*at, "unpack"), recipe["unpack"], {"field": str, "between": str}, ("field", "between"))
            self._known((*at, "unpack", "field"), recipe["unpack"]["field"], kind["columns"], "field of this file")
            self._pattern((*at, "unpack", "between"), recipe["unpack"]["between"])
        for name in recipe.get("once_per", ()):
            self._known((*at, "once_per"), name, known, "field of this file")
        for name in self._tried((*at, "where"), fields_of_tests, recipe.get("where", {})):
            self._known((*at, "where", name), name, known, "field of this file")
        for column, expression in recipe["columns"].items():
            here = (*at, "columns", column)
            self._known(here, column, raw_contract()[table]["columns"], f"column of {table}")
            self._expression(here, expression, known)

    def _expression(self, at: tuple, expression: object, known: set) -> None:
        for name in self._tried(at, fields_of, expression):
            self._known(at, name, known, f"known expression: {name} is no field of this file")
        for name in _word_lists(expression):
            self._known(at, name, self.data.get("codes", {}), f"known expression: {name} is no list under codes")

    def _tried(self, at: tuple, read: Callable[[object], list[str]], value: object) -> list[str]:
        try:
            return read(value)
        except ValueError as error:
            self.fail(at, f"{error}; the operators are {', '.join(OPERATORS)}")
            raise

    def _pattern(self, at: tuple, pattern: object) -> None:
        try:
            re.compile(str(pattern))
        except re.error as error:
            self.fail(at, f"is no pattern ({error})")


def _word_lists(expression: object) -> list[str]:
    if isinstance(expression, list):
        return [name for item in expression for name in _word_lists(item)]
    if not isinstance(expression, dict):
        return []
    own = [expression["code"]["words"]] if "code" in expression else []
    return own + [name for value in expression.values() for name in _word_lists(value)]
