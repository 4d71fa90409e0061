"""`python -m workshop questions` writes the pages of questions and their pictures; `--check` says whether one is stale instead.

It asks the database of `make build`. A query opens with a comment: its number and the question in English, the same in Chinese, how
to read the answer, and as its last line the picture that suits it, if one does.
"""

from __future__ import annotations

import sys
from pathlib import Path

import click

from tagmart.database import built_database, database_option
from workshop.questions.asking import ask, compile_queries
from workshop.questions.page import PAGES, PICTURES, Page, text_of
from workshop.questions.pictures import svg, without_places
from workshop.questions.reading import questions


@click.command("questions", context_settings={"help_option_names": ["-h", "--help"]})
@click.option("--check", is_flag=True, help="Write nothing; fail when a page or a picture is not what would be written.")
@database_option
def questions_command(check: bool, database: Path) -> None:
    """Write docs/questions.md and docs/management.md: each question with the first rows of its answer on the sample brand, and its picture."""
    with built_database(database):  # dbt would make an empty one
        pass
    texts = {}
    for page in PAGES:
        texts |= written(page, database)
    left = sorted(set(PICTURES.glob("*.svg")) - set(texts))
    if check:
        stale = [str(path) for path, text in texts.items() if not is_fresh(path, text)]
        if stale := stale + [f"{path} (of no question)" for path in left]:
            sys.exit(f"Stale: {', '.join(stale)}. Run python -m workshop questions after make build, and commit what it wrote.")
        return
    for path in left:
        path.unlink()
    PICTURES.mkdir(exist_ok=True)
    for path, text in texts.items():
        if not is_fresh(path, text):
            path.write_text(text, encoding="utf-8")


def is_fresh(path: Path, text: str) -> bool:
    """Whether a file holds this text already; of a picture, with its texts at about the same places."""
    if not path.exists():
        return False
    held = path.read_text(encoding="utf-8")
    return without_places(held) == without_places(text) if path.suffix == ".svg" else held == text


def written(page: Page, database: Path) -> dict[Path, str]:
    """Return what a page and its pictures are to hold: file -> text."""
    asked = questions(page.queries)
    compiled = compile_queries(page.queries, database, Path("target/questions"))
    with built_database(database) as connection:
        as_of_date = connection.execute("select max(as_of_date) from intermediate.int_as_of_dates").fetchall()[0][0]
        answered = [(question, ask(connection, question, compiled[question.name])) for question in asked]
    pictures = {PICTURES / f"{question.name}.svg": svg(question, answer) for question, answer in answered if question.picture}
    return {page.file: text_of(page, as_of_date, answered), **pictures}
