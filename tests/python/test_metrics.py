"""The semantic layer on the sample brand as it was built: MetricFlow's number of every metric is that of plain SQL."""

from __future__ import annotations

import csv
from math import isclose

import pytest
from dbt_calls import PROJECT
from metric_queries import Metrics

with (PROJECT / "tests/support/plain_metrics.csv").open(encoding="utf-8") as file:
    PLAIN = {row["metric"]: row for row in csv.DictReader(file, delimiter="|")}
# Metrics that look at other days than those asked for, and so are nothing without a time: by month, as whole queries.
MONTHS = "(select cast(date_trunc('month', ordered_date) as date) as month, sum(net_amount) as amount from measurement.purchase_amounts group by 1)"
LOOKING_BACK = {
    "net_amount_growth": f"select a.month, a.amount / cast(b.amount as double) - 1 from {MONTHS} a join {MONTHS} b on b.month = a.month - interval 1 month",
    "net_amount_growth_of_year": f"select a.month, a.amount / cast(b.amount as double) - 1 from {MONTHS} a join {MONTHS} b on b.month = a.month - interval 1 year",
    "net_amount_to_date": f"select a.month, sum(b.amount) from {MONTHS} a join {MONTHS} b on b.month <= a.month group by 1",
    "net_amount_trailing_30d": f"""select a.month, sum(b.net_amount) from {MONTHS} a join measurement.purchase_amounts b
        on b.ordered_date between a.month + interval 1 month - interval 30 day and a.month + interval 1 month - interval 1 day group by 1""",
}
BY_MONTH = "metric_time__month"


@pytest.fixture(scope="module")
def metrics(workshop) -> Metrics:
    workshop.manifest()
    built = PROJECT / "target" / "tagmart.duckdb"
    if not built.is_file():
        pytest.skip("target/tagmart.duckdb is not there: run make build")
    return Metrics(workshop.target / "semantic_manifest.json", built)


def dates(plain: dict) -> str:
    """Which rows count: of a stock those of the last date of each month, of what is only known of the newest date those."""
    date, rows = plain["date"], plain["rows"]
    of_months = f"where {date} in (select max({date}) from {rows} group by date_trunc('month', {date}))"
    return {"flow": "", "stock": of_months, "newest": f"where {date} = (select max({date}) from {rows})"}[plain["kind"]]


def by_month(plain: dict) -> str:
    return f"select cast(date_trunc('month', {plain['date']}) as date) as month, {plain['value']} from {plain['rows']} {dates(plain)} group by 1"


def in_all(plain: dict) -> str:
    newest = f"where {plain['date']} = (select max({plain['date']}) from {plain['rows']})"
    return f"select {plain['value']} from {plain['rows']} {'' if plain['kind'] == 'flow' else newest}"


def differences(name: str, found: dict, expected: dict) -> list[str]:
    """A sentence for each key at which two results differ; a key that is missing is a null."""
    keys = sorted({*found, *expected}, key=str)
    pairs = [(key, found.get(key), expected.get(key)) for key in keys]
    return [f"{name} {key}: MetricFlow {a}, plain SQL {b}" for key, a, b in pairs if not same(a, b)]


def same(a: object, b: object) -> bool:
    return a == b if a is None or b is None else isclose(float(a), float(b), rel_tol=1e-9, abs_tol=1e-9)


def keyed(rows: list[tuple]) -> dict:
    return {str(key)[:10]: value for key, value in rows}


def test_every_metric_has_its_plain_query(metrics):
    assert sorted({*PLAIN, *LOOKING_BACK}) == sorted(metric.name for metric in metrics.manifest.metrics)


def test_every_metric_is_what_plain_sql_says_by_month(metrics):
    wrong, seen = [], 0
    for name, sql in {**{name: by_month(plain) for name, plain in PLAIN.items()}, **LOOKING_BACK}.items():
        expected = keyed(metrics.connection.execute(sql).fetchall())
        wrong += differences(name, keyed(metrics.query([name], by=[BY_MONTH])), expected)
        seen += any(value for value in expected.values())
    assert wrong == []
    # The sample has no hold-out from everything, so that programmes are empty: all else has a number to compare.
    assert seen == len(PLAIN) + len(LOOKING_BACK) - 3


def test_every_metric_is_what_plain_sql_says_in_all(metrics):
    wrong = []
    for name, plain in PLAIN.items():
        expected = metrics.connection.execute(in_all(plain)).fetchone()[0]
        wrong += differences(name, {"": metrics.query([name])[0][0]}, {"": expected})
    assert wrong == []


def test_a_wrong_number_would_be_seen(metrics):
    found = keyed(metrics.query(["orders"], by=[BY_MONTH]))
    assert len(found) == 18
    month = max(found)
    assert differences("orders", found, {**found, month: found[month] + 1}) == [f"orders {month}: MetricFlow {found[month]}, plain SQL {found[month] + 1}"]
    assert len(differences("orders", {}, found)) == 18


def test_the_manifest_is_valid_and_every_query_can_run(metrics):
    """What `mf validate-configs` asks, in this process."""
    assert metrics.issues() == []
