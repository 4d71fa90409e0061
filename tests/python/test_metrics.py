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


# The sample has no hold-out from everything and no failed handover: test_metric_classes.py compares these by hand.
EMPTY = {"awaiting_contacts", "programme_customers", "programme_messages", "programme_added_amount"}


@pytest.fixture(scope="module")
def metrics() -> Metrics:
    built = Metrics.of_built_sample(PROJECT)
    if built is None:
        pytest.skip("target/tagmart.duckdb is not there: run make build")
    return built


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
    wrong, silent = [], set()
    for name, sql in {**{name: by_month(plain) for name, plain in PLAIN.items()}, **LOOKING_BACK}.items():
        expected = keyed(metrics.connection.execute(sql).fetchall())
        wrong += differences(name, keyed(metrics.query([name], by=[BY_MONTH])), expected)
        silent |= set() if any(expected.values()) else {name}
    assert wrong == []
    assert silent == EMPTY


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


def test_every_scheme_can_be_grouped_by_at_every_date(metrics):
    """Customers and money by month and class: of the class that the customer had then, whatever it is today."""
    schemes = [code for (code,) in metrics.connection.execute("select distinct scheme_code from segments.segment_definitions order by 1").fetchall()]
    assert len(schemes) == 13
    wrong = []
    for scheme in schemes:
        classes = f"select as_of_date, customer_id, segment_code from segments.customer_segments where scheme_code = '{scheme}'"
        people = f"select date_trunc('month', as_of_date), segment_code, count(*) from ({classes}) group by all"
        money = f"""select date_trunc('month', ordered_date), segment_code, sum(net_amount) from measurement.purchase_amounts left join ({classes})
            as classes on purchase_amounts.customer_id = classes.customer_id and last_day(ordered_date) = as_of_date group by all"""
        for metric, sql in (("customers", people), ("net_amount", money)):
            found, expected = (
                {f"{month:%Y-%m} {code}": value for month, code, value in rows if value}  # 0 where a class has refunded orders alone
                for rows in (metrics.query([metric], by=[BY_MONTH, f"customer_date__{scheme}"]), metrics.connection.execute(sql).fetchall())
            )
            wrong += differences(f"{metric} by {scheme}", found, expected)
    assert wrong == []


def test_classes_have_their_names(metrics):
    found = metrics.query(["class_customers"], by=["scheme_class__scheme_name_zh", "scheme_class__class_name_zh"])
    plain = """select scheme_name_zh, name_zh, customers_count from segments.segment_sizes join segments.segment_definitions using (scheme_code, segment_code)
        where as_of_date = (select max(as_of_date) from segments.segment_sizes)"""
    assert sorted(found) == sorted(metrics.connection.execute(plain).fetchall())
