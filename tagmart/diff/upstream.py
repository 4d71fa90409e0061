"""What the prover cannot see through: models, macros, seeds and vars that make the columns of a scheme, and differ."""

from __future__ import annotations

import re

from tagmart.diff.sides import Side

DEFINITION = re.compile(r"\{%-?\s*set definition\s*-?%\}.*?\{%-?\s*endset\s*-?%\}", re.DOTALL)
VAR = re.compile(r"""\bvar\(\s*['"](\w+)['"]""")
READ = ("model", "seed", "snapshot")
DBT_ITSELF = ("dbt", "dbt_duckdb", "dbt_spark")


def scheme_nodes(side: Side) -> dict[str, dict]:
    """Return `{code of the scheme: its model's node}`."""
    nodes = [node for node in side.manifest["nodes"].values() if node.get("resource_type") == "model"]
    return {str(found["code"]): node for node in nodes if isinstance(found := node["config"]["meta"].get("segment_scheme"), dict) and "code" in found}


def changed_upstream(base: Side, head: Side, code: str) -> list[str]:
    """Return what differs of all that the columns of a scheme come from, as `model x`, `macro y`, `seed z`, `var v`, in order.

    The definition itself is the prover's part and is left out. Vars are compared where both sides are projects.
    """
    found = [_made_from(side, scheme_nodes(side)[code]) for side in (base, head)]
    texts = [texts for texts, _ in found]
    changed = {name for name in {*texts[0], *texts[1]} if texts[0].get(name) != texts[1].get(name)}
    if base.variables is not None and head.variables is not None:
        read = found[0][1] | found[1][1]
        changed |= {f"var {name}" for name in read if base.variables.get(name) != head.variables.get(name)}
    return sorted(changed)


def _made_from(side: Side, node: dict) -> tuple[dict[str, str], set[str]]:
    """Return `{kind and name: text}` of a model and all before it, macros included, and the vars that these read."""
    nodes, macros = side.manifest["nodes"], side.manifest["macros"]
    texts, code, seen = {}, "", set()
    waiting = [node["unique_id"]]
    while waiting:
        unique_id = waiting.pop()
        if unique_id in seen or (unique_id not in nodes and unique_id not in macros):
            continue
        seen.add(unique_id)
        if unique_id in macros:
            one = macros[unique_id]
            if one["package_name"] in DBT_ITSELF:
                continue
            texts[f"macro {one['name']}"] = written = one["macro_sql"]
            waiting += one["depends_on"]["macros"]
        else:
            one = nodes[unique_id]
            if one["resource_type"] not in READ:
                continue
            written = DEFINITION.sub("", one.get("raw_code") or "") or one["checksum"]["checksum"]
            texts[f"{one['resource_type']} {one['name']}"] = written
            waiting += one["depends_on"].get("nodes", []) + one["depends_on"].get("macros", [])
        code += written
    return texts, set(VAR.findall(code))
