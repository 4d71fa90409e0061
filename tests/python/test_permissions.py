"""Consents and contact blocks against an independent reference, on random brands with every oddity; and that they decide nothing else."""

from __future__ import annotations

from datetime import timedelta

import brands
import duckdb
import pytest
from brands import Shape
from reference import permissions

MODELS = "+int_consents__dated +int_contact_blocks__dated"
LOSES_MUCH = {"max_rejected_share": 1}  # grants of 1970 among few rows
SHAPES = [pytest.param(Shape(seed=20240615), id="20240615", marks=pytest.mark.slow), pytest.param(Shape(seed=7, oddity=0.4, merging=0.6), id="7")]


@pytest.fixture(scope="module", params=SHAPES)
def brand(request, workshop, tmp_path_factory):
    """Return the raw tables, an earlier day, and the build as of that day."""
    tables = brands.brand(request.param)
    day = request.param.newest - timedelta(days=40)
    folder = brands.write(tables, tmp_path_factory.mktemp("permissions") / "raw")
    build = workshop.build(folder, select=MODELS, vars={**LOSES_MUCH, "as_of_date": str(day)})
    assert build.success, build.text[-3000:]
    return tables, day, build


def rows(build, relation: str) -> set[tuple]:
    with duckdb.connect(str(build.database), read_only=True) as connection:
        found = connection.execute(f"from intermediate.{relation}").fetchall()
    assert len(found) == len(set(found))
    return set(found)


def test_consents_equal_the_reference(brand):
    tables, day, build = brand
    expected = permissions.consents(tables, day)
    assert rows(build, "int_consents__dated") == expected
    assert {row[3] for row in expected} == {"granted", "withdrawn"}
    assert len({row[0] for row in expected}) > 50


def test_blocks_equal_the_reference(brand):
    tables, day, build = brand
    expected = permissions.blocks(tables, day)
    assert rows(build, "int_contact_blocks__dated") == expected
    assert {row[2] for row in expected} == {"complaint", "deceased", "do_not_contact", "legal", "other", None}


def test_a_shared_identifier_withdraws_for_many_and_grants_for_none(brand):
    """The brands have what the rules are about; without it the comparison would say nothing."""
    tables, day, _ = brand
    people = permissions.People(tables, day)
    by_shared = [row for row in tables["consents"] if {node[1] for node in people.shared} & {row[kind] for kind in permissions.IDENTIFIERS}]
    assert [row for row in by_shared if row["status"] == "granted" and not permissions.those_alone(people, row)]
    assert [row for row in by_shared if row["status"] == "withdrawn" and len(permissions.everybody(people, row)) > 3]


def test_they_are_no_sightings(brand):
    """A number that only a consent names is no customer."""
    _, _, build = brand
    assert build.rows("select count(*) from intermediate.int_identity__resolved where identifier = 'never_seen'") == [(0,)]
    assert build.rows("select count(*) from staging.stg_consents where customer_id = 'never_seen'")[0][0] > 0
