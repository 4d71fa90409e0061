"""The grain of a mart: the columns of which its data tests say that no two rows share them."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True)
class Grain:
    """`columns` in the order of the test; `is_complete` when tests say as well that none of them is null."""

    columns: tuple[str, ...]
    is_complete: bool


def grains(manifest: dict) -> dict[str, Grain]:
    """{unique_id of a model: its grain}, of the first test by name that asks for it of all rows; a model without such a test is not in it."""
    keyed, unique, filled = {}, {}, {}
    for _, test in sorted(manifest["nodes"].items()):
        asked = test.get("test_metadata")
        if test["resource_type"] != "test" or not asked or test["config"].get("where"):
            continue
        model, given = test["attached_node"], asked["kwargs"]
        columns = tuple(given["columns"]) if "columns" in given else (given.get("column_name"),)
        if asked["name"] == "primary_key":
            keyed.setdefault(model, Grain(columns, True))
        elif asked["name"] in ("unique", "unique_combination"):
            unique.setdefault(model, columns)
        elif asked["name"] == "not_null":
            filled.setdefault(model, set()).update(columns)
    found = {model: Grain(columns, set(columns) <= filled.get(model, set())) for model, columns in unique.items()}
    return found | keyed
