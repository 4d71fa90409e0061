"""The marts of money and health of a built brand beside their references, cell by cell."""

from __future__ import annotations

import math
from collections import defaultdict
from datetime import timedelta
from decimal import Decimal
from pathlib import Path
from random import Random

import measured_health
import measured_money
import measured_periods
from compared import rows_of
from measured_brand import Measured
from measured_bridge import PARTS, Bridges

HISTORY = {  # public marts with history, and the key of each
    "periods": ("period_code",),
    "period_comparisons": ("period_code", "comparison_code"),
    "gmv_bridge": ("period_code", "comparison_code", "scheme_code", "segment_code", "measure_code"),
    "segment_concentration": ("as_of_date", "scheme_code", "segment_code"),
    "segment_lorenz": ("as_of_date", "scheme_code", "segment_code", "customers_percent"),
    "cohort_retention": ("cohort_month", "month_date"),
    "core_pool_growth": ("as_of_date", "base_date"),
    "unit_economics": ("month_date",),
}


def rows_by_key(database: Path, mart: str) -> dict[tuple, dict]:
    """Return the rows of a mart of HISTORY by its key."""
    return {tuple(row[name] for name in HISTORY[mart]): row for row in rows_of(database, f"measurement.{mart}")}


def with_costs(tables: dict, number: int) -> dict:
    """A brand with costs of several months, and, of an even number, with the cost of every product and lines of every order."""
    random = Random(number)
    for _ in range(40):
        day = tables["orders"][random.randrange(len(tables["orders"]))]["ordered_at"].date()
        kind, channel = random.choice(["traffic", "delivery", "staff", "other"]), random.choice(["ads", "app"])
        if not any((row["cost_date"], row["channel"], row["cost_kind"]) == (day, channel, kind) for row in tables["costs"]):
            tables["costs"].append({"cost_date": day, "channel": channel, "cost_kind": kind, "amount": Decimal(random.randrange(9999)) / 100})
    if number % 2 == 0:
        tables["order_items"] = [row for row in tables["order_items"] if row["quantity"] > 0]
        lined = {row["order_id"] for row in tables["order_items"]}
        bare = [order["order_id"] for order in tables["orders"] if order["order_id"] not in lined]
        tables["order_items"] += [{"order_id": order, "line_no": 0, "sku_id": "sku_0", "quantity": 1, "unit_price": Decimal(5)} for order in bare]
        for product in tables["products"]:
            product["unit_cost"] = Decimal(random.randrange(9000)) / 100
        known = {product["sku_id"] for product in tables["products"]}
        sold = sorted({row["sku_id"] for row in tables["order_items"]} - known)
        tables["products"] += [{"sku_id": sku_id, "unit_cost": Decimal(7)} for sku_id in sold]
    return tables


def check(database: Path) -> dict[str, int]:
    """Compare everything; return how many rows of each kind were compared."""
    brand = Measured(database)
    counts = _check_bridges(brand)
    return counts | {"curves": _check_concentration(brand), "cohorts": _check_months(brand), "contrasts": _check_health(brand)}


def _check_bridges(brand: Measured) -> dict[str, int]:
    known = measured_periods.periods(brand.first, brand.newest, brand.events)
    assert {row["period_code"] for row in brand.rows("measurement.periods")} == set(known)
    pairs = measured_periods.comparisons(known, brand.first, brand.newest)
    assert {(row["period_code"], row["comparison_code"]): row["from_period_code"] for row in brand.rows("measurement.period_comparisons")} == pairs
    found: dict[tuple, dict] = defaultdict(dict)
    for row in brand.rows("measurement.gmv_bridge"):
        found[row["period_code"], row["comparison_code"], row["scheme_code"]][row["segment_code"], row["measure_code"]] = row
    bridges = Bridges(brand.purchases, lost_after_days=300)
    everybody = {purchase.customer_id: ("_all", "_all") for purchase in brand.purchases}
    wanted = {}
    for (code, how), from_code in pairs.items():
        closings = [measured_periods.closing(known[each], brand.as_of_dates) for each in (from_code, code)]
        classes = {"_brand": everybody} | ({scheme: brand.classes_between(scheme, *closings) for scheme in brand.classes} if closings[0] else {})
        for scheme, of_scheme in classes.items():
            expected = bridges.bridge(known[from_code], known[code], of_scheme)
            if expected:
                wanted[code, how, scheme] = expected
    assert found.keys() == wanted.keys()
    counts = {"bridges": 0, "margins": 0}
    for key, expected in wanted.items():
        assert found[key].keys() == expected.keys(), key
        for cell, parts in expected.items():
            row = found[key][cell]
            counts["bridges" if cell[1] == "net_amount" else "margins"] += 1
            assert (row["from_amount"], row["amount"]) == (parts["from_amount"], parts["amount"]), (key, cell)
            for part in PARTS:
                assert abs(float(row[f"{part}_amount"]) - float(parts[part])) <= 0.00006, (key, cell, part, row[f"{part}_amount"], float(parts[part]))
    return counts


