"""Lines and heat: how rows (dicts of x, y, series) are drawn over a plane of two axes."""

from __future__ import annotations

import datetime as dt

from matplotlib.axes import Axes
from matplotlib.dates import AutoDateLocator
from matplotlib.figure import Figure

from workshop.questions.scales import COLOURS, EDGE, INCH, as_words, legend_of, number, place, value_axis, values, width


def line(figure: Figure, axes: Axes, columns: dict, rows: list[dict]) -> None:
    """A line a series, left to right by x."""
    series, points = values(rows, "series") or [None], values(rows, "x")
    is_text = isinstance(points[0], str)
    is_turned = is_text and sum(map(width, points)) * INCH > figure.get_figwidth() - 1.5
    bottom = 0.6 + (max(map(width, points)) * INCH / 2 if is_turned else 0)
    place(figure, axes, left=0.9, height=3 + bottom, bottom=bottom, top=0.2 if series == [None] else 0.45)
    for index, name in enumerate(series):
        own = [row for row in rows if row.get("series") == name]
        own = own if is_text else sorted(own, key=lambda row: row["x"])
        xs = [points.index(row["x"]) if is_text else row["x"] for row in own]
        axes.plot(xs, [float(row["y"]) for row in own], color=COLOURS[index % len(COLOURS)], linewidth=1.8, marker="o", markersize=3)
    if is_text:
        turned = {"rotation": 30, "rotation_mode": "anchor", "ha": "right"} if is_turned else {}
        axes.set_xticks(range(len(points)), points, **turned)
    elif isinstance(points[0], dt.date):
        axes.xaxis.set_major_formatter(lambda day, _: (dt.date(1970, 1, 1) + dt.timedelta(days=day)).isoformat())
        axes.xaxis.set_major_locator(AutoDateLocator(maxticks=7))
    axes.set_xlabel(as_words(columns["x"]))
    value_axis(axes.yaxis, axes, columns["y"])
    legend_of(axes, [] if series == [None] else series)


def heat(figure: Figure, axes: Axes, columns: dict, rows: list[dict]) -> None:
    """A square for each x (across) and y (down), the darker the more of series, with the number in it where there is room."""
    across, down = values(rows, "x"), values(rows, "y")
    left = EDGE + 0.25 + max(map(width, map(str, down))) * INCH
    longest = max(map(width, map(str, across))) * INCH
    is_turned = longest > (figure.get_figwidth() - left) / len(across)
    tall = longest if is_turned else 0.15
    place(figure, axes, left=left, height=0.7 + 0.28 * len(down) + tall, bottom=0.5 + tall, top=0.15)
    cells = {(row["x"], row["y"]): float(row["series"]) for row in rows}
    table = [[cells.get((x, y), float("nan")) for x in across] for y in down]
    shown = axes.pcolormesh(table, cmap="Blues", edgecolors="white", linewidth=0.5)
    axes.invert_yaxis()
    axes.set_xticks([index + 0.5 for index in range(len(across))], list(map(str, across)), rotation=90 if is_turned else 0)
    axes.set_yticks([index + 0.5 for index in range(len(down))], list(map(str, down)))
    axes.set(xlabel=as_words(columns["x"]), ylabel=as_words(columns["y"]))
    low, high = shown.get_clim()
    for (x, y), value in cells.items() if len(across) <= 14 else ():
        colour = "white" if value > low + (high - low) * 0.6 else "#333333"
        axes.text(across.index(x) + 0.5, down.index(y) + 0.5, number(columns["series"], value), ha="center", va="center", fontsize=7, color=colour)
