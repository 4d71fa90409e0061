"""A YAML text whose mistakes are told with their line."""

from __future__ import annotations

from difflib import get_close_matches
from pathlib import Path

from tagmart.importers.problem import ImportProblem

WORDS = {str: "a text", list: "a list", dict: "a mapping", bool: "true or false"}


class Located:
    """The data of a YAML text beside its nodes, which know their lines."""

    def __init__(self, path: Path, root: object, data: object) -> None:
        self.path, self.root, self.data = path, root, data

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

    def keys(self, at: tuple, value: object, allowed: dict, needed: tuple) -> None:
        """Fail at a key that is not allowed, not of its type, or lacking."""
        if not isinstance(value, dict):
            self.fail(at, f"must be a mapping with {', '.join(needed)}")
        for key, item in value.items():
            self.known((*at, key), key, allowed, "key here")
            if not isinstance(item, allowed[key]):
                self.fail((*at, key), f"must be {WORDS[allowed[key]]}")
        for key in needed:
            if key not in value:
                self.fail(at, f"has no {key}")

    def known(self, at: tuple, name: object, known: object, what: str) -> None:
        """Fail at a name that is not among the known ones, with the one that may be meant."""
        if name in known:
            return
        close = get_close_matches(str(name), [str(item) for item in known], 1)
        meant = f", perhaps {close[0]} is meant" if close else f" (there are {', '.join(map(str, known))})"
        self.fail(at, f"is no {what}{meant}")
