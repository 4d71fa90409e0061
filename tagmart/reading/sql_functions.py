"""Functions that DuckDB offers to SQL, and so to macros: text in, JSON out.

tagmart_raw_folder(folder, tables)              see raw_folder.find_raw_files; tables: names joined by commas
tagmart_raw_file(file, encoding, columns)       see raw_file.describe; columns: names joined by commas
tagmart_raw_digest(file)                        see digests.digest_of
tagmart_is_encoding(name)                       'true' for auto and every encoding that Python knows
tagmart_code(project)                           a hash of this package, and of the macros and vars of the dbt project in that folder
"""

from __future__ import annotations

import hashlib
import json
import tempfile
from pathlib import Path

import duckdb

from tagmart.reading.codec_names import AUTO, codec_of
from tagmart.reading.digests import digest_of
from tagmart.reading.raw_file import describe
from tagmart.reading.raw_folder import find_raw_files


def register(connection: duckdb.DuckDBPyConnection, converted: Path | None) -> None:
    """Add the functions to a connection and its cursors; files are converted into `converted`, else a temporary folder."""

    def raw_folder(folder: str, tables: str) -> str:
        return json.dumps(find_raw_files(Path(folder), tables.split(",")))

    def raw_file(file: str, encoding: str, columns: str) -> str:
        target = converted or Path(tempfile.gettempdir()) / "tagmart.raw"
        return json.dumps(describe(Path(file), target, columns.split(","), encoding))

    def raw_digest(file: str) -> str:
        return json.dumps(digest_of(Path(file)))

    def is_encoding(name: str) -> str:
        return json.dumps(name == AUTO or codec_of(name) is not None)

    def code(project: str) -> str:
        files = [*Path(__file__).parents[1].rglob("*.py"), *(Path(project) / "macros").rglob("*.sql"), Path(project) / "dbt_project.yml"]
        return json.dumps(hashlib.sha256(b"".join(path.read_bytes() for path in sorted(files))).hexdigest())

    for function, arity in ((raw_folder, 2), (raw_file, 3), (raw_digest, 1), (is_encoding, 1), (code, 1)):
        # With side effects, else DuckDB could answer from what it knew before the file changed.
        name = f"tagmart_{function.__name__}"
        connection.create_function(name, function, ["VARCHAR"] * arity, "VARCHAR", side_effects=True)
