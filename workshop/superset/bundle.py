"""The dashboard bundle of the repository: read, and packed as Superset imports it."""

from __future__ import annotations

import io
import zipfile
from pathlib import Path

import yaml

BUNDLE = Path(__file__).parent / "bundle"
DATABASE = "databases/Tagmart.yaml"


def read(kind: str) -> dict[str, dict]:
    """{name of the file: its content} of `charts`, `dashboards` or `datasets`."""
    return {file.stem: yaml.safe_load(file.read_text(encoding="utf-8")) for file in sorted((BUNDLE / kind).rglob("*.yaml"))}


def packed(uri: str) -> bytes:
    """The bundle as a zip file whose database is at `uri`, in a folder as Superset's own exports have it."""
    written = io.BytesIO()
    with zipfile.ZipFile(written, "w", zipfile.ZIP_DEFLATED) as archive:
        for file in sorted(BUNDLE.rglob("*.yaml")):
            name, text = file.relative_to(BUNDLE).as_posix(), file.read_text(encoding="utf-8")
            if name == DATABASE:
                text = yaml.safe_dump(yaml.safe_load(text) | {"sqlalchemy_uri": uri}, allow_unicode=True, sort_keys=False)
            archive.writestr(f"tagmart/{name}", text)
    return written.getvalue()
