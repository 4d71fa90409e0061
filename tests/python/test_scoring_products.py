"""Next products against an independent reference, by what was known then, kept while it holds, and of brands without lines."""

from __future__ import annotations

from collections import defaultdict
from datetime import date, datetime, timedelta
from random import Random

import brands
import duckdb
import pytest
from brands import Shape
from conftest import Build, Workshop
from reference import as_of_dates, business_date, newest_date_of
from reference.next_products import habits_at, neighbours_at, next_products, popular_new
from reference.tags import gather

SELECT = "+scoring_next_product"
ALL_DATES = {"next_product_months": 12}
ROWS = {
    "score_next_product": "as_of_date, customer_id, kind, place, sku_id, score, because_sku_id, reason",
    "fit_product_neighbours": "as_of_date, sku_id, place, neighbour_sku_id, customers_count, similarity, recent_customers_count, pull",
    "scoring_next_product": "*",
}


def wide_brand(seed: int, people: int = 90) -> brands.Tables:
    """An odd brand with 120 products, of which some customers buy more than 50, and steps up, one of them in two steps."""
    tables, random = brands.brand(Shape(seed=seed, people=people)), Random(seed)
    tables["products"] += [dict.fromkeys(tables["products"][0]) | {"sku_id": f"sku_{number}"} for number in range(16, 120)]
    upgrades = {f"sku_{number}": f"sku_{number - 2}" for number in range(2, 90, 4)} | {"sku_4": "sku_2", "sku_7": "sku_7"}
    for row in tables["products"]:
        row["upgrade_of_sku_id"] = upgrades.get(row["sku_id"])
        number = int(str(row["sku_id"]).rpartition("_")[2]) if str(row["sku_id"])[-1].isdigit() else 0
        row["category"] = f"category_{number % 7}" if number % 11 else None
    favourites: dict[str, int] = defaultdict(lambda: random.randrange(3))
    for order in tables["orders"]:
        for line in range(10, 10 + random.choice([0, 1, 4, 12])):
            number = min(int(random.expovariate(1 / 25)) + 30 * favourites[str(order["customer_id"])], 119)
            tables["order_items"].append(
                dict.fromkeys(tables["order_items"][0])
                | {"order_id": order["order_id"], "line_no": line, "sku_id": f"sku_{number}", "quantity": 1, "unit_price": 1}
            )
    return tables


def build(workshop: Workshop, tables: brands.Tables, vars: dict | None = None, **how) -> Build:
    """Choose for every as-of date, unless told otherwise."""
    # A brand as it was leaves more lines without their orders than a delivery may have.
    vars = {"max_rejected_share": 1, **ALL_DATES, **(vars or {})}
    done = workshop.build(brands.write(tables, workshop.folder / "products"), name="products", select=SELECT, vars=vars, **how)
    assert done.success, done.text[-3000:]
    return done


def rows(done: Build) -> dict[str, list[tuple]]:
    return {table: done.rows(f"select {columns} from scoring.{table} order by all") for table, columns in ROWS.items()}


def until(found: dict[str, list[tuple]], at: date) -> dict[str, list[tuple]]:
    """Only the rows of dates up to one; the as-of date is the first column everywhere."""
    return {table: [row for row in of_table if row[0] <= at] for table, of_table in found.items()}


def judged_by(at: date, newest: date) -> date | None:
    """The date that the verdict at `at` is about."""
    return max((day for day in as_of_dates(newest) if day + timedelta(days=30) <= at), default=None)


@pytest.fixture(scope="module")
def tables() -> brands.Tables:
    return wide_brand(11)


@pytest.fixture(scope="module")
def built(workshop, tables) -> dict[str, list[tuple]]:
    return rows(build(workshop, tables))


