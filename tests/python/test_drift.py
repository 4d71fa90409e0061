"""Drift of the tag mart: the measure by hand, the bins as said, a tag that moved is named and one that did not is not."""

from __future__ import annotations

import csv
from datetime import date
from math import log
from pathlib import Path

import duckdb
import pytest
from test_quality import check, write_manifest  # noqa: F401 (a fixture)

from workshop.quality.contract import Column
from workshop.quality.drift_bins import bins
from workshop.quality.drift_measures import most_moved, psi


@pytest.mark.parametrize(
    ("before", "after", "by_hand"),
    [
        ({"a": 50, "b": 50}, {"a": 500, "b": 500}, 0),
        ({"a": 50, "b": 50}, {"a": 25, "b": 75}, -0.25 * log(0.5) + 0.25 * log(1.5)),
        ({"a": 20, "b": 30, "c": 50}, {"a": 40, "b": 30, "c": 30}, 0.2 * log(2) - 0.2 * log(0.6)),
        # A bin that was empty, or is: less than one in a hundred counts as one in a hundred.
        ({"a": 100}, {"a": 80, "b": 20}, -0.2 * log(0.8) + 0.19 * log(20)),
        ({"a": 990, "b": 10}, {"a": 1000}, 0.01 * log(1 / 0.99)),
        ({"a": 1}, {"b": 1}, 2 * 0.99 * log(100)),
    ],
)
def test_index_by_hand(before, after, by_hand):
    assert psi(before, after) == pytest.approx(by_hand, abs=1e-12)
    assert psi(after, before) == pytest.approx(by_hand, abs=1e-12)


def test_what_moved_most():
    assert most_moved({"a": 20, "b": 30, "c": 50}, {"a": 45, "b": 30, "c": 25}) == ("a", 0.2, 0.45)
    assert most_moved({"a": 1}, {"a": 1, "new": 3}) == ("a", 1, 0.25)


def binned(tag: Column, values: list, days: str = "2025-05-31") -> list:
    """The bin of each value, by the bins that the values of the older date give."""
    with duckdb.connect() as connection:
        connection.execute(f"create table mart (as_of_date date, {tag.name} {tag.type})")
        connection.executemany("insert into mart values (?, ?)", [(days, value) for value in values])
        found = bins([tag], "mart", date(2025, 5, 31), lambda sql: connection.execute(sql).fetchall())
        return [row[0] for row in connection.execute(f"select {found[tag.name]} from mart order by rowid").fetchall()]


def test_numbers_fall_between_the_tenths_of_the_older_date():
    assert binned(Column("n", "bigint"), [*range(1, 11), None]) == [
        "up to 1",
        *(f"above {low}, up to {low + 1}" for low in range(1, 9)),
        "above 9",
        None,
    ]
    # Most have none: two bins, not ten.
    assert binned(Column("n", "decimal(18, 4)"), [0] * 19 + [2.5]) == ["up to 0"] * 19 + ["above 0"]


def test_texts_are_the_most_frequent_and_the_others():
    values = [word for count, word in enumerate("abcdefghijkl", 1) for _ in range(count)]
    found = binned(Column("t", "varchar"), [*values, "it's", None])
    assert {*found} == {*"cdefghijkl", "(all others)", None}
    assert found[-2:] == ["(all others)", None] and found[0] == "(all others)"
    assert binned(Column("b", "boolean"), [True, True, False]) == ["true", "true", "false"]


def test_dates_are_days_from_the_as_of_date():
    values = ["2025-07-01", "2025-06-30", "2025-06-01", "2025-05-31", "2025-05-01", "2025-04-30", "2025-03-02", "2025-03-01", None]
    assert binned(Column("d", "date"), values) == [
        "in more than 30 days",
        *["in 1 to 30 days"] * 2,
        *["0 to 30 days ago"] * 2,
        *["31 to 90 days ago"] * 2,
        "more than 90 days ago",
        None,
    ]


# Two dates of one mart; n is the number of the customer, so n % 100 < 45 are 45 of each 100.
MART = """
    create schema tags;
    create table tags.customer_tags as
    select
        'c' || n as customer_id, day as as_of_date, is_current, day - cast(n as integer) as registered_date, cast(n % 50 as bigint) as carts_30d,
        case when n % 100 < (case when is_current then 45 else 20 end) then 'cat' else 'dog' end as favourite_category,
        case when n % 100 < (case when is_current then 60 else 75 end) then cast(0.5 as double) end as refund_rate,
        case when n % 100 < (case when is_current then 65 else 64 end) then 7 end as age,
        case when n < 50 then (case when is_current then 'a' else 'b' end) end as loss_type,
        case when is_current then 'sku' end as next_product_sku_id
    from range({customers}) as people (n)
    cross join (values (date '2025-05-31', false), (date '2025-06-30', true)) as dates (day, is_current)
    {where}
"""


LIMITS = "tag,measure,limit,reason\n*,customers,300,\n*,psi,0.25,\n*,empty_share,0.1,\n"


