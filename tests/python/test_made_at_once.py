"""Tables and views are dropped, made and described in one transaction (macros/builds/made_at_once.sql)."""

from __future__ import annotations

import duckdb
from conftest import PROJECT

SELECT = "tag_uses tag_dictionary"  # a view and a table that read no brand
KINDS = "select table_name, table_type from information_schema.tables where table_name in ('tag_uses', 'tag_dictionary') order by table_name"
MADE = [("tag_dictionary", "BASE TABLE"), ("tag_uses", "VIEW")]


def test_what_is_of_the_other_kind_is_replaced(workshop):
    raw = PROJECT / "data" / "sample"
    built = workshop.build(raw, select=SELECT)
    assert built.success, built.text
    assert built.rows(KINDS) == MADE
    with duckdb.connect(str(built.database)) as connection:
        connection.execute("drop view tags.tag_uses; create table tags.tag_uses as select 1 as code")
        connection.execute("drop table tags.tag_dictionary; create view tags.tag_dictionary as select 1 as code")
    again = workshop.build(raw, select=SELECT, fresh=False, full_refresh=True)
    assert again.success, again.text
    assert again.rows(KINDS) == MADE


def test_a_model_that_fails_leaves_the_table_of_before(workshop):
    raw, words = PROJECT / "data" / "sample", "from staging.stg_null_identifiers order by all"
    built = workshop.build(raw, select="null_words stg_null_identifiers")
    assert built.success, built.text
    before = built.rows(words)
    with duckdb.connect(str(built.database)) as connection:
        connection.execute("alter table seeds.null_words rename word to term")
    failed = workshop.build(raw, select="stg_null_identifiers", fresh=False, full_refresh=True)
    assert not failed.success
    assert before and failed.rows(words) == before
