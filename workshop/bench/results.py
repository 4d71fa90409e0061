"""What dbt's run_results.json says about the nodes of a build: seconds by layer, the slowest, those that failed."""

from __future__ import annotations

import json
from collections import Counter
from pathlib import Path

from workshop.layers import LAYERS

KINDS = {"seed": "seeds", "test": "data tests", "operation": "hooks"}
ORDER = ["seeds", *LAYERS, "data tests", "hooks"]
FAILED = ("error", "fail", "runtime error", "partial success")
WIDEST = 300


def read(file: Path) -> dict:
    """The content of a JSON file; nothing when dbt did not come as far as to write it."""
    return json.loads(file.read_text(encoding="utf-8")) if file.is_file() else {}


def layers(ran: dict, manifest: dict) -> dict[str, float]:
    """Seconds of all nodes of a layer, one after the other: of models by their folder, of all else by its kind."""
    seconds = Counter()
    for result in ran.get("results", []):
        kind = result["unique_id"].split(".")[0]
        if kind == "exposure":  # who reads a mart; nothing is built for it
            continue
        seconds[KINDS.get(kind) or manifest["nodes"][result["unique_id"]]["fqn"][1]] += result["execution_time"]
    return {layer: seconds[layer] for layer in sorted(seconds, key=lambda layer: (ORDER.index(layer) if layer in ORDER else len(ORDER), layer))}


def slowest(ran: dict) -> list[tuple[str, float]]:
    """Name and seconds of every node, the slowest first."""
    nodes = [(name(result["unique_id"]), result["execution_time"]) for result in ran.get("results", [])]
    return sorted(nodes, key=lambda node: (-node[1], node[0]))


def name(unique_id: str) -> str:
    """The name of a node without project and the hash that the ids of generic tests end with."""
    kind, _, name, *_ = unique_id.split(".")
    return f"{name} (test)" if kind == "test" else name


def faults(ran: dict, said: list[str], status: int) -> list[str]:
    """Why a build ended with this exit status: a sentence for each node that failed, else the last that dbt said."""
    nodes = ran.get("results", [])
    failed = [result for result in nodes if result["status"] in FAILED]
    sentences = [f"{name(result['unique_id'])}: {' '.join((result['message'] or result['status']).split())[:WIDEST]}" for result in failed]
    skipped = sum(result["status"] == "skipped" for result in nodes)
    if not nodes and status < 0:
        sentences.append(f"dbt was ended by signal {-status}" + (" (the system had no memory left)" if status == -9 else ""))
    if not failed:
        sentences += [line for line in said if line.strip()]
    return sentences + ([f"{skipped} of {len(nodes)} nodes were skipped for that."] if skipped else [])
