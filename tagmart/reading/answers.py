"""What macros ask Python: texts in, something that JSON can say out."""

from __future__ import annotations

import hashlib
import tempfile
from pathlib import Path

from tagmart.reading.codec_names import AUTO, codec_of
from tagmart.reading.digests import digest_of
from tagmart.reading.raw_file import describe
from tagmart.reading.raw_folder import find_raw_files


def raw_folder(folder: str, tables: str) -> dict:
    """See raw_folder.find_raw_files; `tables`: names joined by commas."""
    return find_raw_files(Path(folder), tables.split(","))


def raw_file(file: str, encoding: str, columns: str, converted: Path | None = None) -> dict:
    """See raw_file.describe; `columns`: names joined by commas. Files are converted into `converted`, else a temporary folder."""
    return describe(Path(file), converted or Path(tempfile.gettempdir()) / "tagmart.raw", columns.split(","), encoding)


def raw_digest(file: str) -> str:
    """See digests.digest_of."""
    return digest_of(Path(file))


def is_encoding(name: str) -> bool:
    """Whether the name is auto or an encoding that Python knows."""
    return name == AUTO or codec_of(name) is not None


def code(project: str) -> str:
    """A hash of this package, and of the macros and vars of the dbt project in that folder."""
    files = [*Path(__file__).parents[1].rglob("*.py"), *(Path(project) / "macros").rglob("*.sql"), Path(project) / "dbt_project.yml"]
    return hashlib.sha256(b"".join(path.read_bytes() for path in sorted(files))).hexdigest()
