"""The lists of the sample brand as files, and a customer who asks to be forgotten."""

from __future__ import annotations

import csv
import json
from pathlib import Path

import duckdb
import forgotten
import pyarrow.parquet as pq
import pytest
from click.testing import CliRunner
from conftest import Build, Workshop
from dbt_calls import PROJECT

from tagmart.cli import main
from tagmart.exports.lists import IDENTIFIERS, LISTS

SAMPLE = PROJECT / "data/sample"
EARLIER = "2025-05-31"


@pytest.fixture(scope="module")
def workshop(tmp_path_factory) -> Workshop:
    return Workshop(tmp_path_factory.mktemp("sample"))


@pytest.fixture(scope="module")
def built(workshop) -> Build:
    """Built as of a month-end first, and of the newest day upon it: what was said of that month-end is kept."""
    for fresh, vars in ((True, {"as_of_date": EARLIER}), (False, {})):
        made = workshop.build(SAMPLE, fresh=fresh, vars={"keep_unchanged": True, **vars})
        assert made.success, made.failed
    return made


def export(database: Path, folder: Path, *options: str) -> dict[str, bytes]:
    """Export all lists; the bytes of each file."""
    outcome = CliRunner().invoke(main, ["export", "lists", str(folder), "--database", str(database), *options], catch_exceptions=False)
    assert outcome.exit_code == 0, outcome.output
    return {path.name: path.read_bytes() for path in folder.iterdir()}


@pytest.mark.slow
def test_the_lists_of_the_sample_are_what_coverage_counts_and_name_nobody(built, tmp_path):
    files = export(built.database, tmp_path / "out")
    counts = dict(built.rows("select list_code, cast(sum(usable_count) as integer) from activation.activation_coverage group by 1"))
    manifest = {file["file"]: file for file in json.loads(files["manifest.json"])["files"]}
    assert {name: manifest[f"{name}.parquet"]["rows"] for name in LISTS} == counts and min(counts.values()) > 0
    blocked = {
        row[0] for row in built.rows("select customer_id from activation.contact_permissions where is_personal group by 1 having not bool_or(is_allowed)")
    }
    names = {row[0] for row in built.rows("select identifier from intermediate.int_identity__resolved where identifier_type <> 'customer_id'")}
    assert blocked and len(names) > 1000
    for name in LISTS:
        with (tmp_path / "out" / f"{name}.csv").open(encoding="utf-8-sig", newline="") as file:
            rows = list(csv.DictReader(file))
        assert len(rows) == counts[name] == pq.read_metadata(tmp_path / "out" / f"{name}.parquet").num_rows
        assert not blocked & {row["customer_id"] for row in rows}
        assert not names & {cell for row in rows for cell in row.values()} and not set(IDENTIFIERS) & set(rows[0])
    assert export(built.database, tmp_path / "again") == files


@pytest.mark.slow
def test_a_customer_deleted_from_the_raw_files_is_gone_after_the_next_build(workshop, built, tmp_path):
    """From every table, list and export of the same database, which was built before with all they did."""
    with_all = export(built.database, tmp_path / "before", *(option for name in IDENTIFIERS for option in ("--with", name)))
    with duckdb.connect(str(built.database), read_only=True) as connection:
        customer, identifiers = forgotten.known_best(connection)
    person = forgotten.forget(SAMPLE, tmp_path / "raw", customer, identifiers)
    gone_from = {table for table, rows in person.removed.items() if rows}
    assert {"orders", "order_items", "customers", "touchpoints", "wecom_contacts", "wecom_contact_tags"} <= gone_from, person.removed
    before = forgotten.still_known(built.database, person)
    assert {"tags.customer_tags", "activation.recall_list", "segments.customer_segments", "scoring.score_clv", "intermediate.int_customer_days"} <= set(before)
    kept = f"select count(*) from scoring.score_next_product where as_of_date = '{EARLIER}' and customer_id = '{customer}'"
    assert built.rows(kept)[0][0] > 0
    assert any(customer.encode() in content for content in with_all.values())

    later = workshop.build(tmp_path / "raw", fresh=False, vars={"keep_unchanged": True})
    assert later.success, later.failed
    assert forgotten.still_known(later.database, person) == {}
    after = export(later.database, tmp_path / "before", *(option for name in IDENTIFIERS for option in ("--with", name)))
    assert json.loads(after["manifest.json"])["as_of_date"] == json.loads(with_all["manifest.json"])["as_of_date"]
    named = forgotten.pattern(person.names)
    for name in LISTS:
        assert not named.search(after[f"{name}.csv"].decode("utf-8-sig"))
        assert not named.search(str(pq.read_table(tmp_path / "before" / f"{name}.parquet").to_pylist()))
