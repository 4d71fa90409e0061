"""A folder that is replaced as a whole: whoever looks finds the old export or the new one, never a half."""

from __future__ import annotations

import ctypes
import fcntl
import json
import os
import shutil
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from pathlib import Path

from tagmart.exports.problem import ExportProblem

MANIFEST = "manifest.json"
RENAME_EXCHANGE, AT_FDCWD = 2, -100  # of Linux, <linux/fs.h> and <fcntl.h>


@contextmanager
def replaced_folder(folder: Path, command: str) -> Iterator[Path]:
    """Yield an empty folder beside `folder`, which takes its place when the block ends well and vanishes when it does not.

    A folder is replaced only when it is empty, or holds the files that the manifest of the same command lists and nothing else.
    """
    folder = folder.resolve()  # what a link leads to is replaced, not the link
    _refuse_others(folder, command)
    folder.parent.mkdir(parents=True, exist_ok=True)
    work = folder.with_name(f".{folder.name}.unfinished")
    with ExitStack() as locks:
        work.mkdir(exist_ok=True)
        _lock(locks, work, folder)
        _empty(work)  # an export that was killed left it: nobody holds its lock
        try:
            yield work
            _refuse_others(folder, command)
            if folder.exists():
                _lock(locks, folder, folder)  # it stands under the other name until it is removed
                shutil.copymode(folder, work)
            _put(work, folder)
        finally:
            shutil.rmtree(work, ignore_errors=True)


def _refuse_others(folder: Path, command: str) -> None:
    if not folder.exists():
        return
    if not folder.is_dir():
        raise ExportProblem(f"{folder} is a file: give a folder to write to.")
    found = {path.name for path in folder.iterdir()}
    try:
        manifest = json.loads((folder / MANIFEST).read_text(encoding="utf-8")) if MANIFEST in found else {}
        ours = {MANIFEST, *(file["file"] for file in manifest["files"])} if manifest.get("command") == command else set()
    except (ValueError, KeyError, TypeError, AttributeError):
        ours = set()
    others = sorted(found - ours)
    if others:
        raise ExportProblem(f"{folder} holds {others[0]}, which no earlier `{command}` wrote: give a new folder, or move that away.")


def _lock(locks: ExitStack, path: Path, folder: Path) -> None:
    """Hold a lock on a folder for as long as this process lives: the system frees it when the process is killed."""
    held = os.open(path, os.O_RDONLY)
    locks.callback(os.close, held)
    try:
        fcntl.flock(held, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except BlockingIOError:
        raise ExportProblem(f"Another export into {folder} is running: try again when it has ended.") from None


def _empty(folder: Path) -> None:
    for path in folder.iterdir():
        shutil.rmtree(path) if path.is_dir() else path.unlink()


def _put(work: Path, folder: Path) -> None:
    """Give `folder` what `work` holds; what it held before is then in `work`, if it was there."""
    if not folder.exists():
        work.rename(folder)
    elif not _exchanged(work, folder):
        aside = folder.with_name(f".{folder.name}.before")
        folder.rename(aside)
        try:
            work.rename(folder)
        except BaseException:
            aside.rename(folder)
            raise
        aside.rename(work)


def _exchanged(work: Path, folder: Path) -> bool:
    """Swap two folders in one step; False where the system or its file system cannot."""
    renameat2 = getattr(ctypes.CDLL(None), "renameat2", None)
    return renameat2 is not None and renameat2(AT_FDCWD, os.fsencode(work), AT_FDCWD, os.fsencode(folder), RENAME_EXCHANGE) == 0