def expected(tables: brands.Tables) -> tuple[list[tuple], list[tuple]]:
    newest = newest_date_of(tables, "Asia/Shanghai")
    people = gather(tables, newest, 3, "Asia/Shanghai", date(2000, 1, 1))
    upgrades = {row["sku_id"]: row["upgrade_of_sku_id"] for row in tables["products"] if row["upgrade_of_sku_id"] not in (None, row["sku_id"])}
    offers, pairs = [], []
    for at in as_of_dates(newest):
        for customer_id, of_customer in next_products(people, upgrades, at).items():
            places: dict[str, int] = defaultdict(int)
            for kind, sku, score, because, reason in of_customer:
                places[kind] += 1
                offers.append((at, customer_id, kind, places[kind], sku, score, because, reason))
        for one, of_one in neighbours_at(habits_at(people, at), at).items():
            pairs += [(at, one, place, other, count, pull) for place, (other, (count, pull)) in enumerate(of_one.items(), 1)]
    return sorted(offers), sorted(pairs)


def test_next_products_equal_the_reference(built, tables):
    """Products, places, scores and reasons, customer by customer and date by date, from the raw rows."""
    equal_the_reference(built, tables)


def test_popular_products_equal_the_reference(tables, workshop):
    """The two lists that co-purchase has to beat, customer by customer, at the newest date and the one that is judged."""
    done = build(workshop, tables, vars={"next_product_months": 0})
    newest = newest_date_of(tables, "Asia/Shanghai")
    people = gather(tables, newest, 3, "Asia/Shanghai", date(2000, 1, 1))
    categories = {row["sku_id"]: row["category"] for row in tables["products"] if row["category"]}
    everybodys, theirs = [], []
    for at in (judged_by(newest, newest), newest):
        for customer_id, (new, of_categories) in popular_new(habits_at(people, at), categories, at).items():
            everybodys += [(at, customer_id, place, sku) for place, sku in enumerate(new, 1)]
            theirs += [(at, customer_id, place, sku, because) for place, (sku, because) in enumerate(of_categories, 1)]
    named = "join scoring.score_products__buyers using (buyer_number) order by all"
    assert done.rows(f"select as_of_date, customer_id, place, sku_id from scoring.score_products__popular_new {named}") == sorted(everybodys)
    found = done.rows(f"select as_of_date, customer_id, place, sku_id, because_sku_id from scoring.score_products__in_categories {named}")
    assert found == sorted(theirs) and len({row[4] for row in found}) > 7


@pytest.mark.slow
def test_where_popularity_hits_most_it_is_offered_and_says_so(tables, workshop):
    """Customers who own what nobody else does, and then buy what everybody buys: no reason pretends that the one led to the other."""
    random, newest, judged = Random(4), date(2024, 6, 30), date(2024, 5, 31)
    orders, items = [], []
    for number in range(400):
        bought = [
            (judged - timedelta(days=60), f"own_{number}"),
            (newest - timedelta(days=number % 20), f"hit_{min(random.randrange(30), random.randrange(30))}"),
        ]
        if number % 4 == 0:
            bought.append((judged - timedelta(days=3), f"hit_{min(random.randrange(30), random.randrange(30))}"))
        for place, (day, sku) in enumerate(bought):
            order_id, at = f"o{number}_{place}", datetime(day.year, day.month, day.day, 3)
            order = {"order_id": order_id, "customer_id": f"c{number}", "status": "completed", "order_amount": 5, "ordered_at": at, "paid_at": at}
            orders.append(dict.fromkeys(tables["orders"][0]) | order)
            items.append(dict.fromkeys(tables["order_items"][0]) | {"order_id": order_id, "line_no": 1, "sku_id": sku, "quantity": 1, "unit_price": 5})
    drawn = {table: [] for table in tables} | {"orders": orders, "order_items": items, "products": tables["products"]}
    done = build(workshop, drawn, vars={"next_product_months": 0})
    hits = dict(done.rows("select model_name, hits_count from scoring.scoring_next_product__evaluated where kind = 'novel'"))
    assert max(hits, key=hits.get) == "popularity", "the brand does not show what it should"
    ((count, verdict, lead),) = done.rows("select customers_count, verdict, lead_over_popularity from scoring.scoring_next_product where kind = 'novel'")
    assert count >= 200 and (verdict, lead) == ("not_better_than_popularity", 0)
    said = done.rows("select distinct model_name, reason, because_sku_id from scoring.score_next_product where kind = 'novel'")
    assert said == [("popularity", "often bought by everybody lately", None)]


