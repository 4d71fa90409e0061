"""docs/questions.md: each query says what it asks, in two languages, and the page shows what it answers."""

from __future__ import annotations

import re

import click
import duckdb
import pytest
from dbt_calls import PROJECT

from workshop import questions

FOLDER = PROJECT / questions.QUERIES
PAGE = (PROJECT / questions.PAGE).read_text(encoding="utf-8")
ASKED = questions.questions(FOLDER)
QUERY = "{#-\n  7. Who, and\\why?\n  7. 谁？\n  Each row is\n  a customer.\n\n      dbt show --select who\n-#}\n\nselect 1\n"


def test_there_are_ten_and_each_is_short_asked_in_both_languages_and_on_the_page():
    assert [question.number for question in ASKED] == list(range(1, 11))
    for question in ASKED:
        text = (FOLDER / f"{question.name}.sql").read_text(encoding="utf-8")
        assert len(text.splitlines()) <= 30 and f"      dbt show --select {question.name}" in text
        assert question.english.endswith("?") and question.chinese.endswith("？") and re.search(r"[\u4e00-\u9fff]", question.chinese)
        assert question.reading.startswith("Each row is ") or question.number in (2, 5)
        for shown in (f"## {question.number}. {question.english}\n", f"\n{question.chinese}\n", f"\n{question.reading} Query: [{question.name}](../"):
            assert shown in PAGE, f"{questions.PAGE} is stale: run python -m workshop questions after make build."
    assert PAGE.count("\n## ") == len(ASKED)


def test_queries_read_only_what_is_public(workshop):
    """What people copy must not break when a private model changes."""
    manifest = workshop.manifest()
    asked = [node for node in manifest["nodes"].values() if node["original_file_path"].startswith(questions.QUERIES.as_posix())]
    assert {node["name"] for node in asked} == {question.name for question in ASKED}
    read = {key for node in asked for key in node["depends_on"]["nodes"] if key.startswith("model.")}
    assert read and [key for key in read if manifest["nodes"][key]["access"] != "public"] == []


ROWS = "with rows as (select * from (values (1, 1), (1, 2), (2, 1)) as t(a, b)) select a as first, b from rows"


def test_an_order_that_leaves_two_rows_alike_is_named():
    """Such rows come out as the engine likes, and the page would change from build to build."""
    with duckdb.connect() as connection:
        questions.check_order(connection, "who", f"{ROWS} order by first, rows.b desc")
        with pytest.raises(click.ClickException, match=r"who\.sql leaves 2 rows alike \(2\)"):
            questions.check_order(connection, "who", f"{ROWS} order by first + 1 desc")
        with pytest.raises(click.ClickException, match=r"who\.sql has no order"):
            questions.check_order(connection, "who", ROWS)


def test_the_opening_comment_is_read(tmp_path):
    (tmp_path / "who.sql").write_text(QUERY, encoding="utf-8")
    assert questions.questions(tmp_path) == [questions.Question(7, "Who, and\\why?", "谁？", "Each row is a customer.", "who")]


@pytest.mark.parametrize("fault", [("  7. 谁？", "  8. 谁？"), ("  7. 谁？\n", ""), ("{#-", "--"), ("  Each row is\n  a customer.\n", "")])
def test_a_comment_of_another_shape_is_named(tmp_path, fault):
    (tmp_path / "who.sql").write_text(QUERY.replace(*fault), encoding="utf-8")
    with pytest.raises(click.ClickException, match=r"who\.sql does not open with its number"):
        questions.questions(tmp_path)


@pytest.mark.parametrize(("rows", "said"), [(0, "No row: nobody, on the sample."), (10, "All rows."), (1234, "The first 10 of 1,234 rows.")])
def test_the_page_shows_ten_rows_and_says_how_many_there_are(rows, said):
    with duckdb.connect() as connection:
        connection.execute("create schema intermediate; create table intermediate.int_as_of_dates as select date '2025-06-30' as as_of_date")
        sql = f"select range + 1 as place, 1.5e0 as share, null as nothing, cast(2 as decimal(9, 4)) as amount, 'a|b' as text from range({rows}) order by place"
        text = questions.page(connection, [questions.Question(7, "Who?", "谁？", "Read it.", "who")], {"who": sql})
    assert "as of 2025-06-30" in text and "## 7. Who?\n\n谁？\n\nRead it. Query: [who](../analyses/questions/who.sql).\n" in text
    assert "| place | share | nothing | amount | text |\n| --- | --- | --- | --- | --- |\n" in text
    assert text.count("| 1.50 |  | 2.00 | a\\|b |\n") == min(rows, 10) and text.endswith(f"\n\n{said}\n")
