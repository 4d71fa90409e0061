"""Metrics on a few rows by hand: the class of a past month is that of the month, and what the sample has nothing of."""

from __future__ import annotations

from datetime import datetime

import pytest
from dbt_calls import PROJECT
from metric_queries import Metrics, attached

MADE = """
create schema tags; create schema segments; create schema semantic; create schema measurement;
create table tags.customer_tags as from (values
    ('anna', date '2025-05-31', 'female'), ('bert', date '2025-05-31', 'male'),
    ('anna', date '2025-06-15', 'female'), ('bert', date '2025-06-15', 'male'), ('carl', date '2025-06-15', 'male')
) as made (customer_id, as_of_date, gender);
create table segments.segment_lifecycle as from (values
    ('anna', date '2025-05-31', 'growing'), ('bert', date '2025-05-31', 'lost'),
    ('anna', date '2025-06-15', 'mature'), ('bert', date '2025-06-15', 'growing'), ('carl', date '2025-06-15', 'newbie')
) as made (customer_id, as_of_date, segment_code);
create table semantic.metric_orders as from (values
    ('o1', 'anna', date '2025-04-02', null, true, 10), ('o2', 'anna', date '2025-05-02', date '2025-05-31', true, 100),
    ('o3', 'anna', date '2025-06-02', date '2025-06-15', true, 50), ('o4', 'bert', date '2025-06-03', date '2025-06-15', true, 7),
    ('o5', null, date '2025-06-04', date '2025-06-15', true, 3)
) as made (order_id, customer_id, ordered_date, as_of_date, is_purchase, order_net_amount);
create table measurement.programme_uplift as from (values
    ('g1', date '2025-05-01', 'measured', 80, 160, 12.5), ('g1', date '2025-06-01', 'running', 90, 200, null)
) as made (campaign_id, month_starts_date, status, treatment_count, treatment_messages_count, added_amount);
create table measurement.daily_contacts as from (values
    (date '2025-06-14', 'channel', 'shop', 10, 4), (date '2025-06-14', 'channel', 'none', 5, 0), (date '2025-06-14', 'all', 'all', 15, 4),
    (date '2025-06-15', 'channel', 'shop', 11, 3), (date '2025-06-15', 'channel', 'none', 6, 1), (date '2025-06-15', 'all', 'all', 17, 4)
) as made (measured_date, channel_level, channel, total_count, awaiting_transfer_count);
"""
APRIL, MAY, JUNE = datetime(2025, 4, 1), datetime(2025, 5, 1), datetime(2025, 6, 1)
BY_MONTH, BY_CLASS = "metric_time__month", "customer_date__lifecycle"
OF_THE_LOST = ["{{ Dimension('customer_date__lifecycle') }} = 'lost'"]


@pytest.fixture(scope="module")
def metrics() -> Metrics:
    manifest = PROJECT / "target" / "semantic_manifest.json"
    if not manifest.is_file():
        pytest.skip("target/semantic_manifest.json is not there: run make build")
    connection = attached(manifest, ":memory:")
    connection.execute(MADE)
    return Metrics(manifest, connection)


def rows(found: list[tuple]) -> list[tuple]:
    return sorted(found, key=str)


def test_money_of_a_past_month_is_of_the_class_of_that_month(metrics):
    """Anna grew in May and is mature now: May's money stays with growing. No class before history and for nobody known."""
    found = metrics.query(["net_amount"], by=[BY_MONTH, BY_CLASS])
    assert rows(found) == rows([(APRIL, None, 10), (MAY, "growing", 100), (JUNE, "mature", 50), (JUNE, "growing", 7), (JUNE, None, 3)])


def test_customers_of_a_past_month_are_of_the_class_of_that_month(metrics):
    found = metrics.query(["customers"], by=[BY_MONTH, BY_CLASS])
    assert rows(found) == rows([(MAY, "growing", 1), (MAY, "lost", 1), (JUNE, "mature", 1), (JUNE, "growing", 1), (JUNE, "newbie", 1)])


def test_a_stock_is_that_of_the_last_date(metrics):
    """Neither a quarter nor all of history adds dates up, by class and by tag."""
    assert metrics.query(["customers"]) == [(3,)]
    assert metrics.query(["customers"], by=["metric_time__quarter"]) == [(APRIL, 3)]
    assert rows(metrics.query(["customers"], by=["metric_time__quarter", BY_CLASS])) == rows(
        [(APRIL, "mature", 1), (APRIL, "growing", 1), (APRIL, "newbie", 1)]
    )
    assert rows(metrics.query(["customers"], by=["customer_date__gender"])) == [("female", 1), ("male", 2)]


def test_nobody_lost_today_is_none_and_not_the_last_one_who_was(metrics):
    """Counts of a class are 0 at a date at which nobody is in it, and so are their shares."""
    assert metrics.query(["lost_customers", "churn_share"]) == [(0, 0)]
    assert rows(metrics.query(["lost_customers", "churn_share"], by=[BY_MONTH])) == [(MAY, 1, 0.5), (JUNE, 0, 0)]


def test_a_filter_on_a_class_is_asked_by_month(metrics):
    """MetricFlow looks for the last date among the rows that pass the filter, so that without a month May's customer would be today's. By month
    they are May's. When the first line fails, the warning in docs/metrics.md can go."""
    assert metrics.query(["customers"], where=OF_THE_LOST) == [(1,)]
    assert metrics.query(["customers"], by=[BY_MONTH], where=OF_THE_LOST) == [(MAY, 1)]


def test_what_the_sample_has_nothing_of(metrics):
    programme = ["programme_customers", "programme_messages", "programme_added_amount"]
    assert metrics.query(programme) == [(170, 360, 12.5)]
    assert rows(metrics.query(programme, by=[BY_MONTH])) == [(MAY, 80, 160, 12.5), (JUNE, 90, 200, None)]
    assert metrics.query(["contacts", "awaiting_contacts", "active_contacts"]) == [(17, 4, 13)]
    assert rows(metrics.query(["active_contacts"], by=["contact_day__channel"])) == rows([("shop", 8), ("none", 5), ("all", None)])
