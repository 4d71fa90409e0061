"""docs/questions.md and docs/management.md: each query says what it asks, in two languages, and the page shows what it answers."""

from __future__ import annotations

import datetime as dt
import re

import click
import duckdb
import pytest
from dbt_calls import PROJECT

from workshop.questions.asking import Answer, ask, check_order
from workshop.questions.command import is_fresh
from workshop.questions.page import PAGES, PICTURES, Page, text_of
from workshop.questions.pictures import svg
from workshop.questions.reading import Picture, Question, questions

ASKED = {page.queries.name: questions(PROJECT / page.queries) for page in PAGES}
NUMBERS = {"questions": range(1, 11), "management": range(1, 21)}
OF_OPERATIONS = PAGES[0]
QUERY = "{#-\n  7. Who, and\\why?\n  7. 谁？\n  Each row is\n  a customer.\n\n      dbt show --select who\n-#}\n\nselect 1\n"


@pytest.mark.parametrize("page", PAGES, ids=lambda page: page.file.stem)
def test_each_is_short_asked_in_both_languages_and_on_the_page(page):
    asked, text_of_page = ASKED[page.queries.name], (PROJECT / page.file).read_text(encoding="utf-8")
    assert [question.number for question in asked] == list(NUMBERS[page.queries.name])
    for question in asked:
        text = (PROJECT / page.queries / f"{question.name}.sql").read_text(encoding="utf-8")
        assert len(text.splitlines()) <= 30 and f"      dbt show --select {question.name}" in text
        assert question.english.endswith("?") and question.chinese.endswith("？") and re.search(r"[\u4e00-\u9fff]", question.chinese)
        assert question.reading.startswith("Each row is ") or (page == OF_OPERATIONS and question.number in (2, 5))
        for shown in (f"## {question.number}. {question.english}\n", f"\n{question.chinese}\n", f"\n{question.reading} Query: [{question.name}](../"):
            assert shown in text_of_page, f"{page.file} is stale: run python -m workshop questions after make build."
        assert (f"]({PICTURES.name}/{question.name}.svg)\n" in text_of_page) == (question.picture is not None)
    assert text_of_page.count("\n## ") == len(asked)


def test_every_question_of_management_has_its_picture():
    drawn = {question.name for question in ASKED["management"] if question.picture}
    assert drawn == {question.name for question in ASKED["management"]}
    assert {path.stem for path in (PROJECT / PICTURES).glob("*.svg")} == drawn


def test_queries_read_only_what_is_public(workshop):
    """What people copy must not break when a private model changes."""
    manifest = workshop.manifest()
    folders = tuple(f"{page.queries.as_posix()}/" for page in PAGES)
    asked = [node for node in manifest["nodes"].values() if node["original_file_path"].startswith(folders)]
    assert {node["name"] for node in asked} == {question.name for of_folder in ASKED.values() for question in of_folder}
    read = {key for node in asked for key in node["depends_on"]["nodes"] if key.startswith("model.")}
    assert read and [key for key in read if manifest["nodes"][key]["access"] != "public"] == []


ROWS = "with rows as (select * from (values (1, 1), (1, 2), (2, 1)) as t(a, b)) select a as first, b from rows"


def test_an_order_that_leaves_two_rows_alike_is_named():
    """Such rows come out as the engine likes, and the page would change from build to build."""
    with duckdb.connect() as connection:
        check_order(connection, "who", f"{ROWS} order by first, rows.b desc")
        check_order(connection, "who", "select 1 as a union all select 2 as a order by a")
        with pytest.raises(click.ClickException, match=r"who\.sql leaves 2 rows alike \(2\)"):
            check_order(connection, "who", f"{ROWS} order by first + 1 desc")
        with pytest.raises(click.ClickException, match=r"who\.sql has no order"):
            check_order(connection, "who", ROWS)


def test_the_opening_comment_is_read(tmp_path):
    (tmp_path / "who.sql").write_text(QUERY, encoding="utf-8")
    assert questions(tmp_path) == [Question(7, "Who, and\\why?", "谁？", "Each row is a customer.", "who")]


