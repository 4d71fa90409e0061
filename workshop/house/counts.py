"""Sizes of models and macros. A line is a line of the file, comments and empty ones included."""

from __future__ import annotations

import re
from statistics import median

from workshop.house.project import Project, code

WIDEST = 160
# A step of a `with`: its name, a parameter in place of it included, at the beginning of a line. `window w as (` is none.
CTE = re.compile(r"^\s*(?:with\s+(?:recursive\s+)?)?(?:\w|\{\{[^}]*\}\})+\s+as\s+(?:(?:not\s+)?materialized\s+)?\(", re.M)


def macro_share(project: Project) -> float:
    """Lines of all files of macros/ for each line of all SQL files of models/."""
    return round(_lines(project.macro_files) / _lines(project.models), 3)


def hidden_queries(project: Project) -> list[str]:
    """Macros that hold CTEs and have fewer than two callers: a query that one file uses is a model, and has a name in the lineage.

    A macro holds CTEs when a line of it, comments aside, begins `name as (`. A file that calls it more than once is one caller.
    """
    return [f"{macro.name} ({macro.file})" for macro in project.macros if CTE.search(code(macro.text)) and len(project.callers(macro)) < 2]


def longest(files: dict[str, str]) -> tuple[int, str]:
    """Lines of the longest file, and which it is."""
    return max((len(text.splitlines()), file) for file, text in files.items())


def median_model_lines(project: Project) -> float:
    """Half of the SQL files of models/ have at most so many lines."""
    return median(len(text.splitlines()) for text in project.models.values())


def wide_lines(project: Project) -> list[str]:
    """Lines of models and macros over 160 columns, as file:line."""
    files = project.models | project.macro_files
    return [f"{file}:{number}" for file, text in files.items() for number, line in enumerate(text.splitlines(), 1) if len(line) > WIDEST]


def _lines(files: dict[str, str]) -> int:
    return sum(len(text.splitlines()) for text in files.values())
