"""The scoring models: histories against an independent reference, SQL against numpy, no look-ahead, history exact."""

from __future__ import annotations

from datetime import date, timedelta
from decimal import Decimal
from pathlib import Path

import brands
import duckdb
import numpy as np
import pyarrow as pa
import pyarrow.parquet as pq
import pytest
from brands import Shape
from click.testing import CliRunner
from conftest import Workshop
from reference import as_of_dates, newest_date_of, scores
from reference.tags import gather

from tagmart.scoring.btyd import BtydFit
from tagmart.scoring.expectation import expected_purchases, no_purchase_probability, p_alive
from tagmart.scoring.fits import BTYD_SCHEMA, GAMMA_GAMMA_SCHEMA, fit_btyd_by_date, fit_gamma_gamma_by_date
from tagmart.scoring.gamma_gamma import GammaGammaFit, expected_amount
from tagmart.scoring.outlook import outlook_by_date
from tagmart.scoring.tables import by_date
from workshop.sample.command import sample_command

ODD = Shape(seed=20240615, people=300)
SAMPLE = ["--customers", "900", "--days", "540", "--seed", "3", "--touchpoints-per-customer", "1", "--no-dirt", "--format", "parquet"]
NEWEST = date(2025, 6, 30)
SELECT = "+path:models/scoring +customer_tags"
DATES_AT = {
    "score_clv": 1,
    "score_churn": 1,
    "score_price_sensitivity": 1,
    "fit_btyd": 0,
    "fit_gamma_gamma": 0,
    "fit_churn": 0,
    "fit_price_sensitivity": 0,
    "scoring_quality": 0,
}  # the column of the as-of date
SCORES = list(DATES_AT)
TAGS_OF = {
    "churn_probability_30d": "score_churn",
    "churn_probability_90d": "score_churn",
    "expected_orders_90d": "score_clv",
    "price_sensitivity": "score_price_sensitivity",
}
TAGS_JUDGED_AS = {tag: tag for tag in TAGS_OF} | {"p_alive": "expected_orders_90d", "clv_365d": "expected_orders_90d"}


@pytest.fixture(scope="module")
def sample(tmp_path_factory) -> Path:
    """A brand that buys as the models think, from the sample generator."""
    folder = tmp_path_factory.mktemp("scored_sample")
    outcome = CliRunner().invoke(sample_command, [*SAMPLE, "--out", str(folder), "--force"], catch_exceptions=False)
    assert outcome.exit_code == 0, outcome.output
    return folder


@pytest.fixture(scope="module")
def tables(sample) -> brands.Tables:
    """The same as {table: [row]}."""
    return {file.stem: pq.read_table(file).to_pylist() for file in sorted(sample.glob("*.parquet"))}


@pytest.fixture(scope="module")
def built(workshop, tables) -> dict[str, list[tuple]]:
    """Every row of the scoring models, and of the histories, of one undisturbed build."""
    return build(workshop, tables)


def build(workshop: Workshop, tables: brands.Tables, fresh: bool = True, **variables) -> dict[str, list[tuple]]:
    done = workshop.build(brands.write(tables, workshop.folder / "scored"), fresh=fresh, select=SELECT, vars=variables)
    assert done.success, done.text[-3000:]
    # Which rows were replayed depends on how the history was built; what they say does not.
    return {table: done.rows(f"select * from scoring.{table} order by all") for table in SCORES} | {
        "score_histories": done.rows("select * exclude (replay_date) from scoring.score_histories order by all"),
        "customer_tags": done.rows("select as_of_date, * from tags.customer_tags order by all"),
        "database": done.database,
    }


@pytest.mark.slow
def test_histories_equal_the_reference(workshop):
    """Customer by customer and date by date from the raw rows of an odd brand: refunds as known then, purchases of a day as one."""
    tables, expected = brands.brand(ODD), {}
    newest = newest_date_of(tables, "Asia/Shanghai")
    for customer_id, person in gather(tables, newest, 3, "Asia/Shanghai", newest.replace(year=2000)).items():
        for at in as_of_dates(newest):
            bought = [order for order in person.orders if order.is_purchase(at)]
            days = sorted({order.day for order in bought})
            if days:
                amount = sum((order.payable - order.refunded(at) for order in bought if order.day > days[0]), Decimal(0))
                expected[customer_id, at] = (len(days) - 1, amount, (days[-1] - days[0]).days, (at - days[0]).days)
    built = build(workshop, tables)
    found = {(row[0], row[1]): (row[2], row[3], row[7], row[8]) for row in built["score_histories"] if row[4] is not None}
    assert len(expected) > 1000
    assert found == expected