@pytest.mark.slow
@pytest.mark.parametrize("seed", [12, 13])
def test_next_products_of_more_brands_equal_the_reference(workshop, seed):
    tables = wide_brand(seed, people=160)
    equal_the_reference(rows(build(workshop, tables)), tables)


def equal_the_reference(found: dict[str, list[tuple]], tables: brands.Tables) -> None:
    offers, pairs = expected(tables)
    assert {kind for _, _, kind, *_ in offers} == {"habit", "novel", "upgrade"}
    assert max(row[2] for row in pairs) == 30, "no product has more neighbours than are kept"
    assert [row[:3] + row[3:5] + row[7:] for row in found["fit_product_neighbours"]] == pairs
    assert found["score_next_product"] == offers


@pytest.mark.slow
def test_what_comes_later_changes_no_earlier_choice(built, tables, workshop):
    """After a month-end other orders, products and refunds, and new customers: choices and verdicts up to it stay, to the last bit."""
    newest = newest_date_of(tables, "Asia/Shanghai")
    month_end = as_of_dates(newest)[-4]
    earlier = {id(row) for row in brands.cut_at(tables, month_end)["orders"]}
    later = {row["order_id"] for row in tables["orders"] if id(row) not in earlier}
    changed = tables | {
        "orders": [
            row if row["order_id"] not in later else row | {"status": "completed" if row["status"] == "cancelled" else "cancelled"}
            for row in tables["orders"]
            if not (row["order_id"] in later and str(row["order_id"])[-1] == "3")
        ],
        "order_items": [
            row if row["order_id"] not in later else row | {"sku_id": "sku_1"}
            for row in tables["order_items"]
            if not (row["order_id"] in later and str(row["order_id"])[-1] == "3")
        ],
        "refunds": [row for row in tables["refunds"] if row["order_id"] not in later],
    }
    for number in range(20):
        order = dict.fromkeys(tables["orders"][0]) | {
            "order_id": f"late_{number}",
            "customer_id": f"late_{number % 5}",
            "status": "completed",
            "order_amount": 5,
            "ordered_at": datetime(newest.year, newest.month, newest.day, 3) - timedelta(days=number),
            "paid_at": datetime(newest.year, newest.month, newest.day, 3),
        }
        changed["orders"] = [*changed["orders"], order]
        changed["order_items"] = [
            *changed["order_items"],
            dict.fromkeys(tables["order_items"][0])
            | {"order_id": f"late_{number}", "line_no": 1, "sku_id": f"sku_{number % 3}", "quantity": 1, "unit_price": 5},
        ]
    again = rows(build(workshop, changed))
    before, after = until(built, month_end), until(again, month_end)
    for table in ROWS:
        assert before[table] and before[table] == after[table], table
        assert built[table] != again[table], f"{table}: nothing changed at all"


@pytest.mark.slow
def test_a_closed_date_is_made_once_and_again_when_a_purchase_by_it_changes(built, tables, workshop):
    """Incremental: a mark left in the rows stays at the dates that hold, and is gone from the first one that does not on."""
    newest = newest_date_of(tables, "Asia/Shanghai")
    before, at = as_of_dates(newest)[-7:-5]
    build(workshop, brands.as_it_was(tables, newest - timedelta(days=20)))
    done = build(workshop, tables, fresh=False)
    assert rows(done) == built
    with duckdb.connect(str(done.database)) as connection:
        connection.execute("update scoring.score_next_product set reason = 'kept'")
        connection.execute("update scoring.scoring_next_product__evaluated set product_coverage = -1")
    refunded = {row["order_id"] for row in tables["refunds"]}
    found_late = next(
        row
        for row in tables["orders"]
        if row["customer_id"]
        and row["paid_at"]
        and row["status"] == "completed"
        and row["order_id"] not in refunded
        and before < business_date(row["ordered_at"]) <= before + timedelta(days=30)
    )
    late = tables | {
        "order_items": [
            *tables["order_items"],
            dict.fromkeys(tables["order_items"][0]) | {"order_id": found_late["order_id"], "line_no": 99, "sku_id": "sku_late", "quantity": 1, "unit_price": 1},
        ]
    }
    done = build(workshop, late, fresh=False)
    kept = done.rows("select as_of_date, count(*), count(*) filter (where reason = 'kept') from scoring.score_next_product group by 1 order by 1")
    assert len(kept) == 13
    assert [kept_rows for _, _, kept_rows in kept] == [count if day < at else 0 for day, count, _ in kept]
    measured = done.rows(
        "select evaluated_on, count(*) filter (where product_coverage = -1) from scoring.scoring_next_product__evaluated group by 1 order by 1"
    )
    assert measured == [(day, 5 if day < before else 0) for day in sorted({judged_by(at, newest) for at in as_of_dates(newest)} - {None})]
    grown, afresh = rows(done), rows(build(workshop, late))
    assert [row for row in grown["score_next_product"] if row[0] >= at] == [row for row in afresh["score_next_product"] if row[0] >= at]
    judged = [[row for row in found["scoring_next_product"] if row[3] is not None and row[3] >= before] for found in (grown, afresh)]
    assert judged[0] and judged[0] == judged[1]


