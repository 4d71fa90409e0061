"""What every import needs while it works: the engine, balances that must hold, faults told to people."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import duckdb

from tagmart.importers.data_set import Balance
from tagmart.importers.problem import ImportProblem
from tagmart.importers.summary import Balanced


def connect(work: Path) -> duckdb.DuckDBPyConnection:
    """Open DuckDB in memory; one thread, so that the same source gives the same bytes."""
    con = duckdb.connect(config={"threads": 1, "temp_directory": str(work)})
    con.execute("set TimeZone = 'UTC'")
    con.execute("create schema source")
    con.execute("create schema raw")
    return con


def balanced(con: duckdb.DuckDBPyConnection, source: Path, balance: Balance) -> Balanced:
    """Return both numbers of a balance; an ImportProblem when they differ."""
    read, written = (con.execute(query).fetchall()[0][0] or 0 for query in (balance.read, balance.written))
    if read != written:
        raise ImportProblem(
            f"{source} does not come out even ({balance.what}: read {read:,}, written {written:,}): "
            "nothing was written; compare the file with docs/importers.md."
        )
    return Balanced(balance.what, read, written)


@contextmanager
def faults_told(source: Path, folder: Path) -> Iterator[None]:
    """Turn faults of disk and engine into one sentence."""
    try:
        yield
    except OSError as error:
        path = error.filename or folder
        raise ImportProblem(f"{path} cannot be used ({error.strerror}): check its permissions and disk.") from None
    except duckdb.Error as error:
        reason = str(error).splitlines()[0]
        raise ImportProblem(f"{source} could not be imported, and nothing was written: {reason}") from None
