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
    """Files opened by whoever searches for a column's name and asks "where does it come from, and what is it counted over?".

    From the mart through `ref` each model whose SQL selects the column (a line ends with its name), until none that it reads
    does: that one computes it. `orders_count_90d` is selected too where Jinja puts it together from the words orders_count
    and 90; a model that only uses it in an expression is not opened. Of the last one, the steps that lead to the column: the
    first CTE that names it and, one after the other, the CTEs of the file that it reads. The models that these steps `ref`
    are opened, and the macros that write a query into them. CTEs that a macro brings beside them are not: they say which
    rows are computed again, not what is in a row.
    """
    nodes, opened, waiting, seen = manifest["nodes"], {}, [_model(manifest, mart)], set()
    while waiting:
        node = waiting.pop(0)
        seen.add(node["name"])
        sql = code(node["raw_code"])
        if _selects(sql, column):
            opened[node["original_file_path"]] = None
        read = [nodes[key] for key in node["depends_on"]["nodes"] if key in nodes and nodes[key]["resource_type"] == "model"]
        onward = [each for each in read if column in each["columns"] or _names(code(each["raw_code"]), column)]
        if not onward:
            steps = "\n".join(_steps(sql, column))
            asked = {*re.findall(r"ref\(\s*'(\w+)'", steps)}
            opened |= dict.fromkeys(each["original_file_path"] for each in read if each["name"] in asked)
            macros = [macro for macro in _macros(manifest, node) if re.search(rf"\b{macro['name']}\(", steps) and re.search(r"\bselect\b", macro["macro_sql"])]
            opened |= dict.fromkeys(macro["original_file_path"] for macro in macros)
        waiting += [each for each in onward if each["name"] not in seen]
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


def _steps(sql: str, column: str) -> list[str]:
    """The first CTE that names a column and those of the file that it reads, in turn; all of a query without CTEs."""
    bodies = {re.search(r"(\w+)\s+as\s+", start[0])[1]: _inside(sql, start.end()) for start in CTE.finditer(sql)}
    waiting = [name for name, body in bodies.items() if _names(body, column)][:1]
    if not waiting:
        return [sql]
    steps = {}
    while waiting:
        name = waiting.pop(0)
        steps[name] = bodies[name]
        waiting += [other for other in bodies if other not in steps and re.search(rf"\b(?:from|join)\s+{other}\b", bodies[name])]
    return list(steps.values())


def _inside(sql: str, start: int) -> str:
    """The text from just after an opening bracket to its closing one."""
    depth = 1
    for end in range(start, len(sql)):
        depth += {"(": 1, ")": -1}.get(sql[end], 0)
        if depth == 0:
            return sql[start:end]
    return sql[start:]


def _names(sql: str, column: str) -> bool:
    stem, window = re.fullmatch(r"(\w+?)(?:_(\d+)d)?", column).groups()
    words = {*re.findall(r"\w+", sql)}
    return column in words or (window is not None and {stem, window} <= words)


def _selects(sql: str, column: str) -> bool:
    return re.search(rf"(?:^|[\s.]){column}\s*,?\s*$", sql, re.M) is not None or (not re.search(rf"\b{column}\b", sql) and _names(sql, column))


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