@pytest.mark.slow
def test_a_date_lost_in_a_killed_build_is_made_again(built, tables, workshop):
    """A kill between forgetting and appending leaves dates missing, in some tables and not in others."""
    done = build(workshop, tables)
    with duckdb.connect(str(done.database)) as connection:
        for table, column, number in (
            ("scoring_next_product__evaluated", "evaluated_on", 2),
            ("score_next_product", "as_of_date", 5),
            ("score_products__co_purchased", "as_of_date", 5),
            ("fit_product_neighbours", "as_of_date", 5),
        ):
            day = as_of_dates(newest_date_of(tables, "Asia/Shanghai"))[-number - 1]
            assert connection.execute(f"delete from scoring.{table} where {column} = date '{day}'").fetchone()[0] > 0, table
    assert rows(build(workshop, tables, fresh=False)) == built


@pytest.mark.slow
def test_a_date_of_which_nobody_is_asked_is_measured_once(tables, workshop):
    """Without lines nobody buys a product; with lines the same dates are measured again."""
    folder = brands.write(tables, workshop.folder / "unasked")
    (folder / "order_items.parquet").rename(folder / "kept_aside")
    done = workshop.build(folder, name="unasked", select=SELECT, vars=ALL_DATES)
    assert done.success, done.text[-3000:]
    marked = "select count(*), count(*) filter (where customers_count = 0 and won_count = -1) from scoring.scoring_next_product__evaluated"
    with duckdb.connect(str(done.database)) as connection:
        connection.execute("update scoring.scoring_next_product__evaluated set won_count = -1 where customers_count = 0")
    ((count, unasked),) = done.rows(marked)
    assert count == unasked > 0
    done = workshop.build(folder, name="unasked", select=SELECT, vars=ALL_DATES, fresh=False)
    assert done.success and done.rows(marked) == [(count, count)]
    (folder / "kept_aside").rename(folder / "order_items.parquet")
    done = workshop.build(folder, name="unasked", select=SELECT, vars=ALL_DATES, fresh=False)
    assert done.success and done.rows(marked) == [(count, 0)]
    assert rows(done)["scoring_next_product"] == rows(build(workshop, tables))["scoring_next_product"]


@pytest.mark.slow
def test_replay_equals_a_cut(tables, workshop):
    day = newest_date_of(tables, "Asia/Shanghai") - timedelta(days=40)
    cut = rows(build(workshop, brands.cut_at(tables, day), vars={"as_of_date": str(day)}))
    assert cut == rows(build(workshop, tables, vars={"as_of_date": str(day)}))


@pytest.mark.slow
@pytest.mark.parametrize("absent", [("order_items",), ("order_items", "products", "refunds"), ("products",)])
def test_a_brand_without_lines_or_products_is_offered_what_can_be_known(tables, workshop, absent):
    folder = brands.write(tables, workshop.folder / "without")
    for table in absent:
        (folder / f"{table}.parquet").unlink()
    done = workshop.build(folder, name="without", select=SELECT)
    for table in absent:
        assert not (folder / f"{table}.parquet").exists()
    assert done.success, done.text[-3000:]
    kinds = {kind for (kind,) in done.rows("select distinct kind from scoring.score_next_product")}
    assert kinds == (set() if "order_items" in absent else {"habit", "novel"})
    verdicts = done.rows("select distinct verdict from scoring.scoring_next_product")
    assert verdicts == [("not_enough_data",)]
    assert done.rows("select count(*) from scoring.scoring_next_product") == [(2,)]


