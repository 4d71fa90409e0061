"""`tagmart import exports --suggest FILE`: a profile for a file nobody has described, as YAML for a person to edit."""

from __future__ import annotations

import json
import tempfile
from pathlib import Path

import duckdb

from tagmart.importers.exports.code_words import proposed_codes
from tagmart.importers.exports.headers import plain
from tagmart.importers.exports.likeness import LIKELY, SURE, dictionary, matched
from tagmart.importers.exports.looks import looks
from tagmart.importers.exports.proposed_tables import proposed_tables
from tagmart.importers.problem import ImportProblem
from tagmart.importers.text_files import TextFile, read_as_text, unreadable

HEAD = """\
# A first profile for {name}, made from its headers and a look at some cells. Check every line, above all those that are
# not sure, then save it and run:  tagmart import exports {name} FOLDER --profile THIS_FILE.yml
# How to write one: docs/importers.md.
title: {title}
timezone: {zone}  # where times without a zone of their own were written
"""
BARE = {"name", "no", "number", "id", "编号", "单号"}  # headers that only their cells explain
TIMES = {"ordered_at", "paid_at", "refunded_at", "registered_at", "createtime", "deleted_at", "occurred_at"}


def suggest(path: Path) -> str:
    """Return the YAML of a proposed profile for an export file; it loads as it is."""
    words = [word for field in dictionary()[0] for word in field.words]
    with tempfile.TemporaryDirectory() as folder:
        if not path.is_file():
            raise ImportProblem(f"{path} does not exist: give the path of one export file to --suggest.")
        file = read_as_text(path, Path(folder), words)
        try:
            seen, cells = looks(file)
        except duckdb.Error as error:
            raise unreadable(path, error) from None
    headers = list(dict.fromkeys(header for header in file.columns if header))
    found, people = matched(headers)
    order = next((header for header in headers if seen[header] == "order numbers" and plain(header) in BARE), None)
    if order and "order_id" not in found:
        found = {"order_id": (order, LIKELY, "an order number by its cells"), **found}
        people = [header for header in people if header != order]
    if not found:
        some = ", ".join(headers[:5])
        raise ImportProblem(f"{path} has no header that looks like a raw column ({some}, …): check its first line.")
    codes, told = proposed_codes({name: cells.get(header, []) for name, (header, _, _) in found.items()})
    zone = "Asia/Shanghai" if any(not header.isascii() for header in headers) else "UTC"
    parts = [HEAD.format(name=path.name, title=_quoted(path.stem), zone=zone), _fields(file, found, people, seen)]
    parts += [proposed_tables(set(found), codes), _codes(codes, told), _people(people)]
    return "\n".join(part for part in parts if part)


def _fields(file: TextFile, found: dict[str, tuple[str, float, str]], people: list[str], seen: dict[str, str]) -> str:
    lines = ["files:", "  export:", f"    what: {_quoted(file.source.name)}"]
    needs = [name for name in ("order_id", "customer_id", "external_userid", "userid", "event_id", "sku_id") if name in found]
    lines += [f"    needs: [{', '.join(needs[:2] or list(found)[:1])}]", "    columns:"]
    columns = {field.name: field.columns for field in dictionary()[0]}
    for name, (header, score, word) in found.items():
        feeds = ", ".join(columns[name]) or "no raw column of its own"
        sure = "sure" if score >= SURE else f"likely, {_percent(score)} like {word}"
        is_odd = name in TIMES and seen[header] not in ("times", "numbers", "blank")
        doubt = f"; CHECK: its cells look like {seen[header]}" if is_odd else ""
        lines.append(f"      {name}: [{_quoted(header)}]  # {feeds}: {sure}{doubt}")
    known = {header for header, _, _ in found.values()} | set(people)
    for header in dict.fromkeys(file.columns):
        if header and header not in known:
            lines.append(f"      # ?: [{_quoted(header)}]  # unknown; its cells look like {seen[header]}")
    return "\n".join(lines)


def _codes(codes: dict[str, dict[str, list[str]]], told: dict[str, list[str]]) -> str:
    if not codes:
        return ""
    lines = ["codes:  # code: the words for it in this file"]
    for name, words in codes.items():
        lines.append(f"  {name}:")
        lines += [f"    {_quoted(code)}: [{', '.join(map(_quoted, listed))}]" for code, listed in words.items()]
        lines += [f"    # {_quoted(word)}: which code is it?" for word in told.get(name, [])]
    return "\n".join(lines) + "\n"


def _people(people: list[str]) -> str:
    return f"personal: [{', '.join(map(_quoted, people))}]  # never written out\n" if people else ""


def _quoted(text: str) -> str:
    """Write a text as YAML, which every JSON string is."""
    return json.dumps(text, ensure_ascii=False)


def _percent(score: float) -> str:
    return f"{round(100 * score)} %"