def _check_concentration(brand: Measured) -> int:
    curves: dict[tuple, dict] = defaultdict(dict)
    for row in brand.rows("measurement.segment_lorenz"):
        curves[row["as_of_date"], row["scheme_code"], row["segment_code"]][row["customers_percent"]] = row["amount_share"]
    groups: dict[tuple, list] = defaultdict(list)
    for day, amounts in brand.amounts.items():
        for customer_id, amount in amounts.items():
            for scheme, code in [("_brand", "_all"), *((scheme, of[day][customer_id]) for scheme, of in brand.classes.items())]:
                if amount > 0:
                    groups[day, scheme, code].append(amount)
    found = {(row["as_of_date"], row["scheme_code"], row["segment_code"]): row for row in brand.rows("measurement.segment_concentration")}
    assert found.keys() == groups.keys() == curves.keys()
    for key, amounts in groups.items():
        expected = measured_money.concentration(amounts, Decimal("0.8"))
        _same(found[key], {name: value for name, value in expected.items() if name != "curve"}, key)
        assert all(math.isclose(curves[key][percent], expected["curve"][percent], abs_tol=1e-9) for percent in range(101)), key
    return len(groups)


def _check_months(brand: Measured) -> int:
    cohorts = {(row["cohort_month"], row["month_date"]): row for row in brand.rows("measurement.cohort_retention")}
    expected = measured_money.cohorts(brand.purchases, brand.newest)
    assert cohorts.keys() == expected.keys()
    for key, row in expected.items():
        _same(cohorts[key], row, key)
    months = {row["month_date"]: row for row in brand.rows("measurement.unit_economics")}
    expected = measured_money.months(brand.purchases, brand.costs, brand.first, brand.newest)
    assert months.keys() == expected.keys()
    for month, row in expected.items():
        _same(months[month], row, month)
    return len(cohorts)


def _check_health(brand: Measured) -> int:
    day, spent, count = measured_health.outcome_date(brand.as_of_dates), defaultdict(Decimal), 0
    for purchase in brand.purchases:
        if day < purchase.day <= day + timedelta(days=30):
            spent[purchase.customer_id] += purchase.net
    positions: dict[str, list] = defaultdict(list)
    for row in sorted(brand.rows("segments.segment_definitions"), key=lambda row: row["position"]):
        positions[row["scheme_code"]].append(row["segment_code"])
    found = {(row["scheme_code"], row["segment_code"]): row for row in brand.rows("measurement.fit_class_contrasts")}
    for scheme, codes in positions.items():
        amounts = {code: [float(spent[one]) if one in spent else math.nan for one, own in brand.classes[scheme][day].items() if own == code] for code in codes}
        for code, neighbour in measured_health.neighbours(codes).items():
            if neighbour and amounts[code] and amounts[neighbour]:
                count += 1
                _same(found.pop((scheme, code)), measured_health.contrast(amounts[code], amounts[neighbour]), (scheme, code))
    assert not found
    return count


def _same(row: dict, expected: dict, key: object) -> None:
    for name, value in expected.items():
        near = math.isclose(row[name], value, rel_tol=1e-9, abs_tol=1e-9) if isinstance(value, float) and row[name] is not None else row[name] == value
        assert near, f"{key}: {name} is {row[name]!r}, should be {value!r}"
