"""What every model says of itself: whom it is for, what a row is and, when people read it, what each column holds."""

from __future__ import annotations

from pathlib import PurePosixPath

import pytest


@pytest.fixture(scope="module")
def manifest(workshop) -> dict:
    return workshop.manifest()


@pytest.fixture(scope="module")
def models(manifest) -> list[dict]:
    return [node for node in manifest["nodes"].values() if node["resource_type"] == "model"]


def test_every_model_has_one_yaml_of_its_name_beside_it(manifest, models):
    """Whoever has the SQL open finds columns, tests and unit tests without a search."""
    expected = {node["unique_id"]: str(PurePosixPath(node["original_file_path"]).with_suffix(".yml")) for node in models}
    assert {key: str(manifest["nodes"][key]["patch_path"]).split("://")[-1] for key in expected} == expected
    tests = [*manifest["unit_tests"].values(), *(node for node in manifest["nodes"].values() if node.get("test_metadata"))]
    of_model = [(test["name"], test["original_file_path"], test.get("attached_node") or model_of(test)) for test in tests]
    assert [f"{name} stands in {file}" for name, file, key in of_model if key in expected and file != expected[key]] == []


def model_of(unit_test: dict) -> str:
    return unit_test["depends_on"]["nodes"][0]


def test_every_model_says_what_a_row_is(models):
    assert [node["name"] for node in models if not node["description"].startswith("One row per ")] == []


def test_every_model_is_for_people_or_for_its_folder(manifest, models):
    """Nobody builds upon a model by accident: neither public nor private is only what another folder, or a test of it, reads."""
    folder_of = {key: node["fqn"][1] for key, node in manifest["nodes"].items() if node["resource_type"] in ("model", "test")}
    read_elsewhere = {key for reader, folder in folder_of.items() for key in manifest["nodes"][reader]["depends_on"]["nodes"] if folder_of.get(key) != folder}
    assert [node["name"] for node in models if node["access"] == "protected" and node["unique_id"] not in read_elsewhere] == []


def test_every_public_model_is_a_contract(models):
    """What people read changes its columns or their types only on purpose, and says in two languages what each of them is."""
    public = [node for node in models if node["access"] == "public"]
    assert len(public) > 20
    # dbt enforces contracts of SQL only; those in Python are held by test_scoring_marts.py.
    assert [node["name"] for node in public if not node["contract"]["enforced"] and node["language"] == "sql"] == []
    missing = [
        f"{node['name']}.{column['name']}: {part}"
        for node in public
        for column in node["columns"].values()
        for part, said in {"data_type": column["data_type"], "description": column["description"], **names_of(column)}.items()
        if not (said or "").strip()
    ]
    assert missing == []


def test_a_column_named_like_a_tag_is_called_like_it(models):
    """The same column under two names looks like two things on a dashboard."""
    tags = next(node for node in models if node["name"] == "customer_tags")["columns"]
    other = [
        f"{node['name']}.{name}"
        for node in models
        if node["access"] == "public"
        for name, column in node["columns"].items()
        if name in tags and names_of(column) != names_of(tags[name])
    ]
    assert other == []


def names_of(column: dict) -> dict[str, str | None]:
    meta = column["config"]["meta"]
    names = meta.get("tag", meta)
    return {"name_en": names.get("name_en"), "name_zh": names.get("name_zh")}