def test_sql_equals_numpy(built):
    """Customers are scored in SQL; the kernels that pytest proves must say the same to 1e-12."""
    with duckdb.connect(str(built["database"]), read_only=True) as connection:
        fits = connection.sql("select * from scoring.fit_btyd").to_arrow_table().to_pylist()
        amounts = {row["as_of_date"]: row for row in connection.sql("select * from scoring.fit_gamma_gamma").to_arrow_table().to_pylist()}
        checked = 0
        for fit in (row for row in fits if row["converged"]):
            rows = connection.execute(
                "select h.*, cast(greatest(h.repeat_amount, 0) as double) as value, s.* from scoring.score_clv as s join scoring.score_histories as h "
                "using (customer_id, as_of_date) where as_of_date = ? and first_order_date is not null",
                [fit["as_of_date"]],
            ).fetchnumpy()
            model = BtydFit(fit["model"], "converged", None, *(fit[name] for name in ("r", "alpha", "a", "b")), *[0.0] * 5, 0, 0, 0, fit["drop_out_chance"])
            x, t_x, T = (np.asarray(rows[name]) for name in ("repeat_days_count", "recency_days", "age_days"))
            close(rows["p_alive"], p_alive(model, x, t_x, T))
            for days in (30, 90):
                close(rows[f"no_order_probability_{days}d"], no_purchase_probability(model, x, t_x, T, days))
            expected = {days: expected_purchases(model, x, t_x, T, days) for days in (30, 90, 365)}
            for days, orders in expected.items():
                close(rows[f"expected_orders_{days}d"], orders)
            amount = amounts[fit["as_of_date"]]
            if amount["converged"] and amount["is_value_independent"]:
                values = GammaGammaFit("converged", None, amount["p"], amount["q"], amount["gamma"], *[0.0] * 4, 0, 0.0)
                close(rows["expected_order_amount"], expected_amount(values, x, np.where(x > 0, rows["value"] / np.maximum(x, 1), 0)))
                months = [expected_purchases(model, x, t_x, T, 365 / 12 * month) for month in range(13)]
                orders = sum((months[month] - months[month - 1]) * 1.1 ** (-month / 12) for month in range(1, 13))
                close(rows["clv_365d"], orders * rows["expected_order_amount"])
                checked += 1
    assert checked >= 10, "too few dates have fits to compare"


def close(found, expected):
    assert np.asarray(found, dtype=float) == pytest.approx(np.asarray(expected, dtype=float), rel=1e-12, abs=1e-12)


def test_shrunk_coupon_share_beats_the_raw_one_and_the_mean(built, sample):
    """On the orders of the next 90 days, at every date; and it ranks customers much as their true sensitivity does."""
    with duckdb.connect(str(built["database"]), read_only=True) as connection:
        rows = connection.sql("""
            select as_of_date, price_sensitivity as shrunk, s.coupon_orders_count / s.orders_count as raw, o.coupon_orders_count as k, o.orders_count as n,
                sum(s.coupon_orders_count) over (partition by as_of_date) / sum(s.orders_count) over (partition by as_of_date) as everybody
            from scoring.score_price_sensitivity as s join scoring.scoring_outcomes as o using (customer_id, as_of_date) where horizon_days = 90""").df()
        truth = connection.sql(f"""
            select s.price_sensitivity, people.price_sensitivity as truth
            from scoring.score_price_sensitivity as s join read_parquet('{sample}/truth/people.parquet') as people using (customer_id)
            where as_of_date = date '{NEWEST}' and s.orders_count >= 3""").df()
    assert rows["as_of_date"].nunique() == 10
    for _, part in rows.groupby("as_of_date"):
        # A raw share of 0 or 1 says that the other never comes; it is given the benefit of a thousandth.
        loss = {
            name: -(part["k"] * np.log(part[name].clip(1e-3, 0.999)) + (part["n"] - part["k"]) * np.log1p(-part[name].clip(1e-3, 0.999))).sum()
            for name in ("shrunk", "raw", "everybody")
        }
        assert loss["shrunk"] < min(loss["raw"], loss["everybody"])
    assert truth.corr("spearman").iloc[0, 1] > 0.7


