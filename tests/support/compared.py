"""Marts of a built brand beside the reference: the differences, each as a line. For pytest and for workshop/mutate."""

from __future__ import annotations

import math
from collections import Counter
from pathlib import Path

import duckdb
import yaml
from reference import tag_marts
from reference.tag_marts import predictive_tags

TAG_MARTS = "customer_tag_values tag_sizes tag_overlaps tag_uses tag_health"
ACTIVATION_MARTS = sorted(
    f"activation.{model['name']}"
    for file in (Path(__file__).resolve().parents[2] / "models" / "activation").rglob("*.yml")
    for model in yaml.safe_load(file.read_text(encoding="utf-8"))["models"]
    if model.get("access") == "public"
)
SHOWN = 6
FINGERPRINTS = {"input_fingerprint", "day_fingerprint"}
# Predictions have no reference in plain Python: test_scoring_models.py holds them against the scores they come from.
NOT_IN_REFERENCE = FINGERPRINTS | predictive_tags()
RFM_COLUMNS = ["customer_id", "as_of_date", "recency_score", "frequency_score", "monetary_score", "segment_code"]


def rows_of(database: Path, relation: str, columns: list[str] | None = None) -> list[dict]:
    with duckdb.connect(str(database), read_only=True) as connection:
        result = connection.execute(f"select {', '.join(columns) if columns else '*'} from {relation}")
        names = [column[0] for column in result.description]
        return [dict(zip(names, row, strict=True)) for row in result.fetchall()]


def assert_same(actual: list[dict], expected: list[dict], ignored: set[str] = frozenset(), day: str = "as_of_date", tolerance: float = 1e-9) -> None:
    """Compare rows by customer and day, floats to the tolerance; the message shows a few customers that differ."""
    found, wanted = ({(row["customer_id"], row[day]): row for row in rows} for rows in (actual, expected))
    assert len(found) == len(actual), "a customer has two rows at one date"
    assert set(actual[0]) - ignored == set(expected[0]) - ignored, "the columns differ"
    problems: dict[str, list[str]] = {}
    for customer_id, at in sorted(found.keys() | wanted.keys()):
        row, right = found.get((customer_id, at)), wanted.get((customer_id, at))
        if row is None or right is None:
            problems.setdefault(customer_id, []).append(f"{at}: {'a row is missing' if row is None else 'a row too many'}")
            continue
        wrong = [
            f"{column} is {row[column]!r}, should be {value!r}"
            for column, value in right.items()
            if column not in ignored and not same(row[column], value, tolerance)
        ]
        if wrong:
            problems.setdefault(customer_id, []).append(f"{at}: {'; '.join(wrong)}")
    examples = "\n".join(f"{name}, {len(here)} dates, {here[0]}" for name, here in list(problems.items())[:12])
    assert not problems, f"{len(problems)} customers differ (each with its first date):\n{examples}"


def assert_same_rows(name: str, actual: list[dict], expected: list[dict]) -> None:
    """Compare all rows and columns, whatever the key; the message shows a few rows that only one side has."""
    found, wanted = (Counter(repr(sorted(row.items())) for row in rows) for rows in (actual, expected))
    only = [*(f"too many: {row}" for row in found - wanted), *(f"missing: {row}" for row in wanted - found)]
    assert not only, f"{name} differs in {len(only)} rows:\n" + "\n".join(sorted(only)[:SHOWN])


def same(actual, expected, tolerance: float) -> bool:
    if isinstance(actual, float) and isinstance(expected, float):
        return math.isclose(actual, expected, rel_tol=tolerance, abs_tol=tolerance)
    return actual == expected


def tag_mart_differences(database: Path) -> list[str]:
    """Compare every row and column of the tag marts with what follows from customer_tags, the notes and the products."""
    with duckdb.connect(str(database), read_only=True) as connection:
        customers, notes, products = (
            _rows(connection, relation) for relation in ("tags.customer_tags", "intermediate.int_manual_tags__dated", "intermediate.int_products__bought")
        )
        expected = {
            "tags.customer_tag_values": (
                3,
                "customer_id, as_of_date, tag_code, tag_value, kind, life_stage, source, confidence",
                tag_marts.customer_tag_values(customers, notes, products),
            ),
            "tags.tag_sizes": (
                3,
                "as_of_date, tag_code, tag_value, customers_count, active_30d_share, lost_share, new_customers_count",
                tag_marts.tag_sizes(customers),
            ),
            "tags.tag_overlaps": (2, "tag_code, other_tag_code, both_count, jaccard", tag_marts.tag_overlaps(customers)),
            "tags.tag_health": (
                1,
                "tag_code, as_of_date, customers_count, coverage, distinct_values_count, last_changed_as_of_date, age_days, "
                "nearest_tag_code, nearest_jaccard, has_same_customers_as_nearest",
                tag_marts.tag_health(customers),
            ),
        }
        found = []
        for relation, (keys, columns, wanted) in expected.items():
            actual = connection.execute(f"select {columns} from {relation}").fetchall()
            found += [f"{relation}: {line}" for line in _differences(actual, keys, wanted)]
        return found


def _rows(connection: duckdb.DuckDBPyConnection, relation: str) -> list[dict]:
    result = connection.execute(f"select * from {relation}")
    names = [column[0] for column in result.description]
    return [dict(zip(names, row)) for row in result.fetchall()]


def _differences(actual: list[tuple], keys: int, wanted: dict[tuple, tuple]) -> list[str]:
    found = {row[:keys] if keys > 1 else row[0]: row[keys:] for row in actual}
    lines = [f"{len(actual)} rows, should be {len(wanted)}"] if len(actual) != len(wanted) else []
    wrong = [key for key in sorted(found.keys() | wanted.keys(), key=str) if not _alike(found.get(key), wanted.get(key))]
    return lines + [f"{key} is {found.get(key)}, should be {wanted.get(key)}" for key in wrong[:SHOWN]]


def _alike(actual: tuple | None, expected: tuple | None) -> bool:
    if actual is None or expected is None:
        return False
    return all(
        math.isclose(one, other, rel_tol=1e-9) if isinstance(one, float) and isinstance(other, float) else one == other
        for one, other in zip(actual, expected, strict=True)
    )
