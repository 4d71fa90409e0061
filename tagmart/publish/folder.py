"""Publishing to a folder: a serving DuckDB file and versioned Parquet, each put in place by one rename."""

from __future__ import annotations

import json
import os
import shutil
from contextlib import suppress
from pathlib import Path

import duckdb
from tqdm import tqdm

from tagmart.publish.marts import Mart, Publication

# The oldest storage that every driver since DuckDB 1.4 reads.
STORAGE = "v1.4.0"


def publish_folder(connection: duckdb.DuckDBPyConnection, held: Publication, folder: Path, file_name: str, keep: int) -> bool:
    """Write `held` to `folder`, keep the last `keep` versions of Parquet; False when it is there already and nothing was written."""
    parquet = folder / "parquet"
    serving, pointer = folder / file_name, parquet / "current.json"
    if serving.is_file() and _pointed(pointer).get("version") == held.version and _version_of(serving) == held.version:
        return False
    parquet.mkdir(parents=True, exist_ok=True)
    for remains in [*parquet.glob(".next-*"), *folder.glob(f".next-{file_name}*")]:
        shutil.rmtree(remains) if remains.is_dir() and not remains.is_symlink() else remains.unlink()
    beside, target = parquet / f".next-{held.version}", parquet / held.version
    beside.mkdir()
    next_file = folder / f".next-{file_name}"
    connection.execute(f"attach {_text(str(next_file))} as serving (storage_version {_text(STORAGE)})")
    try:
        for mart in tqdm(held.marts, desc="publish", unit="mart", disable=None):
            _copy(connection, mart, beside / f"{mart.name}.parquet")
        connection.execute("create table serving.published (version varchar, as_of_date date, mart varchar, row_count bigint, digest varchar)")
        for name, count in held.rows.items():
            connection.execute("insert into serving.published values (?, ?, ?, ?, ?)", [held.version, held.as_of_date, name, count, held.digest])
    finally:
        connection.execute("detach serving")
    _sync(next_file)
    if not target.is_dir():
        os.replace(beside, target)
    else:
        shutil.rmtree(beside)
    os.replace(next_file, serving)
    earlier = [name for name in _pointed(pointer).get("kept", []) if name != held.version and (parquet / name).is_dir()]
    kept = [*earlier, held.version][-keep:]
    said = {"version": held.version, "as_of_date": held.as_of_date, "digest": held.digest, "rows": held.rows, "kept": kept}
    next_pointer = parquet / ".next-current.json"
    next_pointer.write_text(json.dumps(said, indent=2) + "\n", encoding="utf-8")
    _sync(next_pointer)
    os.replace(next_pointer, pointer)
    # Windows gives links to administrators only; current.json says the same.
    with suppress(OSError):
        (parquet / ".next-current").symlink_to(held.version, target_is_directory=True)
        os.replace(parquet / ".next-current", parquet / "current")
    for old in parquet.iterdir():
        if old.is_dir() and not old.is_symlink() and old.name not in kept:
            shutil.rmtree(old)
    return True


def _copy(connection: duckdb.DuckDBPyConnection, mart: Mart, file: Path) -> None:
    there = f'serving."{mart.schema}"."{mart.name}"'
    connection.execute(f'create schema if not exists serving."{mart.schema}"')
    connection.execute(f"create table {there} as {mart.select}")
    connection.execute(f"comment on table {there} is {_text(mart.comment)}")
    for name, _, comment in mart.columns:
        connection.execute(f'comment on column {there}."{name}" is {_text(comment)}')
    connection.execute(f"copy (from {there}) to {_text(str(file))} (format parquet, compression zstd)")
    _sync(file)


def _pointed(pointer: Path) -> dict:
    return json.loads(pointer.read_text(encoding="utf-8")) if pointer.is_file() else {}


def _version_of(serving: Path) -> str | None:
    try:
        with duckdb.connect(str(serving), read_only=True) as connection:
            return connection.execute("select max(version) from published").fetchone()[0]
    except duckdb.Error:
        return None


def _sync(file: Path) -> None:
    with file.open("rb+") as opened:
        os.fsync(opened.fileno())


def _text(text: str) -> str:
    return "'" + text.replace("'", "''") + "'"
