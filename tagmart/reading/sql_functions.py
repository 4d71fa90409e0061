"""Functions that DuckDB offers to SQL, and so to macros: tagmart_<function>(texts) gives the JSON of that function of answers.py."""

from __future__ import annotations

import json
from pathlib import Path

import duckdb

from tagmart.reading import answers


def register(connection: duckdb.DuckDBPyConnection, converted: Path | None) -> None:
    """Add the functions to a connection and its cursors; files are converted into `converted`, else a temporary folder."""
    functions = {
        "raw_folder": lambda folder, tables: json.dumps(answers.raw_folder(folder, tables)),
        "raw_file": lambda file, encoding, columns: json.dumps(answers.raw_file(file, encoding, columns, converted)),
        "raw_digest": lambda file: json.dumps(answers.raw_digest(file)),
        "is_encoding": lambda name: json.dumps(answers.is_encoding(name)),
        "code": lambda project: json.dumps(answers.code(project)),
    }
    for name, function in functions.items():
        # With side effects, else DuckDB could answer from what it knew before the file changed.
        types = ["VARCHAR"] * function.__code__.co_argcount
        connection.create_function(f"tagmart_{name}", function, types, "VARCHAR", side_effects=True)
