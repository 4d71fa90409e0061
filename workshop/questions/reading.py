"""What a query asks, read from the comment that it opens with."""

from __future__ import annotations

import re
from dataclasses import dataclass
from pathlib import Path

import click

KINDS = ("bar", "line", "waterfall", "interval", "heat")
NEEDED = {"interval": ("low", "high"), "heat": ("series",)}
COMMENT = re.compile(r"\{#-\n  (?P<number>\d+)\. (?P<english>.+)\n  (?P=number)\. (?P<chinese>.+)\n(?P<reading>(?:  (?!picture:)\S.*\n)+)")
PICTURE = re.compile(r"^  picture:(?P<words>.*)\n-#\}", re.MULTILINE)


@dataclass(frozen=True)
class Picture:
    """How an answer is drawn: a kind of KINDS, and columns of the query by what they are for (x, y, series, low, high)."""

    kind: str
    columns: dict[str, str]


@dataclass(frozen=True)
class Question:
    """One query: its number, the question in both languages, how to read the answer, the name of its file without .sql, its picture."""

    number: int
    english: str
    chinese: str
    reading: str
    name: str
    picture: Picture | None = None


def questions(folder: Path) -> list[Question]:
    """Return what each query of a folder asks, by number; a ClickException names a query whose comment is of another shape."""
    found = []
    for path in sorted(folder.glob("*.sql")):
        text = path.read_text(encoding="utf-8")
        said = COMMENT.match(text)
        if said is None:
            raise click.ClickException(f"{path} does not open with its number and question in English, then in Chinese, then how to read the answer.")
        reading = " ".join(said["reading"].split())
        found.append(Question(int(said["number"]), said["english"], said["chinese"], reading, path.stem, picture(path, text)))
    return sorted(found, key=lambda question: (question.number, question.name))


def picture(path: Path, text: str) -> Picture | None:
    """Return the picture that the last line of the comment asks for; None without one, a ClickException for one that nobody can draw."""
    said = PICTURE.search(text.partition("-#}")[0] + "-#}")
    if said is None:
        return None
    kind, *pairs = said["words"].split() or [""]
    columns = dict(pair.partition("=")[::2] for pair in pairs)
    wanted = {"x", "y", *NEEDED.get(kind, ())}
    if kind not in KINDS or not wanted <= set(columns) <= {"x", "y", "series", "low", "high"} or not all(columns.values()):
        raise click.ClickException(
            f"{path} asks for a picture that is none: write picture: {'|'.join(KINDS)} x=<column> y=<column>, for an interval low= and high=, for heat series=."
        )
    return Picture(kind, columns)
