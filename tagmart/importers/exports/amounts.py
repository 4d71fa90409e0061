"""Arithmetic on cells that hold amounts: exact, and an unreadable cell stays to be seen."""

from __future__ import annotations

from collections.abc import Callable

ARITHMETIC = ("add", "subtract", "multiply", "divide", "at_least_zero")


def amount(expression: dict, sql: Callable[[object], str]) -> str:
    """Return the SQL of an amount as text.

    A filled cell that is no number takes the place of the result, for staging to reject it with a reason. A blank cell
    adds or takes off nothing; with every cell blank, or nothing to take off from, there is no result.
    """
    leaves = list(dict.fromkeys(_leaves(expression, sql)))
    cells = {leaf: f"a__.c{place}" for place, leaf in enumerate(leaves)}
    unread = " ".join(f"when unreadable({cell}) then {cell}" for cell in cells.values())
    nothing = " and ".join(f"filled({cell}) is null" for cell in cells.values())
    total = _number(expression, lambda part: cells[sql(part)])
    packed = ", ".join(f"c{place} := {leaf}" for place, leaf in enumerate(leaves))
    # list_transform over one value names it, so that no cell is worked out twice; no field has such a name.
    return f"list_transform([struct_pack({packed})], lambda a__: case {unread} when {nothing} then null else shown({total}) end)[1]"


def _leaves(expression: object, sql: Callable[[object], str]) -> list[str]:
    name, value = next(iter(expression.items())) if isinstance(expression, dict) else (None, None)
    if name not in ARITHMETIC:
        return [sql(expression)]
    parts = value if isinstance(value, list) else [value]
    return [leaf for part in parts for leaf in _leaves(part, sql)]


def _number(expression: object, sql: Callable[[object], str]) -> str:
    """Return SQL of type decimal(19, 8)."""
    name, value = next(iter(expression.items())) if isinstance(expression, dict) else (None, None)
    if name not in ARITHMETIC:
        return f"number({sql(expression)})"
    if name == "at_least_zero":
        return f"greatest(cast(0 as decimal(19, 8)), {_number(value, sql)})"
    parts = [_number(part, sql) for part in value]
    if name == "add":
        known = " + ".join(f"coalesce({part}, 0)" for part in parts)
        return f"case when coalesce({', '.join(parts)}) is not null then try_cast({known} as decimal(19, 8)) end"
    if name == "subtract":  # without what is taken off from there is nothing
        taken = "".join(f" - coalesce({part}, 0)" for part in parts[1:])
        return f"try_cast({parts[0]}{taken} as decimal(19, 8))"
    if name == "multiply":
        return f"try_cast({' * '.join(parts)} as decimal(19, 8))"
    return _divided(*parts)


def _divided(total: str, count: str) -> str:
    """Divide by a whole number, rounded up to four decimals: what that is too much is the line's discount."""
    whole = "nullif(cast(abs(q__.n) as hugeint), 0)"
    price = f"((cast(abs(q__.t) * 10000 as hugeint) + {whole} - 1) // {whole})"
    return f"list_transform([struct_pack(t := {total}, n := {count})], lambda q__: cast(sign(q__.t) * sign(q__.n) * {price} * 0.0001 as decimal(19, 8)))[1]"