def test_predictive_tags_are_the_scores_that_are_proved(built):
    """Each tag is its score where the verdict of its date is not not_enough_data, else null; and both happen here."""
    with duckdb.connect(str(built["database"]), read_only=True) as connection:
        proved = set(connection.execute("select as_of_date, score from scoring.scoring_quality where verdict <> 'not_enough_data'").fetchall())
        for tag, judged_as in TAGS_JUDGED_AS.items():
            table = TAGS_OF.get(tag, "score_clv")
            scores = {row[:2]: row[2] for row in connection.execute(f"select customer_id, as_of_date, {tag} from scoring.{table}").fetchall()}
            found = {row[:2]: row[2] for row in connection.execute(f"select customer_id, as_of_date, {tag} from tags.customer_tags").fetchall()}
            assert found == {who: scores.get(who) if (who[1], judged_as) in proved else None for who in found}
            assert scores.keys() <= found.keys() and any(found.values()) and None in found.values()


def test_price_against_truth_says_what_pandas_says(built, sample, workshop):
    """The analysis that docs/scoring-evidence.md quotes: rank correlations of the shrunk and the raw share with the truth."""
    shown = workshop.build(sample, command="show", fresh=False, select="price_against_truth")
    assert shown.success, shown.text[-3000:]
    table = [[cell.strip() for cell in line.split("|")[1:-1]] for line in shown.text.splitlines() if line.startswith("|")]
    found = {row[0]: row[1:] for row in table}
    people = shown.query(f"""
        select s.orders_count as n, s.price_sensitivity as shrunk, s.coupon_orders_count / s.orders_count as raw, people.price_sensitivity as truth
        from scoring.score_price_sensitivity as s join read_parquet('{sample}/truth/people.parquet') as people using (customer_id)
        where as_of_date = date '{NEWEST}'""")
    for name, low, high in (("all", 1, 999), ("1", 1, 1), ("2", 2, 2), ("3-5", 3, 5), ("6+", 6, 999)):
        part = people[people["n"].between(low, high)]
        away = [round(float(np.sqrt(((part[share] - part["truth"]) ** 2).mean())), 3) for share in ("shrunk", "raw")]
        ranks = [round(float(part[share].corr(part["truth"], "spearman")), 3) for share in ("shrunk", "raw")]
        assert [float(cell) for cell in found[name]] == pytest.approx([len(part), *ranks, *away], abs=1.1e-3), name
    shrunk, raw = (float(cell) for cell in found["all"][1:3])
    assert shrunk > raw + 0.02


def test_quality_equals_counting(built):
    """Every measure of every date and score, from the scores and what came, person by person and pair by pair."""
    with duckdb.connect(str(built["database"]), read_only=True) as connection:

        def rows(sql: str) -> list[tuple]:
            return connection.execute(sql).fetchall()

        came = {
            row[:3]: row[3:]
            for row in rows("select customer_id, as_of_date, horizon_days, order_days_count, orders_count, coupon_orders_count from scoring.scoring_outcomes")
        }
        said = {
            "churn_probability_30d": (30, rows("select customer_id, as_of_date, churn_probability_30d from scoring.score_churn")),
            "churn_probability_90d": (90, rows("select customer_id, as_of_date, churn_probability_90d from scoring.score_churn")),
            "no_order_probability_30d": (30, rows("select customer_id, as_of_date, no_order_probability_30d from scoring.score_clv")),
            "no_order_probability_90d": (90, rows("select customer_id, as_of_date, no_order_probability_90d from scoring.score_clv")),
            "expected_orders_90d": (90, rows("select customer_id, as_of_date, expected_orders_90d from scoring.score_clv")),
            "price_sensitivity": (90, rows("select customer_id, as_of_date, price_sensitivity from scoring.score_price_sensitivity")),
        }
        found = {
            row[:2]: row[2:]
            for row in rows(
                "select evaluated_on, score, customers_count, auc, brier, sum_ratio, expected_calibration_error, "
                "calibration_error_by_chance from scoring.scoring_quality__evaluated"
            )
        }
    expected = {}
    for score, (horizon, customers) in said.items():
        asked = {}
        for customer, day, value in customers:
            if value is not None and day + timedelta(days=horizon) <= NEWEST:
                days, orders, coupons = came.get((customer, day, horizon), (0, 0, 0))
                outcomes = {"price_sensitivity": [1] * coupons + [0] * (orders - coupons), "expected_orders_90d": [days]}.get(score, [int(days == 0)])
                asked.setdefault(day, []).append((value, outcomes))
        for day, people in asked.items():
            values, outcomes = zip(*[(value, outcome) for value, several in people for outcome in several], strict=True)
            is_chance = score != "expected_orders_90d"
            expected[day, score] = (
                sum(bool(several) for _, several in people),
                scores.auc(values, [bool(outcome) for outcome in outcomes]),
                scores.brier(values, outcomes) if is_chance else np.nan,
                sum(values) / sum(outcomes),
                scores.calibration_error(values, outcomes),
                scores.calibration_error_by_chance(values) if is_chance else np.nan,
            )
    assert len(expected) > 45 and found.keys() == expected.keys()
    for key, measures in expected.items():
        assert [np.nan if value is None else value for value in found[key]] == pytest.approx(measures, rel=1e-8, nan_ok=True), key


