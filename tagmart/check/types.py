"""SQL types as the prover knows them."""

from __future__ import annotations

import re
from dataclasses import dataclass

BOOLEAN, NUMBER, DOUBLE, TEXT, DATE, TIMESTAMP, NULL = "boolean", "number", "double", "text", "date", "timestamp", "null"

INTEGER_BITS = {"tinyint": 8, "smallint": 16, "int": 32, "integer": 32, "bigint": 64, "long": 64}
OTHER_NAMES = {
    "boolean": BOOLEAN,
    "bool": BOOLEAN,
    "double": DOUBLE,
    "double precision": DOUBLE,
    "varchar": TEXT,
    "text": TEXT,
    "string": TEXT,
    "date": DATE,
    "timestamp": TIMESTAMP,
    "timestampntz": TIMESTAMP,
    "timestamp_ntz": TIMESTAMP,
    "datetime": TIMESTAMP,
}
DECIMAL = re.compile(r"(?:decimal|numeric)\s*\(\s*(\d+)\s*(?:,\s*(\d+)\s*)?\)")
VARCHAR = re.compile(r"varchar\s*\(\s*\d+\s*\)")

FIRST_DAY, LAST_DAY = -719162, 2932896  # 0001-01-01 and 9999-12-31, in days since 1970-01-01
DAY = 86_400_000_000  # microseconds

KNOWN = "integer, bigint, decimal(p, s), double, boolean, text, date or timestamp"


@dataclass(frozen=True)
class Type:
    """A kind, with what bounds its values.

    `scale`: a number is a whole multiple of 10^-scale. `bounds`: smallest and largest value, in those units for
    a number, in days for a date, in microseconds for a timestamp, both since 1970. `values`: the strings of a
    text column, None when any string is possible.
    """

    kind: str
    scale: int = 0
    bounds: tuple[int, int] | None = None
    values: tuple[str, ...] | None = None

    def __str__(self) -> str:
        if self.kind == NUMBER:
            return f"decimal with {self.scale} places" if self.scale else "integer"
        return self.kind


def parse_type(text: str, values: tuple[str, ...] | None = None) -> Type:
    """Return the type that an SQL type name means; ValueError with a sentence for any other."""
    name = " ".join(str(text).lower().split())
    kind = TEXT if VARCHAR.fullmatch(name) else OTHER_NAMES.get(name)
    decimal = DECIMAL.fullmatch(name)
    if values is not None and kind != TEXT:
        raise ValueError(f"only a text column can list its values, and {text} is no text")
    if name in INTEGER_BITS:
        half = 2 ** (INTEGER_BITS[name] - 1)
        return Type(NUMBER, 0, (-half, half - 1))
    if decimal:
        digits, scale = int(decimal[1]), int(decimal[2] or 0)
        if not 1 <= digits <= 38 or scale > digits:
            raise ValueError(f"{text} is no decimal: write 1 to 38 digits, and no more places than digits")
        return Type(NUMBER, scale, (1 - 10**digits, 10**digits - 1))
    if kind == DATE:
        return Type(DATE, 0, (FIRST_DAY, LAST_DAY))
    if kind == TIMESTAMP:
        return Type(TIMESTAMP, 0, (FIRST_DAY * DAY, (LAST_DAY + 1) * DAY - 1))
    if kind:
        return Type(kind, values=values)
    raise ValueError(f"the type {text} is unknown: write {KNOWN}")


def common(first: Type, second: Type) -> Type | None:
    """Return the type that both convert to without loss, None when there is none."""
    if first.kind == NULL or second.kind == NULL:
        return second if first.kind == NULL else first
    kinds = {first.kind, second.kind}
    if kinds == {NUMBER}:
        return Type(NUMBER, max(first.scale, second.scale))
    if kinds == {NUMBER, DOUBLE}:
        return Type(DOUBLE)
    if kinds == {DATE, TIMESTAMP}:
        return Type(TIMESTAMP)
    return Type(first.kind) if len(kinds) == 1 else None
