"""The PostgreSQL of the workshop for a test, which is skipped where none is installed."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager

import pytest

from workshop.superset import postgres


@contextmanager
def loopback_postgres() -> Iterator[str]:
    """Yield the URL of a fresh server; skip the test where PostgreSQL is not installed."""
    try:
        server = postgres.loopback_postgres()
        url = server.__enter__()
    except postgres.NoPostgres as problem:
        pytest.skip(problem.message)
    try:
        yield url
    finally:
        server.__exit__(None, None, None)
