"""The dbt-duckdb plug-in: SQL functions by which the macros ask Python about raw files (profiles.yml names it)."""

from __future__ import annotations

import atexit
import gc
from pathlib import Path
from typing import Any

import duckdb
from dbt.adapters.duckdb.plugins import BasePlugin

from tagmart.reading.sql_functions import register


class Plugin(BasePlugin):
    """Registers the functions of `tagmart.reading.sql_functions` on dbt's connection."""

    def initialize(self, config: dict[str, Any]) -> None:
        """Take what dbt has read of the project out of Python's garbage collection, which would walk through all of it again and again.

        It comes back when Python ends: the engine's binding writes 45 lines about leaks where its own objects are never collected.
        """
        gc.freeze()
        atexit.register(gc.unfreeze)

    def configure_connection(self, conn: duckdb.DuckDBPyConnection) -> None:
        """Add the functions; converted files go beside the database file: target/tagmart.duckdb -> target/tagmart.raw."""
        register(conn, converted_folder(self.creds.path))


def converted_folder(database: str) -> Path | None:
    """Return the folder of the converted files of a database file; none for one in memory."""
    return None if database.startswith((":memory:", "md:")) else Path(database).with_suffix(".raw")
