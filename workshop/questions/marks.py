"""Bars, lines, waterfalls, intervals and heat: how rows (dicts of x, y, series, low, high) are drawn into a figure's axes."""

from __future__ import annotations

import datetime as dt

from matplotlib.axes import Axes
from matplotlib.figure import Figure

from workshop.questions.scales import INCH, as_words, number, place, value_axis, width

COLOURS = ["#0072b2", "#e69f00", "#009e73", "#cc79a7", "#56b4e9", "#d55e00", "#777777", "#b2a100"]  # told apart by the colour-blind too
LESS, MORE, WHOLE = "#d55e00", "#009e73", "#777777"


def bar(figure: Figure, axes: Axes, columns: dict, rows: list[dict]) -> None:
    """A horizontal bar a row, the first on top; with series, one beside the other."""
    names, series = _values(rows, "x"), _values(rows, "series")
    _lanes(figure, axes, names, per_lane=max(len(series), 1), legend=bool(series))
    thickness = 0.8 / max(len(series), 1)
    for row in rows:
        index = series.index(row["series"]) if series else 0
        middle = names.index(row["x"]) - 0.4 + thickness * (index + 0.5)
        axes.barh(middle, float(row["y"]), thickness * 0.92, color=COLOURS[index % len(COLOURS)])
        axes.annotate(number(columns["y"], row["y"]), (float(row["y"]), middle), (4 if row["y"] >= 0 else -4, 0), textcoords="offset points",
                      va="center", ha="left" if row["y"] >= 0 else "right", fontsize=8, color="#333333")  # fmt: skip
    axes.margins(x=0.12)
    value_axis(axes.xaxis, axes, columns["y"])
    _legend(axes, columns, series)


def line(figure: Figure, axes: Axes, columns: dict, rows: list[dict]) -> None:
    """A line a series, left to right by x."""
    series, points = _values(rows, "series") or [None], _values(rows, "x")
    place(figure, axes, left=0.9, height=3.6, bottom=0.6, top=0.45 if series != [None] else 0.2)
    is_text = isinstance(points[0], str)
    for index, name in enumerate(series):
        own = [row for row in rows if row.get("series") == name]
        own = own if is_text else sorted(own, key=lambda row: row["x"])
        xs = [points.index(row["x"]) if is_text else row["x"] for row in own]
        axes.plot(xs, [float(row["y"]) for row in own], color=COLOURS[index % len(COLOURS)], linewidth=1.8, marker="o", markersize=3)
    if is_text:
        axes.set_xticks(range(len(points)), points, rotation=30 if sum(map(width, points)) > 90 else 0, rotation_mode="anchor", ha="right")
    elif isinstance(points[0], dt.date):
        axes.xaxis.set_major_formatter(lambda day, _: (dt.date(1970, 1, 1) + dt.timedelta(days=day)).isoformat())
        axes.xaxis.set_major_locator(axes.xaxis.get_major_locator().__class__(maxticks=7))
    axes.set_xlabel(as_words(columns["x"]))
    value_axis(axes.yaxis, axes, columns["y"])
    _legend(axes, columns, [] if series == [None] else series)


def waterfall(figure: Figure, axes: Axes, columns: dict, rows: list[dict]) -> None:
    """Each row a step from where the rows above it led to; the sum of all below."""
    _lanes(figure, axes, [*(str(row["x"]) for row in rows), "Sum"])
    reached = 0.0
    for lane, row in enumerate(rows):
        step = float(row["y"])
        axes.barh(lane, step, 0.7, left=reached, color=MORE if step >= 0 else LESS)
        axes.annotate(number(columns["y"], step), (max(reached, reached + step), lane), (4, 0), textcoords="offset points", va="center", fontsize=8)
        reached += step
        axes.plot([reached, reached], [lane - 0.35, lane + 1.35], color="#888888", linewidth=0.8)
    axes.barh(len(rows), reached, 0.7, color=WHOLE)
    axes.annotate(number(columns["y"], reached), (max(reached, 0), len(rows)), (4, 0), textcoords="offset points", va="center", fontsize=8)
    axes.axvline(0, color="#888888", linewidth=0.8)
    axes.margins(x=0.14)
    value_axis(axes.xaxis, axes, columns["y"])