@pytest.mark.slow
def test_only_the_newest_date_is_chosen_for(built, tables, workshop):
    """It says what it says among all dates; the private tables hold it and the date that its verdict needs."""
    newest = newest_date_of(tables, "Asia/Shanghai")
    judged = judged_by(newest, newest)
    done = build(workshop, tables, vars={"next_product_months": 0})
    found = rows(done)
    for table in ROWS:
        assert [row for row in found[table] if row[0] == newest] == [row for row in built[table] if row[0] == newest] != [], table
    assert {row[0] for table in ("score_next_product", "scoring_next_product") for row in found[table]} == {newest}
    assert {row[0] for row in found["fit_product_neighbours"]} == {judged, newest}
    for table, column, most in (
        ("habits", "habit_place", 50 + 10 + 10 + 80),
        ("co_purchased", "place", 10),
        ("in_categories", "place", 10),
        ("popular_new", "place", 10),
    ):
        counted = f"select as_of_date, count({column}) as kept from scoring.score_products__{table} group by as_of_date, buyer_number"
        private = done.rows(f"select as_of_date, max(kept) from ({counted}) group by 1 order by 1")
        assert [day for day, _ in private] == [judged, newest] and max(kept for _, kept in private) <= most, table


@pytest.mark.slow
def test_a_month_end_keeps_what_was_said_when_it_was_the_newest_date(tables, workshop):
    """Even where a late order would say it otherwise now; the newest date and its verdict are as in a full refresh."""
    newest = newest_date_of(tables, "Asia/Shanghai")
    month_end = as_of_dates(newest)[-3]
    only_newest = {"next_product_months": 0}
    said = rows(build(workshop, brands.as_it_was(tables, month_end), vars={**only_newest, "as_of_date": str(month_end)}))
    grown, afresh = rows(build(workshop, tables, vars=only_newest, fresh=False)), rows(build(workshop, tables, vars=only_newest))
    names = {row[1] for row in afresh["score_next_product"]}
    kept = [row for row in said["score_next_product"] if row[1] in names]
    assert kept and {row[0] for row in kept} == {month_end}
    assert grown["score_next_product"] == sorted(kept + afresh["score_next_product"])
    assert grown["scoring_next_product"] == sorted(said["scoring_next_product"] + afresh["scoring_next_product"], key=str)
    assert grown["fit_product_neighbours"] == afresh["fit_product_neighbours"]


@pytest.mark.slow
def test_a_new_name_makes_nothing_again_but_what_is_said_to_customers(tables, workshop):
    """The habits of the customer keep a mark, and what is offered stands under the new name alone."""
    only_newest = {"next_product_months": 0}
    done = build(workshop, tables, vars=only_newest)
    before = rows(done)["score_next_product"]
    with duckdb.connect(str(done.database)) as connection:
        connection.execute("update scoring.score_products__habits set days_count = days_count + 1000")
        connection.execute("update scoring.scoring_next_product__evaluated set product_coverage = -1")
    renamed = {
        table: [{column: "a_new_name" if value == before[0][1] else value for column, value in row.items()} for row in of_table]
        for table, of_table in tables.items()
    }
    done = build(workshop, renamed, vars=only_newest, fresh=False)
    assert done.rows("select count(*) filter (where days_count < 1000) from scoring.score_products__habits") == [(0,)]
    assert done.rows("select count(*) filter (where product_coverage <> -1) from scoring.scoring_next_product__evaluated") == [(0,)]
    after = rows(done)["score_next_product"]
    offered = {row[1:6] for row in before}
    assert {row[1:6] for row in after} == {("a_new_name" if row[0] == before[0][1] else row[0], *row[1:]) for row in offered}
