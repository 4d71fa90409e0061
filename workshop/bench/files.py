"""Files of databases: their size, and how they are removed."""

from __future__ import annotations

import shutil
from pathlib import Path


def size_of(file: Path) -> int:
    """Bytes that the file takes on the disk; 0 when it is gone by now."""
    try:
        return file.stat().st_blocks * 512
    except FileNotFoundError:
        return 0


def remove_database(file: Path) -> Path:
    """Remove a database with all that stands beside it under its name (log, spill folder); return its path."""
    for left in file.parent.glob(f"{file.name}*"):
        shutil.rmtree(left) if left.is_dir() else left.unlink()
    return file
