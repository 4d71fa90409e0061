"""A PostgreSQL of one's own on loopback: the installed binaries, a folder that goes when it stops."""

from __future__ import annotations

import os
import shutil
import socket
import subprocess
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import click


class NoPostgres(click.ClickException):
    """PostgreSQL is not installed."""


def free_port() -> int:
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        return free.getsockname()[1]


def _binary(name: str) -> str | None:
    installed = sorted(Path("/usr/lib/postgresql").glob(f"*/bin/{name}"))
    return shutil.which(name) or (str(installed[-1]) if installed else None)


@contextmanager
def loopback_postgres() -> Iterator[str]:
    """Yield the URL of a fresh server, whose user may do anything without a password; NoPostgres where it is not installed."""
    initdb, pg_ctl = _binary("initdb"), _binary("pg_ctl") or _binary("postgres")
    if not initdb or not pg_ctl:
        raise NoPostgres("PostgreSQL is not installed, no initdb is in PATH or /usr/lib/postgresql: install it (on Debian apt-get install postgresql).")
    pg_ctl = str(Path(pg_ctl).resolve().parent / "pg_ctl")
    # PostgreSQL refuses to run as root.
    as_user = ["setpriv", "--reuid=postgres", "--regid=postgres", "--clear-groups"] if os.geteuid() == 0 else []
    port = free_port()
    folder = Path(tempfile.mkdtemp(prefix="tagmart_postgres_"))
    if as_user:
        shutil.chown(folder, "postgres", "postgres")
    run = {"check": True, "cwd": folder, "stdout": subprocess.DEVNULL}
    options = f"-p {port} -c listen_addresses=127.0.0.1 -c unix_socket_directories= -c fsync=off"
    try:
        subprocess.run([*as_user, initdb, "-D", f"{folder}/data", "-A", "trust", "-U", "tagmart", "-E", "UTF8", "--no-sync"], **run)
        subprocess.run([*as_user, pg_ctl, "-D", f"{folder}/data", "-o", options, "-l", f"{folder}/log", "-w", "start"], **run)
        try:
            yield f"postgresql://tagmart@127.0.0.1:{port}/postgres"
        finally:
            subprocess.run([*as_user, pg_ctl, "-D", f"{folder}/data", "-m", "immediate", "stop"], **run)
    finally:
        shutil.rmtree(folder, ignore_errors=True)
