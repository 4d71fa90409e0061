"""Error handlers for decoding: what Windows writes beyond a codec of Python, and bytes that are no text at all."""

from __future__ import annotations

import codecs

# Windows has the euro in GBK at 0x80; Hong Kong adds characters of its own to Big5.
BEYOND = "tagmart_beyond_codec"
KEEP_BROKEN = "tagmart_keep_broken_bytes"


def _beyond_codec(error: UnicodeError) -> tuple[str, int]:
    rest = error.object[error.start :]
    if error.encoding == "gb18030" and rest.startswith(b"\x80"):
        return "€", error.start + 1
    if error.encoding == "cp950":
        try:
            return rest[:2].decode("big5hkscs"), error.start + 2
        except UnicodeDecodeError:
            pass
    raise error


def _keep_broken_bytes(error: UnicodeError) -> tuple[str, int]:
    """Bytes that are no text stay what they are, so that DuckDB finds their line unreadable and it is counted."""
    try:
        return _beyond_codec(error)
    except UnicodeError:
        broken = error.object[error.start : error.end]
        return "".join(chr(0xDC00 + max(byte, 0x80)) for byte in broken), error.end


codecs.register_error(BEYOND, _beyond_codec)
codecs.register_error(KEEP_BROKEN, _keep_broken_bytes)
