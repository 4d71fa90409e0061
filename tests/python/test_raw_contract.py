"""What must be said in two places says the same: models beside the raw contract, spellings beside their examples."""

from __future__ import annotations

import csv
import re

import duckdb
import pytest
from conftest import PROJECT

from tagmart.contract import raw_contract

CHECKED = PROJECT / "models" / "staging" / "checked"


def test_the_macros_know_the_tables_of_the_contract():
    """dbt needs their names while it parses, before it knows the sources."""
    text = (PROJECT / "macros" / "raw" / "raw_rules.sql").read_text(encoding="utf-8")
    names = text[text.index("macro raw_tables") :]
    assert re.findall(r"'(\w+)'", names) == list(raw_contract())


def reasons(table: str) -> list[str]:
    """Return what a row of a table is rejected for by the contract, in the order of models/README.md."""
    rules = raw_contract()[table]
    columns, describes, at = rules["columns"], rules.get("describes", []), rules["event_at"]
    found = [f"missing_key:{column}" for column in rules["key"]]
    found += [f"unreadable_value:{name}" for name, kind in columns.items() if name not in describes and (kind != "text" or name in rules["identifiers"])]
    found += [f"missing_value:{column}" for column in rules["needs"]]
    found += [f"unknown_code:{column}" for column, codes in rules["codes"].items() if codes["unknown"] == "reject"]
    found += [f"implausible_date:{at}", f"implausible_future:{at}"]
    return found + [f"negative_amount:{column}" for column in rules.get("not_negative", []) if column not in describes]


@pytest.mark.parametrize("table", ["orders", "touchpoints"])
def test_the_verdict_in_the_model_is_the_one_of_the_contract(table):
    text = (CHECKED / f"stg_{table}__checked.sql").read_text(encoding="utf-8")
    assert re.findall(r"then '([a-z_]+:[a-z_]+)'", text) == reasons(table)
    assert list(raw_contract()[table]["codes"].values())[0].get("values", []) == re.findall(r"'(\w+)'", "".join(re.findall(r"is_one_of\(.*?(\[.*?\])", text)))


def spellings() -> list[dict[str, str]]:
    with (PROJECT / "seeds" / "spellings.csv").open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))


def respelled(kind: str, cell: str, without: str = "") -> str:
    for row in sorted(spellings(), key=lambda row: row["step"]):
        if row["kind"] == kind and row["step"] != without:
            cell = duckdb.execute("select regexp_replace(?, ?, ?, 'g')", [cell, row["pattern"], row["replacement"][1:-1]]).fetchall()[0][0]
    return cell


@pytest.mark.parametrize("row", spellings(), ids=lambda row: f"{row['kind']}_{row['step']}")
def test_each_spelling_reads_its_example_and_is_needed_for_it(row):
    assert respelled(row["kind"], row["example"]) == row["read_as"]
    assert respelled(row["kind"], row["example"], without=row["step"]) != row["read_as"]
