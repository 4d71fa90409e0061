"""Arithmetic on cells that hold amounts: exact, and an unreadable cell stays to be seen."""

from __future__ import annotations

from collections.abc import Callable

ARITHMETIC = ("add", "subtract", "multiply", "divide", "at_least_zero")


def amount(expression: dict, sql: Callable[[object], str]) -> str:
    """Return the SQL of an amount as text.

    A filled cell that is no number takes the place of the result, for staging to reject it with a reason. A blank cell
    counts nothing; with every cell blank there is no result.
    """
    leaves = list(dict.fromkeys(_leaves(expression, sql)))
    unread = " ".join(f"when unreadable({leaf}) then {leaf}" for leaf in leaves)
    nothing = " and ".join(f"filled({leaf}) is null" for leaf in leaves)
    return f"case {unread} when {nothing} then null else shown({_number(expression, sql)}) end"


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
    if name in ("add", "subtract"):
        known = [f"coalesce({part}, cast(0 as decimal(19, 8)))" for part in parts]
        return f"try_cast({(' + ' if name == 'add' else ' - ').join(known)} as decimal(19, 8))"
    if name == "multiply":
        return f"try_cast({' * '.join(parts)} as decimal(19, 8))"
    return _divided(*parts)


def _divided(total: str, count: str) -> str:
    """Divide by a whole number, rounded up to four decimals: what that is too much is the line's discount."""
    whole = f"nullif(cast(abs({count}) as hugeint), 0)"
    price = f"((cast(abs({total}) * 10000 as hugeint) + {whole} - 1) // {whole})"
    return f"cast(sign({total}) * sign({count}) * {price} * 0.0001 as decimal(19, 8))"
