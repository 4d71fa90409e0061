"""Constructs that are seen in the tokens of a text: spellings that the grammar of one engine knows, or takes otherwise."""

from __future__ import annotations

import re
from collections.abc import Iterator

from sqlglot.tokens import Token, TokenType

# Construct -> what to write instead.
INSTEAD = {
    "::": "write cast(value as type)",
    "//": "write floor(a / b), with a and b as doubles, or dbt's macros",
    "->": "Spark reads it as a lambda; JSON goes through the macros of macros/cross_db (row_json)",
    "^": "Spark reads it as bitwise xor: write power(a, b)",
    "**": "write power(a, b)",
    "~": "write {{ matches(value, pattern) }}",
    "[…]": "DuckDB counts from 1, Spark from 0, and only DuckDB has list literals: use dbt.split_part, max_by or a join",
    "{…}": "only DuckDB has struct literals: use row_json or in_order of macros/cross_db",
    "qualify": "rank in a subquery with row_number() and filter outside of it",
    "asof join": "join on the key and a condition, and keep the latest with max_by or row_number()",
    "positional join": "join on a key",
    "exclude": "name the columns that are kept",
    "union by name": "name the columns in the same order on both sides",
    "quoted name": "Spark reads double quotes as a text: use lower-case names without quotes, and single quotes for texts",
    "backslash in a text": "Spark reads it as the beginning of an escape: write {{ exact_literal(text) }}, or a pattern by matches, replaced, extracted",
    "comma before from": "take it away: Spark does not read it",
    "ignore nulls": "write {{ carried_forward(value, window) }} or {{ first_known(value, window) }}",
    "groups frame": "only DuckDB has it: write a frame of rows or range",
    "1_000": "write the number without underscores: Spark reads a name",
}
_SINGLE = {
    TokenType.DCOLON: "::",
    TokenType.DIV: "//",
    TokenType.ARROW: "->",
    TokenType.DARROW: "->",
    TokenType.CARET: "^",
    TokenType.DSTAR: "**",
    TokenType.TILDE: "~",
    TokenType.L_BRACE: "{…}",
    TokenType.QUALIFY: "qualify",
    TokenType.ASOF: "asof join",
}
_WORDS = {
    ("*", "exclude"): "exclude",
    ("by", "name"): "union by name",
    ("positional", "join"): "positional join",
    (",", "from"): "comma before from",
    ("ignore", "nulls"): "ignore nulls",
    ("groups", "between"): "groups frame",
}
_GROUPED = re.compile(r"\d+(?:_\d+)+")
_TWICE = {TokenType.SLASH: "//", TokenType.STAR: "**"}


def constructs(tokens: list[Token], text: str) -> Iterator[tuple[str, str, int]]:
    """Yield (construct, as it is written, line) of what INSTEAD lists. The same way of writing has the same text in both engines."""
    for place, token in enumerate(tokens):
        after = tokens[place + 1] if place + 1 < len(tokens) else None
        line = token.line
        if token.token_type in _SINGLE:
            yield _SINGLE[token.token_type], _SINGLE[token.token_type], line
        elif token.token_type is TokenType.L_BRACKET:
            yield "[…]", "".join(each.text for each in _up_to_bracket(tokens, place)), line
        elif token.token_type in _TWICE and after and after.token_type is token.token_type and after.start == token.end + 1:
            yield _TWICE[token.token_type], _TWICE[token.token_type], line
        elif token.token_type in (TokenType.STRING, TokenType.IDENTIFIER):
            written = text[token.start : token.end + 1]
            if written.startswith('"'):
                yield "quoted name", written, line
            elif "\\" in written and token.token_type is TokenType.STRING:
                yield "backslash in a text", written, line
        elif _GROUPED.fullmatch(text, token.start, token.end + 1):
            yield "1_000", text[token.start : token.end + 1], line
        elif after:
            yield from _of_two(token, after)


def _up_to_bracket(tokens: list[Token], place: int) -> list[Token]:
    end = next((end for end in range(place, len(tokens)) if tokens[end].token_type is TokenType.R_BRACKET), len(tokens) - 1)
    return tokens[place : end + 1]


def _of_two(token: Token, after: Token) -> Iterator[tuple[str, str, int]]:
    words = token.text.lower(), after.text.lower()
    if words in _WORDS and after.token_type is not TokenType.STRING:
        yield _WORDS[words], _WORDS[words], after.line
