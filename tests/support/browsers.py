"""A headless Chromium for tests of pages: of TAGMART_CHROMIUM, the one that the Makefile installs, or one on the PATH."""

from __future__ import annotations

import os
import shutil
import subprocess
from functools import cache
from pathlib import Path

INSTALLED = Path(__file__).resolve().parents[2] / ".venv/browser/bin/chromium"
NAMES = ("chromium", "chromium-browser", "google-chrome")
ARGUMENTS = ["--headless=shell", "--no-sandbox", "--disable-gpu", "--font-render-hinting=none"]


@cache
def chromium() -> str | None:
    """Its path, or None where there is none that starts."""
    named = os.environ.get("TAGMART_CHROMIUM")
    return named or next(filter(None, map(_started, (str(INSTALLED), *NAMES))), None)


def _started(name: str) -> str | None:
    """The path of a program that is there and has all libraries that it needs."""
    found = shutil.which(name)
    return found if found and subprocess.run([found, "--version"], capture_output=True).returncode == 0 else None
