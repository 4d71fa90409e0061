"""`dbt docs generate` needs no network, and the page holds every public model, with its columns, its metrics and its readers."""

from __future__ import annotations

import json
import os
import shutil
import subprocess
import sys
from pathlib import Path

import duckdb
import pytest
from dbt_calls import PROJECT

BUILT = PROJECT / "target" / "tagmart.duckdb"
# dbt in a process in which nothing can be reached: an attempt ends it with an error that names the address.
OFFLINE = """
import socket, sys
def refuse(self, address, *rest):
    sys.exit(f"dbt docs wanted to reach {address}")
socket.socket.connect = socket.socket.connect_ex = refuse
socket.getaddrinfo = socket.create_connection = lambda *asked, **rest: refuse(None, asked)
from dbt.cli.main import dbtRunner
sys.exit(0 if dbtRunner().invoke(sys.argv[1:]).success else 1)
"""


def docs(target: Path) -> subprocess.CompletedProcess:
    """The docs of the built sample, into a folder of their own. The database is a copy: dbt opens it as if to write."""
    database = shutil.copy(BUILT, target / BUILT.name)
    arguments = ["--quiet", "docs", "generate", "--static", "--target-path", str(target), "--project-dir", str(PROJECT)]
    settings = {**os.environ, "TAGMART_DATABASE": str(database)}
    return subprocess.run([sys.executable, "-c", OFFLINE, *arguments], cwd=PROJECT, capture_output=True, text=True, env=settings)


@pytest.mark.slow
def test_the_docs_are_made_without_a_network_and_are_complete(tmp_path):
    if not BUILT.is_file():
        pytest.skip("target/tagmart.duckdb is not there: run make build")
    done = docs(tmp_path)
    assert done.returncode == 0, done.stdout + done.stderr
    manifest, catalog = (json.loads((tmp_path / f"{name}.json").read_text(encoding="utf-8")) for name in ("manifest", "catalog"))
    public = {key: node for key, node in manifest["nodes"].items() if node["resource_type"] == "model" and node["access"] == "public"}
    assert [key for key in public if key not in catalog["nodes"]] == []
    assert [
        f"{key}.{name}" for key, node in public.items() for name in catalog["nodes"][key]["columns"] if not node["columns"].get(name, {}).get("description")
    ] == []
    page = (tmp_path / "static_index.html").read_text(encoding="utf-8")
    assert [
        node["name"] for node in (*public.values(), *manifest["metrics"].values(), *manifest["exposures"].values()) if f'"{node["name"]}"' not in page
    ] == []


def test_a_call_to_the_network_would_be_seen():
    calling = OFFLINE.split("from dbt")[0] + "import urllib.request; urllib.request.urlopen('http://hub.getdbt.com')"
    done = subprocess.run([sys.executable, "-c", calling], capture_output=True, text=True, env={"PATH": os.environ["PATH"]})
    assert done.returncode != 0 and "dbt docs wanted to reach" in done.stderr


def test_the_built_tables_say_what_they_and_their_columns_are():
    if not BUILT.is_file():
        pytest.skip("target/tagmart.duckdb is not there: run make build")
    tables = "from duckdb_tables() where comment is not null and schema_name in ('tags', 'segments', 'activation', 'measurement')"
    views = "from duckdb_views() where comment is not null and schema_name in ('tags', 'segments', 'activation', 'staging')"
    columns = "select comment from duckdb_columns() where table_name in ('customer_tags', 'segment_rfm', 'gmv_bridge', 'stg_orders')"
    with duckdb.connect(str(BUILT), read_only=True) as connection:
        assert len(connection.execute(tables).fetchall()) > 100 and len(connection.execute(views).fetchall()) > 20
        comments = connection.execute(columns).fetchall()
    assert len(comments) > 150 and all(comment for (comment,) in comments)
