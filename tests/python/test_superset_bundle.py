"""The dashboard bundle for Superset reads columns that the marts have, under their names, and each chart is compared with the build."""

from __future__ import annotations

import io
import re
import zipfile
from datetime import date
from decimal import Decimal

import pytest
import yaml
from click.testing import CliRunner

from workshop.superset import bundle
from workshop.superset.api import query_of
from workshop.superset.command import superset_command
from workshop.superset.numbers import EXPECTED, compare

DATASETS = {content["uuid"]: content for content in bundle.read("datasets").values()}
CHARTS = bundle.read("charts")
KINDS = {"varchar": "TEXT", "date": "DATE", "bigint": "BIGINT", "boolean": "BOOLEAN", "double": "DOUBLE PRECISION", "decimal(18,4)": "NUMERIC"}
BILINGUAL = re.compile(r".*[\u4e00-\u9fff].* · .*[A-Za-z]")


@pytest.fixture(scope="module")
def marts(workshop) -> dict[str, dict]:
    """{public mart: {column: (name in both languages, type in PostgreSQL)}}."""
    nodes = [node for node in workshop.manifest()["nodes"].values() if node["resource_type"] == "model" and node["access"] == "public"]
    return {node["name"]: {name: described(column) for name, column in node["columns"].items()} for node in nodes}


def described(column: dict) -> tuple[str, str | None]:
    meta = column["config"]["meta"].get("tag") or column["config"]["meta"]
    return f"{meta.get('name_zh')} · {meta.get('name_en')}", KINDS.get(column["data_type"])


@pytest.mark.parametrize("dataset", DATASETS.values(), ids=lambda dataset: dataset["table_name"])
def test_columns_of_a_dataset_are_those_of_public_marts(dataset, marts):
    read = set(re.findall(r"\btagmart\.(\w+)", dataset["sql"] or "")) or {dataset["table_name"]}
    assert read <= set(marts) and dataset["schema"] == "tagmart"
    known = {name: column for mart in sorted(read, reverse=True) for name, column in marts[mart].items()}
    made = {"is_newest", "class_name"} if dataset["sql"] else set()
    for column in dataset["columns"]:
        assert BILINGUAL.match(column["verbose_name"]) and (column["type"] == "DATE") == column["is_dttm"]
        if column["column_name"] not in made:
            assert known[column["column_name"]] == (column["verbose_name"], column["type"]), column
    names = {column["column_name"] for column in dataset["columns"]}
    for metric in dataset["metrics"]:
        assert BILINGUAL.match(metric["verbose_name"])
        assert set(re.findall(r"\b[a-z_]+\b", metric["expression"])) - {"sum", "max", "count", "distinct", "filter", "where"} <= names, metric


@pytest.mark.parametrize("name, chart", CHARTS.items(), ids=CHARTS)
def test_a_chart_asks_for_what_its_dataset_has_and_is_on_the_dashboard(name, chart):
    dataset, query = DATASETS[chart["dataset_uuid"]], query_of(chart["params"])
    columns = {column["column_name"] for column in dataset["columns"]}
    asked = [column["label"] if isinstance(column, dict) else column for column in query["columns"]] + [one["col"] for one in query["filters"]]
    assert set(asked) <= columns and set(query["metrics"]) <= {metric["metric_name"] for metric in dataset["metrics"]}
    assert BILINGUAL.match(chart["slice_name"]) and chart["params"]["viz_type"] == chart["viz_type"]
    [dashboard] = bundle.read("dashboards").values()
    placed = {cell["meta"]["uuid"]: cell["meta"]["sliceName"] for cell in dashboard["position"].values() if isinstance(cell, dict) and cell["type"] == "CHART"}
    assert placed[chart["uuid"]] == chart["slice_name"] and len(placed) == len(CHARTS)
    assert name in yaml.safe_load(EXPECTED.read_text(encoding="utf-8"))


def test_the_zip_file_has_the_bundle_with_another_database(tmp_path):
    uri, file = "postgresql+psycopg2://bi:XXXXXXXXXX@elsewhere/bi", tmp_path / "tagmart.zip"
    assert CliRunner().invoke(superset_command, ["--zip", str(file), "--uri", uri]).exit_code == 0
    with zipfile.ZipFile(io.BytesIO(file.read_bytes())) as archive:
        read = {name: yaml.safe_load(archive.read(name)) for name in archive.namelist()}
    assert len(read) == 2 + 1 + len(DATASETS) + len(CHARTS) and read["tagmart/databases/Tagmart.yaml"]["sqlalchemy_uri"] == uri
    assert "elsewhere" not in str(yaml.safe_load((bundle.BUNDLE / bundle.DATABASE).read_text(encoding="utf-8")))


@pytest.mark.parametrize(
    "shown, fault",
    [
        ([{"day": 86400000, "n": 0.1 + 0.2}, {"day": 0, "n": 2}], None),
        ([{"day": 86400000, "n": 0.3}, {"day": 0, "n": 2.001}], "2.001"),
        ([{"day": 86400000, "n": 0.3}], "1 rows in place of 2"),
        ([{"day": 86400000, "m": 0.3}, {"day": 0, "m": 2}], "'m'"),
        ([{"day": 86400000, "n": None}, {"day": 0, "n": 2}], "None"),
    ],
)
def test_another_number_is_found_whatever_the_order_of_rows(shown, fault):
    found = compare("a chart", shown, [{"day": date(1970, 1, 1), "n": 2}, {"day": date(1970, 1, 2), "n": Decimal("0.3")}])
    assert fault in (found.fault or "") if fault else (found.fault is None and round(found.total, 9) == 2.3)


def test_a_chart_without_rows_proves_nothing():
    assert compare("a chart", [], []).fault == "the build has no row for it"