def interval(figure: Figure, axes: Axes, columns: dict, rows: list[dict]) -> None:
    """A point a row with its interval; a line at zero where one reaches it."""
    names, series = _values(rows, "x"), _values(rows, "series")
    _lanes(figure, axes, names, per_lane=max(len(series), 1), legend=bool(series))
    for row in rows:
        index = series.index(row["series"]) if series else 0
        lane = names.index(row["x"]) + (index + 0.5) / max(len(series), 1) * 0.8 - 0.4
        colour = COLOURS[index % len(COLOURS)]
        axes.plot([float(row["low"]), float(row["high"])], [lane, lane], color=colour, linewidth=1.6, marker="|", markersize=7)
        axes.plot([float(row["y"])], [lane], color=colour, marker="o", markersize=5)
    if min(row["low"] for row in rows) <= 0 <= max(row["high"] for row in rows):
        axes.axvline(0, color="#888888", linewidth=0.8)
    value_axis(axes.xaxis, axes, columns["y"], more=", with 95 % interval")
    _legend(axes, columns, series)


def heat(figure: Figure, axes: Axes, columns: dict, rows: list[dict]) -> None:
    """A square for each x (across) and y (down), the darker the more of series, with the number in it where there is room."""
    across, down = _values(rows, "x"), _values(rows, "y")
    left = 0.4 + max(width(name) for name in map(str, down)) * INCH
    tall = max(map(width, map(str, across))) * INCH
    place(figure, axes, left=left, height=1.2 + 0.28 * len(down) + tall, bottom=0.6 + tall, top=0.15)
    values = {(row["x"], row["y"]): float(row["series"]) for row in rows}
    table = [[values.get((x, y), float("nan")) for x in across] for y in down]
    shown = axes.pcolormesh(table, cmap="Blues", edgecolors="white", linewidth=0.5)
    axes.invert_yaxis()
    axes.set_xticks([index + 0.5 for index in range(len(across))], list(map(str, across)), rotation=90)
    axes.set_yticks([index + 0.5 for index in range(len(down))], list(map(str, down)))
    axes.set(xlabel=as_words(columns["x"]), ylabel=as_words(columns["y"]))
    low, high = shown.get_clim()
    for (x, y), value in values.items() if len(across) <= 14 else ():
        colour = "white" if value > low + (high - low) * 0.6 else "#333333"
        axes.text(across.index(x) + 0.5, down.index(y) + 0.5, number(columns["series"], value), ha="center", va="center", fontsize=7, color=colour)


MARKS = {"bar": bar, "line": line, "waterfall": waterfall, "interval": interval, "heat": heat}


def _values(rows: list[dict], use: str) -> list:
    return list(dict.fromkeys(row[use] for row in rows if use in row))


def _lanes(figure: Figure, axes: Axes, names: list, per_lane: int = 1, legend: bool = False) -> None:
    words = list(map(str, names))
    height = 0.95 + len(names) * (0.24 if per_lane == 1 else 0.1 + 0.17 * per_lane) + (0.25 if legend else 0)
    place(figure, axes, left=0.2 + max(map(width, words)) * INCH, height=height, bottom=0.6, top=0.4 if legend else 0.1)
    axes.set_yticks(range(len(names)), words)
    axes.set_ylim(len(names) - 0.5, -0.5)


def _legend(axes: Axes, columns: dict, series: list) -> None:
    for index, name in enumerate(series):
        axes.plot([], [], color=COLOURS[index % len(COLOURS)], linewidth=4, label=str(name))
    if series:
        axes.legend(loc="lower left", bbox_to_anchor=(0, 1), ncols=min(len(series), 6), frameon=False, fontsize=8, borderaxespad=0.2)
