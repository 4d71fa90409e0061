"""What was made of a file is made once in a process, and again when the file changed."""

from __future__ import annotations

import os
import tempfile
import threading
from collections.abc import Callable
from pathlib import Path
from typing import TypeVar

Made = TypeVar("Made")
_MADE: dict[tuple, tuple[Path, object]] = {}
_LOCK = threading.Lock()


def once(source: Path, *settings: object, make: Callable[[], tuple[Path, Made]]) -> tuple[Path, Made]:
    """Return `make()`, a file and what to say of it, unless it was made of this source with these settings before."""
    state = source.stat()
    key = (source.resolve(), state.st_ino, state.st_size, state.st_mtime_ns, *settings)
    with _LOCK:
        if key not in _MADE or not _MADE[key][0].is_file():
            _MADE[key] = make()
        return _MADE[key]


def written(target: Path, write: Callable[[Path], Made]) -> Made:
    """Let `write` make a file and put it in its place when it is whole: another process may be reading the old one."""
    target.parent.mkdir(parents=True, exist_ok=True)
    handle, name = tempfile.mkstemp(dir=target.parent, suffix=".part")
    os.close(handle)
    try:
        result = write(Path(name))
        os.replace(name, target)
    except BaseException:
        Path(name).unlink(missing_ok=True)
        raise
    return result
