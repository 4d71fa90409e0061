"""The pictures of the questions: what they show is what the rows say, and they are the same bytes at every drawing."""

from __future__ import annotations

import datetime as dt
import xml.etree.ElementTree as ElementTree

import click
import matplotlib
import pytest
from matplotlib.backends.backend_agg import FigureCanvasAgg

from workshop.questions.asking import Answer
from workshop.questions.pictures import MOST, STYLE, figure, svg
from workshop.questions.reading import Picture, Question
from workshop.questions.scales import as_words, number, width

STEPS = Answer(["part", "amount"], [("entry", 100), ("exit", -30), ("price", 5.5)])
SERIES = Answer(["month", "count", "kind"], [("一月", 1, "a"), ("一月", 2, "b"), ("二月", 3, "a"), ("二月", None, "b")])
DAYS = Answer(["day", "share"], [(dt.date(2025, 1, 2), 0.5), (dt.date(2025, 1, 1), 0.25), (dt.date(2025, 2, 1), 1)])
EFFECTS = Answer(["name", "effect", "low", "high"], [("first", 1.0, -1.0, 3.0), ("unknown", None, None, None), ("last", 2.0, 1.0, 3.0)])
CELLS = Answer(["step", "channel", "share"], [("a", "x", 0.5), ("b", "x", 0.25), ("a", "y", 1.0)])
ALL = [
    ("waterfall", {"x": "part", "y": "amount"}, STEPS),
    ("bar", {"x": "month", "y": "count", "series": "kind"}, SERIES),
    ("line", {"x": "day", "y": "share"}, DAYS),
    ("line", {"x": "month", "y": "count", "series": "kind"}, SERIES),
    ("interval", {"x": "name", "y": "effect", "low": "low", "high": "high"}, EFFECTS),
    ("heat", {"x": "step", "y": "channel", "series": "share"}, CELLS),
    ("bar", {"x": "part", "y": "amount"}, Answer(["part", "amount"], [])),
]


def asked(kind: str, columns: dict[str, str]) -> Question:
    return Question(1, "What?", "什么？", "Each row is one.", "what", Picture(kind, columns))


def axes_of(kind: str, columns: dict[str, str], answer: Answer):
    with matplotlib.rc_context(STYLE):
        return figure(asked(kind, columns), answer).axes[0]


@pytest.mark.parametrize(("kind", "columns", "answer"), ALL)
def test_a_picture_is_the_same_bytes_each_time_and_holds_no_date(kind, columns, answer):
    first = svg(asked(kind, columns), answer)
    assert first == svg(asked(kind, columns), answer)
    assert ElementTree.fromstring(first).tag.endswith("svg")
    assert str(dt.date.today().year) not in first.partition("<defs>")[0] and "atplotlib v" not in first


@pytest.mark.filterwarnings("ignore:Glyph")
@pytest.mark.parametrize(("kind", "columns", "answer"), ALL[:-1])
def test_no_label_leaves_the_picture_or_covers_another(kind, columns, answer):
    with matplotlib.rc_context(STYLE):
        drawn = figure(asked(kind, columns), answer)
        canvas = FigureCanvasAgg(drawn)
        canvas.draw()
        axes = drawn.axes[0]
        for axis in (axes.xaxis, axes.yaxis):
            first, last = sorted(axis.get_view_interval())
            boxes = [label.get_window_extent() for at, label in zip(axis.get_ticklocs(), axis.get_ticklabels(), strict=True) if first <= at <= last]
            assert boxes and all(drawn.bbox.contains(*corner) for box in boxes for corner in (box.min, box.max))
            assert not any(one.overlaps(other) for one, other in zip(boxes, boxes[1:], strict=False))
            name = axis.label.get_window_extent()
            assert axis.label.get_text() == "" or not any(name.overlaps(box) for box in boxes)


def test_bars_are_as_long_as_the_rows_say_and_the_first_is_on_top():
    axes = axes_of("bar", {"x": "part", "y": "amount"}, STEPS)
    assert [bar.get_width() for bar in axes.patches] == [100, -30, 5.5]
    assert [label.get_text() for label in axes.get_yticklabels()] == ["entry", "exit", "price"] and axes.yaxis_inverted()


def test_a_waterfall_leads_from_nothing_to_the_sum():
    axes = axes_of("waterfall", {"x": "part", "y": "amount"}, STEPS)
    assert [(bar.get_x(), bar.get_x() + bar.get_width()) for bar in axes.patches] == [(0, 100), (100, 70), (70, 75.5), (0, 75.5)]
    assert [label.get_text() for label in axes.get_yticklabels()][-1] == "Sum"


def test_a_line_goes_by_time_and_a_row_without_a_value_is_left_out():
    axes = axes_of("line", {"x": "day", "y": "share"}, DAYS)
    assert list(axes.lines[0].get_ydata()) == [0.25, 0.5, 1]
    axes = axes_of("line", {"x": "month", "y": "count", "series": "kind"}, SERIES)
    assert [list(line.get_ydata()) for line in axes.lines[:2]] == [[1, 3], [2]]
    assert [text.get_text() for text in axes.get_legend().get_texts()] == ["a", "b"]


def test_an_interval_reaches_from_low_to_high():
    axes = axes_of("interval", {"x": "name", "y": "effect", "low": "low", "high": "high"}, EFFECTS)
    assert [list(line.get_xdata()) for line in axes.lines] == [[-1, 3], [1.0], [1, 3], [2.0], [0, 0]]
    assert [label.get_text() for label in axes.get_yticklabels()] == ["first", "last"]


def test_a_square_is_as_dark_as_its_cell_says_and_empty_where_there_is_none():
    axes = axes_of("heat", {"x": "step", "y": "channel", "series": "share"}, CELLS)
    assert axes.collections[0].get_array().filled(-1).tolist() == [[0.5, 0.25], [1.0, -1]]
    assert [text.get_text() for text in axes.texts] == ["50%", "25%", "100%"]


def test_the_first_rows_are_drawn_when_there_are_too_many():
    axes = axes_of("bar", {"x": "part", "y": "amount"}, Answer(["part", "amount"], [(f"p{place}", place) for place in range(99)]))
    assert [bar.get_width() for bar in axes.patches] == list(range(MOST))


def test_a_column_that_the_query_lacks_is_named():
    with pytest.raises(click.ClickException, match=r"what\.sql has no column net, which its picture asks for: it has part, amount\."):
        svg(asked("bar", {"x": "part", "y": "net"}), STEPS)


def test_names_and_numbers_have_units():
    assert as_words("net_amount") == "Net amount (the brand's currency)" and as_words("step_share") == "Step share" and as_words("step_en") == "Step"
    assert [number("step_share", value) for value in (0, 0.0123, 0.5)] == ["0%", "1.2%", "50%"]
    assert [number("net_amount", value) for value in (0, 1234.5, 12.34, 0.125, -3)] == ["0", "1,234", "12.3", "0.12", "-3"]
    assert width("ab一月") == 6
