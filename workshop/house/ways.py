"""How far a reader has to go: the files that a question opens, and those that a new tag edits."""

from __future__ import annotations

import re
from pathlib import Path

from workshop.house.counts import CTE
from workshop.house.project import code

# A plain tag that nothing else reads: each file that names it had to be edited when it was added.
A_TAG = "groups_joined_count"
A_COLUMN = "orders_count_90d"
PLACES = ("models", "macros", "seeds", "docs", "tests", "tagmart", "workshop")
KINDS = (".sql", ".yml", ".py", ".md", ".csv")
HOME = "workshop/house/ways.py"


def files_of_a_tag(root: Path, tag: str = A_TAG) -> list[str]:
    """Files edited to add a tag: all that name it, in models, macros, seeds, docs, tests and Python (this file aside)."""
    word = re.compile(rf"\b{tag}\b")
    paths = sorted(path for place in PLACES for path in (root / place).rglob("*") if path.suffix in KINDS)
    named = [path.relative_to(root).as_posix() for path in paths if word.search(path.read_text(encoding="utf-8"))]
    return [file for file in named if file != HOME]


def files_of_a_column(manifest: dict, column: str = A_COLUMN, mart: str = "customer_tags") -> list[str]:
    """Files opened for "where does this column come from, and what is a row of it?".

    From the mart through `ref` into each model that has the column, until none that it reads has it: that one computes
    it. A model has a column when its YAML lists it or its SQL names it; `orders_count_90d` is named too where Jinja puts
    it together from the words orders_count and 90. Then the models which the last one reads, and the macros that bring
    their own CTEs into it: without them nobody knows what a row is.
    """
    nodes, opened, waiting = manifest["nodes"], {}, [_model(manifest, mart)]
    while waiting:
        node = waiting.pop(0)
        opened[node["original_file_path"]] = None
        read = [nodes[key] for key in node["depends_on"]["nodes"] if key in nodes and nodes[key]["resource_type"] == "model"]
        onward = [each for each in read if column in each["columns"] or _names(code(each["raw_code"]), column)]
        if not onward:
            macros = [macro["original_file_path"] for macro in _macros(manifest, node) if CTE.search(code(macro["macro_sql"]))]
            opened |= dict.fromkeys([*macros, *(each["original_file_path"] for each in read)])
        waiting += [each for each in onward if each["original_file_path"] not in opened]
    return list(opened)


def files_of_a_rejection(manifest: dict, table: str = "touchpoints") -> list[str]:
    """Files opened for "why was this row rejected?": the model that judges the rows, and where its rules stand.

    Rules stand in a YAML file when the model or the raw table has `meta` beside the names, and in a macro that the model
    uses, directly or through others, when its text writes a reason ('missing_key:…') or says `reject`. The reasons are
    those that stg_rejected_rows accepts; a word that is also a kind of lost value counts as a reason with its column only.
    """
    judged = _model(manifest, f"stg_{table}__checked")
    reasons, losses = _accepted(manifest, "stg_rejected_rows"), _accepted(manifest, "stg_value_losses")
    alone = "|".join(reason for reason in reasons if reason not in losses)
    decides = re.compile(rf"'(?:{'|'.join(reasons)}):|'(?:{alone})'|\breject\b")
    described = [judged, *(source for key, source in manifest["sources"].items() if key in judged["depends_on"]["nodes"])]
    yamls = [_yaml(node) for node in described if _has_rules(node)]
    macros = [macro["original_file_path"] for macro in _macros(manifest, judged) if decides.search(code(macro["macro_sql"]))]
    return list(dict.fromkeys([judged["original_file_path"], *yamls, *macros]))


def _names(sql: str, column: str) -> bool:
    stem, window = re.fullmatch(r"(\w+?)(?:_(\d+)d)?", column).groups()
    words = {*re.findall(r"\w+", sql)}
    return column in words or (window is not None and {stem, window} <= words)


def _model(manifest: dict, name: str) -> dict:
    return next(node for node in manifest["nodes"].values() if node["resource_type"] == "model" and node["name"] == name)


def _macros(manifest: dict, node: dict) -> list[dict]:
    """The project's own macros that a node uses, directly or through others."""
    found, waiting = {}, list(node["depends_on"]["macros"])
    while waiting:
        key = waiting.pop(0)
        macro = manifest["macros"].get(key)
        if key not in found and macro and macro["package_name"] == node["package_name"]:
            found[key] = macro
            waiting += macro["depends_on"]["macros"]
    return list(found.values())


def _accepted(manifest: dict, model: str) -> list[str]:
    """The words that the accepted_values tests of a model's columns list."""
    return [
        word
        for node in manifest["nodes"].values()
        if (node.get("test_metadata") or {}).get("name") == "accepted_values" and str(node.get("attached_node")).endswith(f".{model}")
        for word in node["test_metadata"]["kwargs"]["values"]
    ]


def _has_rules(node: dict) -> bool:
    said = [node["config"].get("meta", {}), *(column.get("meta", {}) for column in node["columns"].values())]
    return any({*meta} - {"name_en", "name_zh"} for meta in said)


def _yaml(node: dict) -> str:
    """The YAML file of a model or of a source."""
    return (node.get("patch_path") or node["original_file_path"]).split("://")[-1]