def drift(check, folder: Path, customers: int = 1000, where: str = "", limits: str = LIMITS) -> tuple[int, str, list[dict]]:  # noqa: F811
    """Exit status, what is printed, and the rows of the table."""
    with duckdb.connect(str(folder / "mart.duckdb")) as connection:
        connection.execute(MART.format(customers=customers, where=where))
    out, table = folder / "out" / "drift.csv", folder / "limits.csv"
    table.write_text(limits, encoding="utf-8")
    status, text, err = check("drift", folder / "mart.duckdb", "--manifest", write_manifest(folder / "mart.duckdb"), "--out", out, "--limits", table)
    if status == 2:
        return status, err, []
    assert err == ""
    with out.open(encoding="utf-8-sig", newline="") as file:
        return status, text, list(csv.DictReader(file))


def test_tags_that_drifted_are_named_and_no_others(check, tmp_path):  # noqa: F811
    status, text, rows = drift(check, tmp_path)
    assert status == 1
    assert [(row["tag"], row["verdict"]) for row in rows] == [
        ("refund_rate", "drifted"),
        ("favourite_category", "drifted"),
        ("age", "stable"),
        ("carts_30d", "stable"),
        ("registered_date", "stable"),
        ("loss_type", "not judged"),
        ("next_product_sku_id", "not judged"),
    ]
    assert [row["what_moved"] for row in rows if row["verdict"] != "stable"] == [
        "25.0% of the customers did not have it, 40.0% do not now",
        "'cat' was 20.0% of those who have it, and is 45.0%",
        "50 customers had it, fewer than 300: chance alone may move it",
        "begins: nobody had it before, 1,000 customers have it now",
    ]
    size = 0.25 * log(0.45 / 0.2) - 0.25 * log(0.55 / 0.8)
    assert float(rows[1]["psi"]) == pytest.approx(size, abs=1e-4) and float(rows[1]["times_limit"]) == pytest.approx(size / 0.25, abs=1e-3)
    assert float(rows[0]["times_limit"]) == pytest.approx(1.5, abs=1e-3) and rows[0]["name_zh"] == "标签 refund_rate"
    lines = text.splitlines()
    assert lines[0] == "Drift of customer_tags: 2025-06-30 (1,000 customers) beside 2025-05-31 (1,000)"
    assert [line.split()[:2] for line in lines[2:4]] == [["refund_rate", "drifted"], ["favourite_category", "drifted"]]
    assert lines[-1].startswith("5 of 7 tags judged, 2 drifted; all of them in ")


def test_small_brand_does_not_cry_wolf(check, tmp_path):  # noqa: F811
    status, text, rows = drift(check, tmp_path, customers=299)
    assert status == 0 and {row["verdict"] for row in rows} == {"not judged"}
    assert "0 of 7 tags judged, 0 drifted" in text


def test_first_date_has_nothing_to_compare_with(check, tmp_path):  # noqa: F811
    assert drift(check, tmp_path, where="where is_current") == (0, "Drift: customer_tags has one as-of date, and nothing to compare it with.\n", [])


def test_a_tag_may_have_a_limit_of_its_own(check, tmp_path):  # noqa: F811
    status, _, rows = drift(check, tmp_path, limits=LIMITS + "refund_rate,empty_share,0.2,\nfavourite_category,psi,1,\nage,customers,700,\n")
    assert status == 0
    assert {row["tag"]: row["verdict"] for row in rows if row["tag"] in ("refund_rate", "favourite_category", "age")} == {
        "refund_rate": "stable",
        "favourite_category": "stable",
        "age": "not judged",
    }


@pytest.mark.parametrize(
    ("limits", "sentence"),
    [
        (LIMITS + "agee,psi,1,\n", "limits.csv: 'agee,psi,1' is no tag"),
        (LIMITS + "age,ks,1,\n", "limits.csv: 'age,ks,1' is no tag"),
        (LIMITS + "age,psi,high,\n", "limits.csv: 'age,psi,high' is no tag"),
        (LIMITS + "age,psi,0,\n", "limits.csv: 'age,psi,0' is no tag"),
        (LIMITS.replace("*,psi,0.25,", ""), "limits.csv: there is no limit of every tag (*) for psi."),
    ],
)
def test_a_limit_without_effect_is_refused(check, tmp_path, limits, sentence):  # noqa: F811
    status, said, _ = drift(check, tmp_path, limits=limits)
    assert status == 2 and sentence in said


def test_limits_of_the_table_are_of_tags_that_there_are(workshop, tmp_path):
    """A limit for a tag that was renamed would never hold again."""
    manifest = workshop.manifest()
    tags = {name for name, column in manifest["nodes"]["model.tagmart.customer_tags"]["columns"].items() if "tag" in column["meta"]}
    with (Path(__file__).parents[2] / "workshop/quality/drift_limits.csv").open(encoding="utf-8") as file:
        rows = list(csv.DictReader(file))
    assert {row["tag"] for row in rows} - tags == {"*"}
    assert {row["measure"] for row in rows if row["tag"] == "*"} == {"customers", "psi", "empty_share"}
    assert all(float(row["limit"]) > 0 and row["reason"] for row in rows)
