"""Money measured: the Shapley values of the bridge against the definition and published figures, and all of it on random brands against a reference."""

from __future__ import annotations

from datetime import date
from fractions import Fraction
from itertools import permutations
from random import Random

import brands
import duckdb
import jinja2
import measured_checks
import pyarrow as pa
import pytest
import yaml
from conftest import PROJECT
from draws import drawn
from shapley import shapley

from tagmart.measurement.classes import SCHEMA, contrasts

FACTORS = ("buyers", "orders_per_buyer", "amount_per_order", "margin_share")
PUBLISHED = ((27017.63799, 0.93505, 0.51509, 0.633046), (43770.52556, 0.89105, 0.57619, 0.668674))
MARTS_AND_BEFORE = "+path:models/measurement +path:tests/measurement"  # tests read more than the marts do
MONEY = PROJECT / "models" / "measurement" / "money"


def parts_of(cases: list[tuple[dict, dict]]) -> list[dict]:
    """What the text of bridge_shares makes of factors before and after, a case each, in their order."""
    columns = {"period_code": [f"{number:05}" for number in range(len(cases))]}
    columns |= {name: ["same"] * len(cases) for name in ("comparison_code", "scheme_code", "segment_code", "measure_code")}
    for name in FACTORS:
        columns |= {f"from_{name}": [float(case[0][name]) for case in cases], name: [float(case[1][name]) for case in cases]}
    sql = jinja2.Template((MONEY / "bridge_shares.sql").read_text(encoding="utf-8")).render(ref=str)
    connection = duckdb.connect()
    connection.register("bridge_factors", pa.table(columns))
    rows = connection.sql(f"select * from ({sql}) order by period_code").to_arrow_table().to_pylist()
    return [{name: row[f"{name}_amount"] for name in FACTORS} for row in rows]


def named(values) -> dict:
    return dict(zip(FACTORS, values, strict=True))


def test_published_four_factors():
    """27,017.63799 x .93505 x .51509 x .633046 becomes 43,770.52556 x .89105 x .57619 x .668674."""
    before, after = (named(values) for values in PUBLISHED)
    for parts in (parts_of([(before, after)])[0], shapley(before, after)):
        assert [round(parts[name], 2) for name in FACTORS] == [5431.37, -556.99, 1285.20, 629.53]


def test_what_stayed_gets_nothing():
    """100 x 2 x 50 becomes 120 x 2 x 60."""
    cases = [(named((100, 2, 50, 1)), named((120, 2, 60, 1)))]
    assert parts_of(cases) == [named((2200, 0, 2200, 0))] == [shapley(*cases[0])]


def test_two_and_three_factors_are_four_of_which_some_stay():
    assert shapley({"a": 3, "b": 5}, {"a": 4, "b": 7}) == {"a": 6, "b": 7}
    assert parts_of([(named((3, 5, 1, 1)), named((4, 7, 1, 1)))]) == [named((6, 7, 0, 0))]
    three = shapley(dict(zip("abc", (2, 3, 5), strict=True)), dict(zip("abc", (4, 7, 11), strict=True)))
    assert parts_of([(named((2, 3, 5, 1)), named((4, 7, 11, 1)))]) == [named((*three.values(), 0))]


def random_cases(number: int) -> list[tuple[dict, dict]]:
    """Factors of every size, now and then zero, below zero or the same as before."""
    random, cases = Random(number), []
    for _ in range(400):
        before = [Fraction(random.randrange(-20, 4000), random.choice([1, 4, 64])) for _ in FACTORS]
        after = [value if random.random() < 0.3 else Fraction(random.randrange(0, 4000), random.choice([1, 4, 64])) for value in before]
        cases.append((named(before), named(after)))
    return cases


def test_the_query_is_the_definition():
    cases = random_cases(1)
    for (before, after), parts in zip(cases, parts_of(cases), strict=True):
        right = shapley(before, after)
        largest = max(1, *(abs(value) for value in right.values()))
        assert [parts[name] for name in FACTORS] == pytest.approx([float(right[name]) for name in FACTORS], rel=1e-9, abs=1e-9 * float(largest))
        assert sum(right.values()) == _product(after) - _product(before)
        assert all(parts[name] == 0 for name in FACTORS if before[name] == after[name])


