"""A headless Chromium for tests of pages: of TAGMART_CHROMIUM, the one that the Makefile installs, or one on the PATH."""

from __future__ import annotations

import os
import shutil
from pathlib import Path

INSTALLED = Path(__file__).resolve().parents[2] / ".venv/browser/bin/chromium"
NAMES = ("chromium", "chromium-browser", "google-chrome")
ARGUMENTS = ["--headless=shell", "--no-sandbox", "--disable-gpu", "--font-render-hinting=none"]


def chromium() -> str | None:
    """Its path, or None where there is none."""
    named = os.environ.get("TAGMART_CHROMIUM")
    if named or INSTALLED.is_file():
        return named or str(INSTALLED)
    return next(filter(None, map(shutil.which, NAMES)), None)
