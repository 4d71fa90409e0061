"""What dbt promises of customer_tags: its columns by the contract in the manifest, and the rules that its tests hold."""

from __future__ import annotations

import json
import re
from dataclasses import dataclass
from pathlib import Path

from workshop.quality.unreadable import Unreadable

MART = "customer_tags"
WHOLE, DATE = ("integer", "bigint"), "date"


@dataclass(frozen=True)
class Column:
    """A column of the contract; one that is a tag has names for people."""

    name: str
    type: str
    name_en: str = ""
    name_zh: str = ""


@dataclass(frozen=True)
class Contract:
    """`tags` are the columns with a meta.tag; `tested` are the expressions of dbt's own tests, one text."""

    tags: list[Column]
    tested: str

    def untested(self, rule: str) -> bool:
        """Whether no dbt test on the table says this already, as in `age between 0 and 120`."""
        return re.search(rf"\b{re.escape(rule)}", self.tested) is None


def read_contract(manifest: Path) -> Contract:
    """Read the contract of customer_tags from dbt's manifest.

    Raises:
        Unreadable: there is no manifest, or no such model in it.
    """
    if not manifest.is_file():
        raise Unreadable(f"The manifest '{manifest}' does not exist: run `dbt parse` or `dbt build` first, or name it by --manifest.")
    nodes = json.loads(manifest.read_text(encoding="utf-8"))["nodes"]
    mart = next((node for node in nodes.values() if node["resource_type"] == "model" and node["name"] == MART), None)
    if mart is None:
        raise Unreadable(f"The manifest '{manifest}' has no model {MART}.")
    tags = [
        Column(column["name"], column["data_type"], column["meta"]["tag"]["name_en"], column["meta"]["tag"]["name_zh"])
        for column in mart["columns"].values()
        if "tag" in column["meta"]
    ]
    tests = [node for node in nodes.values() if node["resource_type"] == "test" and str(node.get("attached_node")).endswith(f".{MART}")]
    return Contract(tags, " ".join(str(node["test_metadata"]["kwargs"].get("expression", "")) for node in tests))
