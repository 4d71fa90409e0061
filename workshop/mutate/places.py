"""Which characters of a dbt template are SQL. The rest is blanked, so that positions stay."""

from __future__ import annotations

import re

HIDDEN = "§"  # stands for a character of a string or template expression: part of an operand, never an operator

COMMENT = re.compile(r"\{#.*?#\}|--[^\n]*", re.DOTALL)
STATEMENT = re.compile(r"\{%.*?%\}", re.DOTALL)
EXPRESSION = re.compile(r"\{\{.*?\}\}", re.DOTALL)
STRING = re.compile(r"'(?:[^'\n]|'')*'")
BLOCK = re.compile(r"(\{%-?\s*set\s+\w+\s*-?%\})(.*?)(\{%-?\s*endset\s*-?%\})", re.DOTALL)
CONDITION = re.compile(r"^(?P<indent>\s*)(?P<key>(?:- *)?\{?.*?\bwhen:|population:)(?P<sql>.*)$")
PREMISE = re.compile(r"^\s+- (?P<sql>.+)$")


def sql_mask(text: str) -> str:
    """Return the text with all but SQL blanked, of the same length and lines.

    Comments and template statements become spaces; strings and template expressions become HIDDEN, a string
    within its quotes. Of a definition, which is YAML, only the conditions stay.
    """
    mask = text
    for block in BLOCK.finditer(text):
        if re.search(r"\b(when|code):", block[2]):
            start, end = block.span(2)
            mask = mask[:start] + _conditions(text[start:end]) + mask[end:]
    for pattern, filler in ((COMMENT, " "), (STATEMENT, " "), (EXPRESSION, HIDDEN)):
        mask = pattern.sub(lambda match, filler=filler: re.sub(r"[^\n]", filler, match[0]), mask)
    return STRING.sub(lambda match: f"'{HIDDEN * (len(match[0]) - 2)}'", mask)


def _conditions(yaml: str) -> str:
    """Return the YAML of a definition with all but its conditions blanked."""
    lines, folded, premises = [], None, False
    for line in yaml.split("\n"):
        indent = len(line) - len(line.lstrip())
        condition, premise = CONDITION.match(line), PREMISE.match(line)
        if folded is not None and line.strip() and indent > folded:
            lines.append(line)
            continue
        folded = None
        if condition and condition["sql"].strip() in (">", "|"):
            folded, line = indent, " " * len(line)
        elif condition:
            line = _only(line, condition.span("sql"))
        elif premises and premise:
            line = _only(line, premise.span("sql"))
        elif not STATEMENT.fullmatch(line.strip()):
            premises, line = line.strip() == "assumes:", " " * len(line)
        lines.append(line)
    return "\n".join(lines)


def _only(line: str, span: tuple[int, int]) -> str:
    """Return a line with all but the condition at `span` blanked, without the quotes and braces of YAML."""
    start, end = span
    sql = line[start:end].rstrip()
    if sql.endswith("}") and not sql.endswith("}}"):
        sql = sql[:-1].rstrip()
    stripped = sql.strip()
    if stripped.startswith('"') and stripped.endswith('"'):
        start += sql.index('"') + 1
        sql = stripped[1:-1]
    return " " * start + sql + " " * (len(line) - start - len(sql))
