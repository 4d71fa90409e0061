"""The picture of an answer as SVG: the same bytes wherever it is drawn."""

from __future__ import annotations

import io
import re
import warnings

import click
import matplotlib
from matplotlib.backends.backend_svg import FigureCanvasSVG
from matplotlib.figure import Figure

from workshop.questions import marks, planes
from workshop.questions.asking import Answer
from workshop.questions.reading import Picture, Question

TEXT = re.compile(r"<text [^>]*>")
PLACE = re.compile(r' (x|y|transform)="[^"]*"')
MOST = 25  # bars or intervals that one can read; the first ones of the answer
DRAWN_BY = {"bar": marks.bar, "line": planes.line, "waterfall": marks.waterfall, "interval": marks.interval, "heat": planes.heat}
STYLE = {
    "svg.fonttype": "none",  # text stays text, which a reader can search and a browser can show in Chinese
    "svg.hashsalt": "tagmart",
    "font.family": "DejaVu Sans",  # comes with matplotlib, so that the layout does not hang on the machine
    "font.size": 9,
    "axes.spines.top": False,
    "axes.spines.right": False,
    "axes.edgecolor": "#888888",
    "axes.axisbelow": True,
    "grid.color": "#dddddd",
}


def svg(question: Question, answer: Answer) -> str:
    """Return the picture of a question's answer as the text of an SVG file."""
    written = io.StringIO()
    with matplotlib.rc_context(STYLE), warnings.catch_warnings():
        warnings.filterwarnings("ignore", message="Glyph .* missing from font")  # the browser has them
        FigureCanvasSVG(figure(question, answer)).print_svg(written, metadata={"Date": None, "Creator": "tagmart"})
    return "\n".join(line.rstrip() for line in written.getvalue().splitlines()) + "\n"


def without_places(drawn: str) -> str:
    """Return an SVG without where its texts stand, which is parts of a pixel apart in two versions of matplotlib; what they say stays."""
    return TEXT.sub(lambda tag: PLACE.sub("", tag[0]), drawn)


def figure(question: Question, answer: Answer) -> Figure:
    """Return the figure; a ClickException names a column that the query does not have. Draw it within STYLE."""
    picture = question.picture
    for column in picture.columns.values():
        if column not in answer.columns:
            raise click.ClickException(f"{question.name}.sql has no column {column}, which its picture asks for: it has {', '.join(answer.columns)}.")
    rows = _rows(picture, answer)
    drawn = Figure(figsize=(9, 3))
    axes = drawn.add_axes((0.1, 0.2, 0.85, 0.75))
    if rows:
        DRAWN_BY[picture.kind](drawn, axes, picture.columns, rows)
    else:
        axes.text(0.5, 0.5, "No data on the sample", ha="center", va="center", transform=axes.transAxes)
        axes.set_axis_off()
    return drawn


def _rows(picture: Picture, answer: Answer) -> list[dict]:
    """The rows that can be drawn, each as what its columns are for; of kinds with a label each, the first MOST."""
    places = {use: answer.columns.index(column) for use, column in picture.columns.items()}
    rows = [{use: row[place] for use, place in places.items()} for row in answer.rows]
    measured = [use for use in ("low", "high", "series" if picture.kind == "heat" else "y") if use in places]
    rows = [row for row in rows if row["x"] is not None and all(row[use] is not None for use in measured)]
    return rows[:MOST] if picture.kind in ("bar", "interval", "waterfall") and "series" not in picture.columns else rows
