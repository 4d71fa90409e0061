"""Bars, waterfalls and intervals, a lane a row: how rows (dicts of x, y, series, low, high) are drawn into a figure's axes."""

from __future__ import annotations

import click
from matplotlib.axes import Axes
from matplotlib.figure import Figure

from workshop.questions.scales import COLOURS, EDGE, INCH, legend_of, number, place, value_axis, values, width

LESS, MORE, WHOLE = "#d55e00", "#009e73", "#777777"


def bar(figure: Figure, axes: Axes, columns: dict, rows: list[dict]) -> None:
    """A horizontal bar a row, the first on top; with series, one beside the other."""
    names, series = values(rows, "x"), values(rows, "series")
    side_by_side = _side_by_side(rows, names, series)
    _lanes(figure, axes, names, per_lane=side_by_side, legend=bool(series))
    thickness = 0.8 / side_by_side
    for row in rows:
        index = series.index(row["series"]) if series else 0
        middle = names.index(row["x"]) - 0.4 + thickness * (index % side_by_side + 0.5)
        axes.barh(middle, float(row["y"]), thickness * 0.92, color=COLOURS[index % len(COLOURS)])
        axes.annotate(number(columns["y"], row["y"]), (float(row["y"]), middle), (4 if row["y"] >= 0 else -4, 0), textcoords="offset points",
                      va="center", ha="left" if row["y"] >= 0 else "right", fontsize=8, color="#333333")  # fmt: skip
    axes.margins(x=0.12)
    value_axis(axes.xaxis, axes, columns["y"])
    legend_of(axes, series)


def waterfall(figure: Figure, axes: Axes, columns: dict, rows: list[dict]) -> None:
    """Each row a step from where the rows above it led to; the sum of all below."""
    _lanes(figure, axes, [*(str(row["x"]) for row in rows), "Sum"])
    axes.use_sticky_edges = False
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
    names, series = values(rows, "x"), values(rows, "series")
    side_by_side = _side_by_side(rows, names, series)
    _lanes(figure, axes, names, per_lane=side_by_side, legend=bool(series))
    for row in rows:
        index = series.index(row["series"]) if series else 0
        lane = names.index(row["x"]) + (index % side_by_side + 0.5) / side_by_side * 0.8 - 0.4
        colour = COLOURS[index % len(COLOURS)]
        axes.plot([float(row["low"]), float(row["high"])], [lane, lane], color=colour, linewidth=1.6, marker="|", markersize=7)
        axes.plot([float(row["y"])], [lane], color=colour, marker="o", markersize=5)
    if min(row["low"] for row in rows) <= 0 <= max(row["high"] for row in rows):
        axes.axvline(0, color="#888888", linewidth=0.8)
    value_axis(axes.xaxis, axes, columns["y"], more=", with 95 % interval")
    legend_of(axes, series)


def _side_by_side(rows: list[dict], names: list, series: list) -> int:
    """How many marks share a lane: with one row a lane, series are told by colour alone and leave no gaps. Two rows in one place are refused."""
    if len({(row["x"], row.get("series")) for row in rows}) < len(rows):
        raise click.ClickException(
            "two rows of the answer have one x (and series) and would be drawn upon each other: let picture: name a column that tells them apart."
        )
    return max(len(series), 1) if len(rows) > len(names) else 1


def _lanes(figure: Figure, axes: Axes, names: list, per_lane: int = 1, legend: bool = False) -> None:
    words = list(map(str, names))
    height = 0.95 + len(names) * (0.24 if per_lane == 1 else 0.1 + 0.17 * per_lane) + (0.25 if legend else 0)
    place(figure, axes, left=EDGE + max(map(width, words)) * INCH, height=height, bottom=0.6, top=0.4 if legend else 0.1)
    axes.set_yticks(range(len(names)), words)
    axes.set_ylim(len(names) - 0.5, -0.5)