def test_order_and_names_of_factors_change_nothing():
    cases = random_cases(2)[:60]
    plain = parts_of(cases)
    for order in permutations(FACTORS):
        renamed = [tuple(named(side[other] for other in order) for side in case) for case in cases]
        for own, parts in zip(plain, parts_of(renamed), strict=True):
            assert [parts[name] for name in FACTORS] == pytest.approx([own[other] for other in order], rel=1e-9, abs=1e-3)


def _product(factors: dict) -> Fraction:
    product = Fraction(1)
    for value in factors.values():
        product *= value
    return product


def test_contrasts_have_the_columns_of_their_yaml():
    """What the function returns is what dbt stores."""
    described = yaml.safe_load((PROJECT / "models/measurement/health/fit_class_contrasts.yml").read_text(encoding="utf-8"))["models"][0]
    assert [column["name"] for column in described["columns"]] == SCHEMA.names


def test_classes_that_do_not_vary_have_no_interval_of_money():
    sums = {"customers_count": 3, "buyers_count": 1, "net_sum": 0, "net_net_sum": 0}
    row = {"scheme_code": "s", "segment_code": "a", "neighbour_segment_code": "b"} | sums | {f"neighbour_{name}": value for name, value in sums.items()}
    found = contrasts(pa.Table.from_pylist([row])).to_pylist()[0]
    assert found["net_amount_difference"] is None and found["net_amount_difference_low"] is None
    assert found["buyers_share_difference"] == 0 and found["buyers_share_difference_low"] < 0 < found["buyers_share_difference_high"]


@pytest.mark.slow
@pytest.mark.parametrize("number", drawn(range(4), least=2))
def test_money_of_random_brands(workshop, number):
    """Every cell of the bridge, the curves, the cohorts, the months and the contrasts, on brands with every oddity; half with all costs known."""
    shape = brands.Shape(seed=700 + number, people=110, newest=brands.NEWEST_DAYS[number], oddity=[0.05, 0.15, 0.4, 0.15][number])
    tables = measured_checks.with_costs(brands.brand(shape), number)
    folder = brands.write(tables, workshop.folder / "delivered")
    built = workshop.build(folder, select=MARTS_AND_BEFORE, vars={"max_rejected_share": 1})
    assert built.success, built.text[-3000:]
    checked = measured_checks.check(built.database)
    assert checked["bridges"] > 500 and checked["cohorts"] > 30 and checked["curves"] > 300, checked
    assert checked["margins"] == checked["bridges"] if number % 2 == 0 else 50 < checked["margins"] < checked["bridges"], checked
    tested = workshop.build(folder, command="test", fresh=False, select="path:tests/measurement", vars={"max_rejected_share": 1})
    assert tested.success, tested.text[-3000:]


@pytest.mark.slow
def test_rows_of_the_past_stay(workshop):
    """A brand of orders alone, as of a Sunday within a month and eight weeks later: what was over by then comes out the same.

    Both begin with the same as-of date: before it periods have no classes.
    """
    shape = brands.Shape(seed=77, people=90, newest=date(2024, 6, 15))
    orders = [row | {"phone_hash": None, "device_id": None, "currency": None} for row in brands.brand(shape)["orders"]]
    folder = brands.write({"orders": orders}, workshop.folder / "delivered")
    now = workshop.build(folder, select=MARTS_AND_BEFORE, vars={"max_rejected_share": 1, "history_months": 18})
    marts = {mart: measured_checks.rows_by_key(now.database, mart) for mart in measured_checks.HISTORY}
    then = workshop.build(folder, select=MARTS_AND_BEFORE, vars={"max_rejected_share": 1, "history_months": 16, "as_of_date": "2024-04-21"})
    for mart, later in marts.items():
        earlier = {
            key: row for key, row in measured_checks.rows_by_key(then.database, mart).items() if date(2024, 4, 21) not in key and row.get("is_complete", True)
        }
        assert len(earlier) > 10, mart
        assert {key: later.get(key) for key in earlier} == earlier, mart
