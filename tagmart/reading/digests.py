"""What a file holds, as a short text: equal digests, equal bytes."""

from __future__ import annotations

import hashlib
from functools import cache
from pathlib import Path

_BLOCK = 1 << 20  # bytes read at a time


def digest_of(path: Path) -> str:
    """Return the digest (64 hexadecimal digits) of the bytes of a file; read once in a process while the file stays as it is.

    Errors: OSError when it cannot be read.
    """
    state = path.stat()
    return _digest(path.resolve(), state.st_ino, state.st_size, state.st_mtime_ns)


@cache
def _digest(path: Path, *state: int) -> str:
    digest = hashlib.blake2b(digest_size=32)
    with path.open("rb") as file:
        while block := file.read(_BLOCK):
            digest.update(block)
    return digest.hexdigest()