@pytest.mark.slow
def test_what_comes_later_changes_no_earlier_score(built, tables, workshop):
    """Everything after a month-end changed: orders dearer and cancelled or not, refunds bigger. Its scores stay, to the last bit."""
    month_end = as_of_dates(NEWEST)[-4]
    cut = {table: {id(row) for row in rows} for table, rows in brands.cut_at(tables, month_end).items()}
    changed = {table: [dict(row) if id(row) in cut[table] else dict(row) | CHANGES.get(table, dict)(row) for row in rows] for table, rows in tables.items()}
    again = build(workshop, changed)
    assert again["score_clv"] != built["score_clv"]
    for table, date_at in [*DATES_AT.items(), ("customer_tags", 0)]:
        before, after = ([row for row in rows[table] if row[date_at] <= month_end] for rows in (built, again))
        assert before and before == after, table


def later_order(row: dict) -> dict:
    """An order as it might have been instead."""
    return {"order_amount": row["order_amount"] * 3 + 7, "status": "completed" if row["status"] == "cancelled" else "cancelled"}


CHANGES = {"orders": later_order, "refunds": lambda row: {"refund_amount": row["refund_amount"] * 5 + 1}}


@pytest.mark.slow
def test_replay_equals_a_cut(tables, workshop):
    day = max(day for day in brands.days_with_orders(tables) if day <= NEWEST - timedelta(days=40))
    cut, replayed = build(workshop, brands.cut_at(tables, day)), build(workshop, tables, as_of_date=str(day))
    assert [cut[table] for table in [*SCORES, "customer_tags"]] == [replayed[table] for table in [*SCORES, "customer_tags"]]


@pytest.mark.slow
def test_incremental_equals_full_refresh(built, tables, workshop):
    """What there was 20 days ago, then all: late and changed events reopen the fits they touch."""
    build(workshop, brands.as_it_was(tables, NEWEST - timedelta(days=20)))
    grown = build(workshop, tables, fresh=False)
    for table in [*SCORES, "score_histories", "customer_tags"]:
        assert grown[table] == built[table], table


@pytest.mark.slow
def test_a_brand_without_customers_has_scores_of_nobody(workshop, tables):
    cash = [row | {"customer_id": None} for row in tables["orders"][:30]]
    empty = build(workshop, {table: cash if table == "orders" else [] for table in tables})
    assert not any(empty[table] for table in [*SCORES, "customer_tags"] if table != "scoring_quality")
    assert {row[-1] for row in empty["scoring_quality"]} == {"not_enough_data"}


def test_dates_come_out_of_a_stream_whole():
    days = np.repeat(np.array(["2024-01-31", "2024-02-29", "2024-03-31"], "datetime64[D]"), [5, 1, 7])
    table = pa.table({"as_of_date": pa.array(days), "number": np.arange(13)})
    for size in (1, 2, 3, 5, 100):
        reader = pa.RecordBatchReader.from_batches(table.schema, table.to_batches(max_chunksize=size))
        found = [(str(day), columns["number"].tolist()) for day, columns in by_date(reader)]
        assert found == [("2024-01-31", [0, 1, 2, 3, 4]), ("2024-02-29", [5]), ("2024-03-31", [6, 7, 8, 9, 10, 11, 12])]


def test_nothing_in_nothing_out():
    nothing = pa.table({"as_of_date": pa.array([], pa.date32())})
    assert fit_btyd_by_date(nothing).schema == BTYD_SCHEMA
    assert fit_gamma_gamma_by_date(nothing).schema == GAMMA_GAMMA_SCHEMA
    assert outlook_by_date(nothing).num_rows == 0


def test_a_date_without_a_fit_says_why():
    table = pa.table(
        {
            "as_of_date": pa.array(np.array(["2024-01-31"], "datetime64[D]")),
            "repeat_days_count": [0],
            "recency_days": [0],
            "age_days": [9],
            "customers_count": [5],
        }
    )
    row = fit_btyd_by_date(table).to_pylist()[0]
    assert (row["status"], row["converged"], row["r"], row["fit_id"]) == ("too_little_data", False, None, "bg_nbd-20240131-too_little_data")
    assert row["reason"] == "5 customers, at least 100 are needed"
