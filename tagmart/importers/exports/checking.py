"""Mistakes in a profile: one sentence with the line and the key."""

from __future__ import annotations

import re
from collections.abc import Callable
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

from tagmart.contract import raw_contract
from tagmart.importers.exports.expressions import OPERATORS, fields_of, fields_of_tests
from tagmart.importers.exports.located import Located

TOP = {"title": str, "timezone": str, "files": dict, "tables": dict, "codes": dict, "personal": list, "nothing": list, "notes": list}
KIND = {"what": str, "needs": list, "columns": dict, "fill_down": list, "fields": dict}
RECIPE = {"from": str, "unless": str, "where": dict, "unpack": dict, "once_per": list, "over_files": bool, "columns": dict}
RESERVED = {"file_no", "row_no", "part_no", "part", "part_of", "parts", "cell", "boxes", "box_no", "place", "line"}
UNPACKED = {"part", "part_of", "part_no"}


def is_zone(name: str) -> bool:
    """Whether a text names a time zone, such as Asia/Shanghai."""
    try:
        return bool(ZoneInfo(name))
    except (ValueError, OSError, ZoneInfoNotFoundError):
        return False


class Checked(Located):
    """A profile's YAML, checked key by key."""

    def profile(self) -> None:
        """Raise an ImportProblem at the first mistake."""
        self.keys((), self.data, TOP, ("timezone", "files", "tables"))
        self._zone()
        for name, kind in self.data["files"].items():
            self.keys(("files", name), kind, KIND, ("needs", "columns"))
            self._kind(("files", name), kind)
        for table, recipes in self.data["tables"].items():
            self.known(("tables", table), table, raw_contract(), "raw table")
            if not isinstance(recipes, list):
                self.fail(("tables", table), "must be a list of recipes (each begins with - from:)")
            for position, recipe in enumerate(recipes):
                at = ("tables", table, position)
                self.keys(at, recipe, RECIPE, ("from", "columns"))
                self._recipe(at, table, recipe)

    def _zone(self) -> None:
        if not is_zone(self.data["timezone"]):
            self.fail(("timezone",), f"{self.data['timezone']} is no time zone: write Asia/Shanghai, UTC or the like")

    def _kind(self, at: tuple, kind: dict) -> None:
        for key in ("columns", "fields"):
            for name in kind.get(key, {}):
                if name in RESERVED or not re.fullmatch(r"[A-Za-z]\w*", str(name)) or str(name).endswith("__"):
                    self.fail((*at, key, name), "cannot be the name of a field: take another one of letters, digits and _")
        for name, spec in kind["columns"].items():
            here = (*at, "columns", name)
            is_like = isinstance(spec, dict) and set(spec) == {"like"}
            if not (isinstance(spec, list) and spec) and not is_like:
                self.fail(here, "must be a list of headers, or {like: pattern}")
            if is_like:
                self._pattern(here, spec["like"])
        for key in ("needs", "fill_down"):
            for name in kind.get(key, []):
                self.known((*at, key), name, kind["columns"], "field of this file")
        known = set(kind["columns"])
        for name, expression in kind.get("fields", {}).items():
            self._expression((*at, "fields", name), expression, known)
            known.add(name)

    def _recipe(self, at: tuple, table: str, recipe: dict) -> None:
        for key in ("from", "unless"):
            if key in recipe:
                self.known((*at, key), recipe[key], self.data["files"], "file of this profile")
        kind = self.data["files"][recipe["from"]]
        known = {*kind["columns"], *kind.get("fields", {}), *(UNPACKED if "unpack" in recipe else ())}
        if "unpack" in recipe:
            self.keys((*at, "unpack"), recipe["unpack"], {"field": str, "between": str}, ("field", "between"))
            self.known((*at, "unpack", "field"), recipe["unpack"]["field"], kind["columns"], "field of this file")
            self._pattern((*at, "unpack", "between"), recipe["unpack"]["between"])
        for name in recipe.get("once_per", ()):
            self.known((*at, "once_per"), name, known, "field of this file")
        for name in self._tried((*at, "where"), fields_of_tests, recipe.get("where", {})):
            self.known((*at, "where", name), name, known, "field of this file")
        for column, expression in recipe["columns"].items():
            here = (*at, "columns", column)
            self.known(here, column, raw_contract()[table]["columns"], f"column of {table}")
            self._expression(here, expression, known)

    def _expression(self, at: tuple, expression: object, known: set) -> None:
        for name in self._tried(at, fields_of, expression):
            self.known(at, name, known, f"known expression: {name} is no field of this file")
        for name in _word_lists(expression):
            self.known(at, name, self.data.get("codes", {}), f"known expression: {name} is no list under codes")

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
