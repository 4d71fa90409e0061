"""A Superset in a virtual environment of its own, with a catalogue that is made anew, on loopback."""

from __future__ import annotations

import os
import secrets
import shutil
import subprocess
import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

import click
import httpx
from tenacity import Retrying, retry_if_exception_type, stop_after_delay, wait_fixed

from workshop.superset.postgres import free_port

HERE = Path(__file__).parent
USER = "admin"


class NoSuperset(click.ClickException):
    """One sentence that says what did not start and where its log is."""


@dataclass(frozen=True)
class Superset:
    """A running server: `password` of the user `admin` is drawn at each start and written nowhere."""

    url: str
    password: str


def install(folder: Path, say: Callable[[str], None]) -> Path:
    """The `bin` of an environment with the pinned packages; made where it is not there, or when the pins are others."""
    pins, environment = HERE / "requirements.txt", folder / "venv"
    marker = environment / "installed.txt"
    if marker.is_file() and marker.read_bytes() == pins.read_bytes():
        return environment / "bin"
    if not (3, 10) <= sys.version_info[:2] <= (3, 12):
        raise NoSuperset("Superset 6.1 needs Python 3.10 to 3.12: run this with an environment of such a Python.")
    say(f"installing Superset into {environment}: 150 packages, some minutes")
    shutil.rmtree(environment, ignore_errors=True)
    _run([sys.executable, "-m", "venv", str(environment)], folder, "venv")
    _run([str(environment / "bin" / "pip"), "install", "--quiet", "--disable-pip-version-check", "-r", str(pins)], folder, "install")
    marker.write_bytes(pins.read_bytes())
    return environment / "bin"


@contextmanager
def superset(folder: Path, say: Callable[[str], None]) -> Iterator[Superset]:
    """Yield a Superset that knows nothing but its administrator; stopped, and its catalogue removed, at the end."""
    programs = install(folder, say)
    home = folder / "home"
    shutil.rmtree(home, ignore_errors=True)
    home.mkdir(parents=True)
    port, password = free_port(), secrets.token_urlsafe(18)
    environment = {name: value for name, value in os.environ.items() if name not in ("PYTHONPATH", "VIRTUAL_ENV")} | {
        "SUPERSET_CONFIG_PATH": str(HERE / "superset_config.py"),
        "SUPERSET_HOME": str(home),
        "SUPERSET_SECRET_KEY": secrets.token_urlsafe(42),
        "FLASK_APP": "superset.app:create_app()",
    }
    named = ["--username", USER, "--firstname", "Tag", "--lastname", "Mart", "--email", "admin@localhost", "--password", password]
    for title, arguments in {"db upgrade": [], "fab create-admin": named, "init": []}.items():
        say(f"superset {title}")
        _run([str(programs / "superset"), *title.split(), *arguments], folder, title.replace(" ", "_"), environment)
    say(f"superset on 127.0.0.1:{port}")
    served = [str(programs / "gunicorn"), "--bind", f"127.0.0.1:{port}", "--workers", "1", "--threads", "4", "--timeout", "300", "superset.app:create_app()"]
    with (folder / "server.log").open("wb") as log:
        process = subprocess.Popen(served, env=environment, cwd=home, stdout=log, stderr=subprocess.STDOUT)
    try:
        _wait(f"http://127.0.0.1:{port}", process, folder / "server.log")
        yield Superset(f"http://127.0.0.1:{port}", password)
    finally:
        process.terminate()
        process.wait(timeout=60)
        shutil.rmtree(home, ignore_errors=True)


def _wait(url: str, process: subprocess.Popen, log: Path) -> None:
    patient = Retrying(retry=retry_if_exception_type(httpx.HTTPError), stop=stop_after_delay(180), wait=wait_fixed(1), reraise=True)
    try:
        patient(lambda: process.poll() is None and httpx.get(f"{url}/health", timeout=30).raise_for_status())
    except httpx.HTTPError:
        raise NoSuperset(f"Superset did not answer within three minutes: {log} has what it said.") from None
    if process.poll() is not None:
        raise NoSuperset(f"Superset ended when it should have started: {log} has what it said.")


def _run(command: list[str], folder: Path, title: str, environment: dict[str, str] | None = None) -> None:
    folder.mkdir(parents=True, exist_ok=True)
    log = folder / f"{title}.log"
    with log.open("wb") as said:
        ended = subprocess.run(command, env=environment, stdout=said, stderr=subprocess.STDOUT)
    if ended.returncode:
        raise NoSuperset(f"`{Path(command[0]).name} {title}` failed: {log} has what it said.")
