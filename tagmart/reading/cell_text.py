"""A cell of a spreadsheet as the text that a person sees or means."""

from __future__ import annotations

from datetime import date, datetime, time, timedelta
from decimal import Decimal

# Excel keeps 15 digits of a number; a longer one that ends with 0 has most likely lost some.
_KEPT_DIGITS = 10**15
_EXACT = 2**53


def cell_text(value: object) -> str:
    """Return a cell as text: dates in ISO, whole numbers without '.0', no exponent where the number is exact."""
    if value is None:
        return ""
    if isinstance(value, str):
        return value
    if isinstance(value, bool):
        return "TRUE" if value else "FALSE"
    if isinstance(value, (int, float)):
        return _number(value)
    if isinstance(value, datetime):
        return _datetime(value)
    if isinstance(value, date):
        return value.isoformat()
    if isinstance(value, time):
        return _datetime(datetime.combine(date(2000, 1, 2), value)).partition(" ")[2] or "00:00:00"
    if isinstance(value, timedelta):
        return _duration(value)
    return str(value)


def _number(value: float) -> str:
    """An id of more digits than Excel keeps stays in scientific notation: what is lost must not look whole."""
    if value != value or value in (float("inf"), float("-inf")):
        return str(value)
    if value == int(value):
        whole = int(value)
        if abs(whole) < _KEPT_DIGITS or (abs(whole) <= _EXACT and whole % 10):
            return str(whole)
        return f"{Decimal(whole):.14E}"
    return f"{Decimal(format(value, '.15g')):f}"


def _datetime(value: datetime) -> str:
    """Serial numbers are exact to some microseconds, so to the nearest millisecond; midnight is a date."""
    value = value + timedelta(microseconds=500)
    value = value.replace(microsecond=value.microsecond // 1000 * 1000)
    if (value.hour, value.minute, value.second, value.microsecond) == (0, 0, 0, 0):
        return value.date().isoformat()
    return value.isoformat(sep=" ", timespec="milliseconds" if value.microsecond else "seconds")


def _duration(value: timedelta) -> str:
    seconds = round(value.total_seconds())
    sign, seconds = ("-", -seconds) if seconds < 0 else ("", seconds)
    return f"{sign}{seconds // 3600:02}:{seconds // 60 % 60:02}:{seconds % 60:02}"
