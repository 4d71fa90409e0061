"""The page: one HTML file that holds its styles, its scripts, Apache ECharts and the cells."""

from __future__ import annotations

import json
from pathlib import Path

from tagmart.dashboard.frames import Frame

HERE = Path(__file__).parent
VIEWS = ("overview", "classes", "flows", "value", "revenue", "campaigns", "contacts", "channels", "tags", "scores")
SCRIPTS = ("state", "cells", "format", "figures", "parts", *(f"views/{view}" for view in VIEWS), "start")


def page(frames: dict[str, Frame], facts: dict) -> str:
    """Return the HTML of the page.

    `facts`: as_of_date, dates (newest first), least (people of a cell), language (zh or en), views without data and why.
    """
    data = {"facts": facts, "frames": {name: frame.packed() for name, frame in frames.items()}}
    parts = {
        "STYLE": _text("page/style.css"),
        "ECHARTS": _text("vendor/echarts.min.js"),
        "WORDS": _json(json.loads(_text("page/words.json"))),
        "DATA": _json(data),
        "SCRIPT": "\n".join(_text(f"page/{name}.js") for name in SCRIPTS),
        "LANGUAGE": facts["language"],
    }
    whole = _text("page/page.html")
    for name, text in parts.items():
        whole = whole.replace(f"{{{{{name}}}}}", text, 1)
    return whole


def _text(name: str) -> str:
    return (HERE / name).read_text(encoding="utf-8")


def _json(value: object) -> str:
    """JSON that ends no script element and opens no comment in one."""
    return json.dumps(value, ensure_ascii=False, separators=(",", ":")).replace("<", "\\u003c").replace("\u2028", "\\u2028").replace("\u2029", "\\u2029")