@pytest.mark.parametrize("fault", [("  7. 谁？", "  8. 谁？"), ("  7. 谁？\n", ""), ("{#-", "--"), ("  Each row is\n  a customer.\n", "")])
def test_a_comment_of_another_shape_is_named(tmp_path, fault):
    (tmp_path / "who.sql").write_text(QUERY.replace(*fault), encoding="utf-8")
    with pytest.raises(click.ClickException, match=r"who\.sql does not open with its number"):
        questions(tmp_path)


def test_the_last_line_of_the_comment_asks_for_a_picture(tmp_path):
    (tmp_path / "who.sql").write_text(QUERY.replace("\n-#}", "\n  picture: interval x=a y=b low=c high=d\n-#}"), encoding="utf-8")
    (question,) = questions(tmp_path)
    assert question.picture == Picture("interval", {"x": "a", "y": "b", "low": "c", "high": "d"}) and question.reading == "Each row is a customer."


@pytest.mark.parametrize("words", ["", "pie x=a y=b", "bar x=a", "bar x=a y=", "bar x=a y=b z=c", "interval x=a y=b low=c", "heat x=a y=b"])
def test_a_picture_that_nobody_can_draw_is_named(tmp_path, words):
    (tmp_path / "who.sql").write_text(QUERY.replace("\n-#}", f"\n  picture: {words}\n-#}}"), encoding="utf-8")
    with pytest.raises(click.ClickException, match=r"who\.sql asks for a picture that is none"):
        questions(tmp_path)


@pytest.mark.parametrize(("rows", "said"), [(0, "No row: nobody, on the sample."), (10, "All rows."), (1234, "The first 10 of 1,234 rows.")])
def test_the_page_shows_ten_rows_and_says_how_many_there_are(rows, said):
    question = Question(7, "Who?", "谁？", "Read it.", "who", Picture("bar", {"x": "place", "y": "share"}))
    sql = f"select range + 1 as place, 1.5e0 as share, null as nothing, cast(2 as decimal(9, 4)) as amount, 'a|b' as text from range({rows}) order by place"
    with duckdb.connect() as connection:
        answer = ask(connection, question, sql)
    text = text_of(OF_OPERATIONS, dt.date(2025, 6, 30), [(question, answer)])
    assert "as of 2025-06-30" in text and "## 7. Who?\n\n谁？\n\nRead it. Query: [who](../analyses/questions/who.sql).\n" in text
    assert "\n![Who?](pictures/who.svg)\n\n| place | share | nothing | amount | text |\n| --- | --- | --- | --- | --- |\n" in text
    assert text.count("| 1.50 |  | 2.00 | a\\|b |\n") == min(rows, 10) and text.endswith(f"\n\n{said}\n")


def test_a_picture_is_stale_when_a_bar_or_a_word_is_another(tmp_path):
    """Not when a word stands a hair beside, as it does in another version of matplotlib."""
    question = Question(1, "What?", "什么？", "Each row is one.", "what", Picture("bar", {"x": "part", "y": "count"}))
    drawn = svg(question, Answer(["part", "count"], [("a", 100), ("b", 40)]))
    path = tmp_path / "what.svg"
    assert not is_fresh(path, drawn)
    path.write_text(drawn, encoding="utf-8")
    assert is_fresh(path, drawn) and is_fresh(path, re.sub(r'(<text [^>]* y=")(\d+)', r"\g<1>9\g<2>", drawn))
    assert not is_fresh(path, svg(question, Answer(["part", "count"], [("a", 100), ("b", 41)])))
    assert not is_fresh(path, svg(question, Answer(["part", "count"], [("a", 100), ("c", 40)])))
    (tmp_path / "page.md").write_text("old", encoding="utf-8")
    assert is_fresh(tmp_path / "page.md", "old") and not is_fresh(tmp_path / "page.md", "new")


def test_without_a_picture_the_page_shows_none():
    page = Page(OF_OPERATIONS.queries, OF_OPERATIONS.file, "Title", "More.")
    text = text_of(page, dt.date(2025, 6, 30), [(Question(7, "Who?", "谁？", "Read it.", "who"), Answer(["a"], [(1,)]))])
    assert text.startswith("# Title\n") and "![" not in text
