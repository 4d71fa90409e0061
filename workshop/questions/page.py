"""A page of questions: each with its picture, where it has one, and the first rows of its answer."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass
from decimal import Decimal
from pathlib import Path

from workshop.questions.asking import Answer
from workshop.questions.reading import Question

SHOWN = 10
PICTURES = Path("docs/pictures")
WRITTEN = """# {title}

<!-- Written by `python -m workshop questions` from {queries}, after a build of the sample brand; edit those. -->

Each question is a short query, asked of the sample brand as of {as_of_date}. On your own data, after a build: `dbt show --select NAME`.
{more}
"""


@dataclass(frozen=True)
class Page:
    """A folder of queries, the page made of it, its title and where to read on."""

    queries: Path
    file: Path
    title: str
    more: str


PAGES = [
    Page(
        Path("analyses/questions"),
        Path("docs/questions.md"),
        "Ten questions of operations",
        "What the lists are made of: [definitions](definitions.md). To take them away as files: [exports](exports.md).",
    ),
    Page(
        Path("analyses/management"),
        Path("docs/management.md"),
        "Questions of management",
        "What the measures mean, and when they say that there is not enough data: [measurement](measurement/channels.md).",
    ),
]


def text_of(page: Page, as_of_date: dt.date, asked: list[tuple[Question, Answer]]) -> str:
    """Return the Markdown of a page."""
    head = WRITTEN.format(title=page.title, queries=page.queries.as_posix(), as_of_date=as_of_date, more=page.more)
    return "\n".join([head, *(_answer(page, question, answer) for question, answer in asked)])


def _answer(page: Page, question: Question, answer: Answer) -> str:
    table = [answer.columns, ["---"] * len(answer.columns), *([_cell(value) for value in row] for row in answer.rows[:SHOWN])]
    count = len(answer.rows)
    rest = f"The first {SHOWN} of {count:,} rows." if count > SHOWN else "All rows." if count else "No row: nobody, on the sample."
    picture = [f"![{question.english}]({PICTURES.name}/{question.name}.svg)\n"] if question.picture else []
    return "\n".join(
        [
            f"## {question.number}. {question.english}\n",
            f"{question.chinese}\n",
            f"{question.reading} Query: [{question.name}](../{page.queries.as_posix()}/{question.name}.sql).\n",
            *picture,
            *(f"| {' | '.join(row)} |" for row in table),
            f"\n{rest}\n",
        ]
    )


def _cell(value: object) -> str:
    if value is None:
        return ""
    if isinstance(value, float | Decimal):
        return f"{value:,.2f}"
    if isinstance(value, int | dt.date):
        return str(value)
    return str(value).replace("|", "\\|")
