"""The page: one HTML file that holds its styles, its scripts, Apache ECharts and the cells."""

from __future__ import annotations

import json
import re
from pathlib import Path

from tagmart.dashboard.frames import Frame

HERE = Path(__file__).parent
VIEWS = ("overview", "classes", "flows", "value", "revenue", "campaigns", "contacts", "channels", "tags", "scores")
SCRIPTS = ("state", "cells", "format", "figures", "parts", *(f"views/{view}" for view in VIEWS), "start")


def page(frames: dict[str, Frame], facts: dict) -> str:
    """Return the HTML of the page.

    `facts`: as_of_date, dates (newest first), least (people of a cell), schemes (their codes), language (zh or en).
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
    # In one pass: a campaign may be called {{SCRIPT}}.
    return re.sub(r"\{\{([A-Z]+)\}\}", lambda place: parts[place[1]], _text("page/page.html"))


def _text(name: str) -> str:
    return (HERE / name).read_text(encoding="utf-8")


def _json(value: object) -> str:
    """JSON that ends no script element and opens no comment in one."""
    return json.dumps(value, ensure_ascii=False, separators=(",", ":")).replace("<", "\\u003c").replace("\u2028", "\\u2028").replace("\u2029", "\\u2029")
