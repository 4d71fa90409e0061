"""The way of a newcomer, as the README and docs/own-scheme.md say it: a fresh copy, `make build`, a folder of one's own, a scheme.

The way goes on with a new tag in test_new_tag.py.
"""

from __future__ import annotations

import os
import re
import shutil
import subprocess
import sys
from pathlib import Path

import duckdb
import pytest
import yaml
from conftest import PROJECT

pytestmark = pytest.mark.slow

# A shop's own export: a BOM, times without a zone, a currency sign, a code in Chinese, and one row that nothing can be made of.
ORDERS = """\ufefforder_id,customer_id,ordered_at,paid_at,status,order_amount
1,ann,2025/6/1 10:00,2025/6/1 10:01,交易成功,¥100.00
2,ann,2025/6/20 10:00,2025/6/20 10:01,completed,50
3,ben,2025/6/25 10:00,,created,70
4,eve,someday,,paid,1
"""


class Newcomer:
    """A fresh copy of what is committed, and the commands of the documentation in it."""

    def __init__(self, folder: Path):
        self.folder = folder
        left_out = shutil.ignore_patterns(".git", ".venv", "target", "logs", "build", "*.egg-info", ".*_cache", "__pycache__", ".hypothesis")
        shutil.copytree(PROJECT, folder, ignore=left_out)
        # What `make install` would bring: the environment that runs the tests.
        (folder / ".venv").symlink_to(sys.prefix)
        self.environment = {name: value for name, value in os.environ.items() if not name.startswith(("TAGMART_", "DBT_", "PYTEST_"))}
        self.environment["PYTHONPATH"] = str(folder)
        self.environment["PATH"] = f"{folder / '.venv/bin'}{os.pathsep}{self.environment['PATH']}"

    def run(self, command: str) -> tuple[int, str]:
        done = subprocess.run(command, shell=True, cwd=self.folder, env=self.environment, capture_output=True, text=True)
        return done.returncode, done.stdout + done.stderr

    def green(self, command: str) -> str:
        status, said = self.run(command)
        assert status == 0, f"{command}\n{said[-3000:]}"
        return said

    def write(self, file: str, text: str) -> None:
        (self.folder / file).parent.mkdir(parents=True, exist_ok=True)
        (self.folder / file).write_text(text, encoding="utf-8")

    def rows(self, sql: str, database: str = "target/tagmart.duckdb") -> list[tuple]:
        with duckdb.connect(str(self.folder / database), read_only=True) as connection:
            return connection.execute(sql).fetchall()


def blocks(page: str, language: str = "") -> list[str]:
    """The code blocks of a page in one language; "" for those of commands."""
    found = re.findall(r"^ *```(\w*)\n(.*?)^ *```$", (PROJECT / page).read_text(encoding="utf-8"), re.MULTILINE | re.DOTALL)
    return [text for said, text in found if said == language]


@pytest.fixture(scope="module")
def newcomer(tmp_path_factory) -> Newcomer:
    return Newcomer(tmp_path_factory.mktemp("newcomer") / "tagmart")


def test_two_commands(newcomer):
    """`make build` builds the sample with its tests and says at its end what README shows."""
    promised = next(block for block in blocks("README.md") if block.startswith("target/tagmart.duckdb:"))
    said = newcomer.green("make --assume-old=.venv/.installed build")
    assert promised.strip() in said.replace("  \n", "\n")
    query = next(block for block in blocks("README.md") if block.startswith('.venv/bin/python -c "import duckdb'))
    assert "mature" in newcomer.green(query)


def test_a_folder_of_ones_own(newcomer):
    newcomer.write("raw/mine/orders.csv", ORDERS)
    said = newcomer.green("TAGMART_DATABASE=target/mine.duckdb dbt build --vars '{raw_path: raw/mine, max_rejected_share: 0.5}'")
    assert re.search(r"^.*orders +4 +3 +0 +1 .*unreadable_value ordered_at 1", said, re.MULTILINE), said[-3000:]
    current = "select customer_id, orders_count, net_amount from tags.customer_tags where is_current order by customer_id"
    assert [(who, count, float(amount)) for who, count, amount in newcomer.rows(current, "target/mine.duckdb")] == [("ann", 2, 150.0), ("ben", 0, 0.0)]


def test_a_scheme_of_ones_own(newcomer):
    """docs/own-scheme.md, page by page: what it says is refused is refused, and what it says is green is."""
    definition, assumes, rule, described = blocks("docs/own-scheme.md", "yaml")
    newcomer.write("wake_up.yml", definition)
    status, said = newcomer.run("tagmart check wake_up.yml")
    refused = next(block for block in blocks("docs/own-scheme.md") if block.startswith("$ .venv/bin/tagmart check wake_up.yml"))
    assert status == 1 and refused.split("\n", 1)[1].strip() in said

    scheme = yaml.safe_load(definition)
    scheme["assumes"] = yaml.safe_load(assumes)["assumes"]
    scheme["segments"][-1]["when"] = rule.strip().removeprefix("when: ")
    newcomer.write("wake_up.yml", yaml.safe_dump(scheme, allow_unicode=True, sort_keys=False))
    assert "wake_up          proved: 4 classes, every customer in exactly one" in newcomer.green("tagmart check wake_up.yml")

    del scheme["columns"]
    (model,) = blocks("docs/own-scheme.md", "sql")
    shortened = "code: wake_up\n...\n"
    assert shortened in model
    newcomer.write("models/segments/segment_wake_up.sql", model.replace(shortened, yaml.safe_dump(scheme, allow_unicode=True, sort_keys=False)))
    newcomer.write("models/segments/segment_wake_up.yml", described)
    listed = newcomer.folder / "macros/segments/segment_schemes.sql"
    listed.write_text(listed.read_text(encoding="utf-8").replace("'segment_activity'", "'segment_activity', 'segment_wake_up'"), encoding="utf-8")
    *_, green = blocks("docs/own-scheme.md")
    newcomer.green(" && ".join(line.split("#")[0].strip() for line in green.strip().splitlines()))
    assert newcomer.rows("select count(*) filter (where scheme_code = 'wake_up') * 14 = count(*) from segments.customer_segments") == [(True,)]
    assert "Whom to wake up" in (newcomer.folder / "docs/segments.md").read_text(encoding="utf-8")
