"""Sizes, names and numbers of a picture. Places come from the count of characters, not from measured text: no font decides them."""

from __future__ import annotations

import re
import unicodedata
from decimal import Decimal

from matplotlib.axes import Axes
from matplotlib.axis import Axis
from matplotlib.figure import Figure
from matplotlib.ticker import FuncFormatter

EDGE, INCH = 0.25, 0.083  # what stays free at the left, and a narrow character of 9 points
COLOURS = ["#0072b2", "#e69f00", "#009e73", "#cc79a7", "#56b4e9", "#d55e00", "#777777", "#b2a100"]  # told apart by the colour-blind too
SHARE = re.compile(r"(share|rate|confidence|support|probability|retention|gini)(_|$)")
MONEY = re.compile(r"(amount|cost|acquisition|ltv|value|revenue|margin)(_|$)")


def width(text: str) -> int:
    """How many narrow characters a text takes; a Chinese one takes two."""
    return sum(2 if unicodedata.east_asian_width(character) in "WF" else 1 for character in text)


def as_words(column: str) -> str:
    """A column's name as words, with its unit where the name tells it."""
    words = re.sub(r"_(en|zh|code|id)$", "", column).replace("_", " ")
    words = words[:1].upper() + words[1:]
    if "_to_" in column or SHARE.search(column):
        return words
    return f"{words} (the brand's currency)" if MONEY.search(column) else words


def number(column: str, value: float | Decimal) -> str:
    """A value as a label: shares as per cent, large numbers without decimals."""
    value = float(value)
    if SHARE.search(column):
        return f"{value:.1%}" if abs(value) < 0.1 and value else f"{value:.0%}"
    if value == int(value) or abs(value) >= 1000:
        return f"{value:,.0f}"
    return f"{value:,.1f}" if abs(value) >= 10 else f"{value:.2f}"


def value_axis(axis: Axis, axes: Axes, column: str, more: str = "") -> None:
    """Name and numbers of the axis of values, with a light line at each number."""
    axis.set_label_text(as_words(column) + more)
    axis.set_major_formatter(FuncFormatter(lambda value, _: number(column, round(value, 10))))
    axes.grid(axis=axis.axis_name)


def place(figure: Figure, axes: Axes, left: float, height: float, bottom: float, top: float) -> None:
    """Size the figure (9 inches wide) and put the axes into it; all in inches from the edges."""
    wide = figure.get_figwidth()
    figure.set_figheight(height)
    axes.set_position((left / wide, bottom / height, (wide - left - 0.3) / wide, (height - bottom - top) / height))


def values(rows: list[dict], use: str) -> list:
    """What a column holds, each once, in the order of the rows."""
    return list(dict.fromkeys(row[use] for row in rows if use in row))


def legend_of(axes: Axes, series: list) -> None:
    """The colours of the series above the axes; none without series."""
    for index, name in enumerate(series):
        axes.plot([], [], color=COLOURS[index % len(COLOURS)], linewidth=4, label=str(name))
    if series:
        axes.legend(loc="lower left", bbox_to_anchor=(0, 1), ncols=min(len(series), 6), frameon=False, fontsize=8, borderaxespad=0.2)
