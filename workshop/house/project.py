"""Models and macros as texts, and who calls a macro."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

COMMENT = re.compile(r"\{#.*?#\}|/\*.*?\*/|--[^\n]*", re.S)
MACRO = re.compile(r"\{%-?\s*macro\s+(\w+)\s*\(.*?\{%-?\s*endmacro\s*-?%\}", re.S)
JINJA = re.compile(r"\{\{.*?\}\}|\{%.*?%\}", re.S)


@dataclass(frozen=True)
class Macro:
    """One macro: `file` relative to the project, `text` with its comments."""

    name: str
    file: str
    text: str


class Project:
    """The SQL files under models/ and macros/ of a project, by their path relative to it."""

    def __init__(self, root: Path):
        self.models, self.macro_files = (
            {path.relative_to(root).as_posix(): path.read_text(encoding="utf-8") for path in sorted((root / folder).rglob("*.sql"))}
            for folder in ("models", "macros")
        )
        self.macros = [Macro(found[1], file, found[0]) for file, text in self.macro_files.items() for found in MACRO.finditer(text)]

    def callers(self, macro: Macro) -> list[str]:
        """The files whose Jinja calls a macro: models and macros, each file once, without the macro's own text.

        What `adapter.dispatch` calls (`default__name`, `duckdb__name`) has the callers of `name`.
        """
        call = re.compile(rf"(?<!\w){re.escape(macro.name.split('__', 1)[-1])}\s*\(")
        return [file for file, text in self._texts(macro) if any(call.search(block) for block in JINJA.findall(text))]

    def _texts(self, macro: Macro) -> Iterator[tuple[str, str]]:
        for file, text in (self.models | self.macro_files).items():
            rest = text.replace(macro.text, "") if file == macro.file else text
            yield file, re.sub(r"\{%-?\s*macro\s+\w+\s*\(", "{% (", code(rest))


def code(text: str) -> str:
    """A text without its comments."""
    return COMMENT.sub("", text)
