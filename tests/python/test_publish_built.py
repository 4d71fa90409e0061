"""tagmart publish after real builds: an earlier day, a later one, nothing new, selections, failures, a killed build, a schema of raw tables."""

from __future__ import annotations

import json
import subprocess
import sys
from pathlib import Path

import brands
import duckdb
import pytest
from conftest import PROJECT, Build, Workshop
from loopback_postgres import loopback_postgres
from published import publish

from tagmart.publish.green import PublishProblem, require_green
from tagmart.publish.marts import public_marts

pytestmark = pytest.mark.slow
BRAND = brands.Shape(seed=11, people=60)
TABLES = brands.brand(BRAND)
GREEN = "run dbt build and publish when it is green."
KILLED = """
import os, signal, sys
from pathlib import Path
from dbt_calls import DbtCalls

def heard(event):
    if "OK created sql table model tags.tag_overlaps" in event.info.msg:
        os.kill(os.getpid(), signal.SIGKILL)

asked = ["build", "--full-refresh", "--exclude-resource-type", "unit_test", "--select", "customer_tags+"]
DbtCalls(Path(sys.argv[2]))(asked, database=Path(sys.argv[1]), vars={"raw_path": sys.argv[3]}, heard=heard)
"""


class Shop:
    """A brand that is built as its owner does, everything kept that would come out the same, and published to `out`."""

    def __init__(self, folder: Path):
        self.workshop, self.out = Workshop(folder), folder / "out"
        self.manifest = self.workshop.manifest()
        self.database = self.workshop.kept("brand")
        self.raw = brands.write(TABLES, folder / "whole")

    def build(self, **settings) -> Build:
        settings = {"fresh": False, "tests": True, **settings, "vars": {"keep_unchanged": True, **settings.get("vars", {})}}
        return self.workshop.build(settings.pop("raw", self.raw), **settings)

    def mend(self) -> None:
        """Build all of the later day, unless the test before this one has left it so."""
        if self.workshop.raw_link.resolve() != self.raw.resolve() or self.refusal():
            assert self.build().success

    def version(self) -> str | None:
        file = self.out / "parquet" / "current.json"
        return json.loads(file.read_text())["version"] if file.is_file() else None

    def publish(self) -> str:
        return publish(self.database, self.out, "--manifest", str(self.workshop.target / "manifest.json")).output

    def refusal(self) -> str | None:
        with duckdb.connect(str(self.database), read_only=True) as connection:
            try:
                require_green(connection, self.manifest)
            except PublishProblem as problem:
                return problem.message


@pytest.fixture(scope="module")
def shop(tmp_path_factory) -> Shop:
    """Built and published as of a month before its newest day."""
    made = Shop(tmp_path_factory.mktemp("published"))
    before = BRAND.newest.replace(day=1)
    built = made.build(raw=brands.write(brands.cut_at(TABLES, before), made.out.parent / "before"), fresh=True)
    assert built.success, built.failed
    assert "marts" in made.publish() and made.version()
    return made


def test_a_later_day_is_published_and_nothing_new_writes_nothing(shop):
    before = shop.version()
    assert shop.build().success and "marts" in shop.publish() and shop.version() > before
    again = shop.build()
    assert again.success and again.text.count("KEPT") > 100 and "nothing was written" in shop.publish()


def test_every_mart_is_the_same_in_postgres_with_its_key(shop):
    psycopg = pytest.importorskip("psycopg")
    shop.mend()
    marts = public_marts(shop.manifest)
    with loopback_postgres() as url, psycopg.connect(url, autocommit=True) as reader, duckdb.connect(str(shop.database), read_only=True) as built:
        manifest = ["--manifest", str(shop.workshop.target / "manifest.json")]
        assert f"{len(marts)} marts" in publish(shop.database, url, *manifest).output and len(marts) >= 80
        for mart in marts:
            theirs = reader.execute(f"select * from tagmart.{mart.name}").fetchall()
            assert sorted(map(repr, theirs)) == sorted(map(repr, built.execute(mart.select).fetchall())), mart.name
        keyed = "select count(distinct indrelid), count(*) filter (where indisprimary) from pg_index where indrelid::regclass::text like 'tagmart_20%'"
        with_key, complete = (sum(bool(mart.grain and test(mart.grain)) for mart in marts) for test in (bool, lambda grain: grain.is_complete))
        assert reader.execute(keyed).fetchone() == (with_key, complete) and complete > 60


def test_selections_are_published_while_all_that_stands_there_is_fresh(shop):
    shop.mend()
    assert shop.build(select="segment_activity").text.count("KEPT") == 1 and shop.refusal() is None
    assert shop.build(select="+gmv_bridge").success and shop.refusal() is None  # seeds are loaded again, with the same rows
    assert shop.build(select="segment_moves", full_refresh=True).success and shop.refusal() is None  # nothing reads it
    assert shop.build(select="customer_tags", full_refresh=True).success  # an incremental one, from nothing
    assert "has not been built since customer_tags was built again" in shop.refusal()
    assert shop.build(select="customer_tags+").success and shop.refusal() is None


def test_dbt_run_waits_for_tests_of_either_command(shop):
    shop.mend()
    for command in ("test", "build"):
        shop.build(command="run", select="segment_moves", full_refresh=True)
        said = shop.refusal()
        assert said.startswith("Test ") and "has not been asked since segment_moves was built again" in said
        assert shop.build(command=command, select="segment_moves").success and shop.refusal() is None


def test_what_failed_is_named_until_it_is_mended(shop):
    shop.mend()
    with duckdb.connect(str(shop.database)) as connection:
        connection.execute("update tags.tag_overlaps set jaccard = 2")
    assert shop.build(command="test", select="tag_overlaps").failed
    assert shop.refusal() == f"Test tag_overlaps_jaccard_is_a_share has failed: mend what it says, {GREEN}"
    assert not shop.build(select="tag_overlaps").success and "tag_overlaps_jaccard_is_a_share" in shop.refusal()
    assert shop.build(select="tag_overlaps+", full_refresh=True).success and shop.refusal() is None


def test_a_killed_build_is_built_to_its_end_first(shop):
    shop.mend()
    paths = [str(PROJECT / "tests" / name) for name in ("support", "python")]
    script = f"import sys; sys.path[:0] = {[str(PROJECT), *paths]}\n{KILLED}"
    run = subprocess.run([sys.executable, "-c", script, str(shop.database), str(shop.workshop.target), str(shop.workshop.raw_link)], cwd=PROJECT)
    assert run.returncode == -9
    assert "was taken on by a build that was interrupted" in shop.refusal()
    again = shop.build()
    assert again.success and shop.refusal() is None
    asked = "select count(*) from builds.built_from where starts_with(node, 'asked ')"
    assert again.rows(asked) == [(0,)]


@pytest.mark.parametrize("schema", [False, True], ids=["nothing is kept", "raw tables of a schema"])
def test_a_database_that_keeps_nothing_is_published_too(shop, schema):
    name, settings = "schema" if schema else "anew", {"vars": {"keep_unchanged": schema, "raw_schema": "raw" if schema else None}}
    database = shop.workshop.kept(name)
    if schema:
        with duckdb.connect(str(database)) as connection:
            connection.execute("create schema raw")
            for file in shop.raw.glob("*.parquet"):
                connection.execute(f"create table raw.{file.stem} as from read_parquet('{file}')")
    else:
        settings["vars"].pop("raw_schema")
    assert shop.build(name=name, fresh=not schema, **settings).success
    said = publish(database, shop.out.parent / name, "--manifest", str(shop.workshop.target / "manifest.json"))
    assert said.exit_code == 0, said.output
