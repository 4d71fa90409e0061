"""Bins of the tags, fixed at the older of two dates, as SQL expressions that give a customer's bin as text.

Numbers fall between the tenths of the older date, texts are its ten most frequent values and the others. Dates are days
from the as-of date in bins that no date decides: a brand grows older every day, and what it sends comes in bursts.
"""

from __future__ import annotations

from collections.abc import Callable
from datetime import date

from workshop.quality.contract import DATE, Column

MOST_TEXTS = 10
OTHERS = "(all others)"
TENTHS = [tenth / 10 for tenth in range(1, 10)]
DAYS_AGO = {
    -31: "in more than 30 days",
    -1: "in 1 to 30 days",
    30: "0 to 30 days ago",
    90: "31 to 90 days ago",
}
LONGER = "more than 90 days ago"


def bins(tags: list[Column], mart: str, older: date, run_sql: Callable[[str], list[tuple]]) -> dict[str, str]:
    """`{tag: SQL expression}`; null for who has no value. The mart is a relation, `older` one of its as-of dates."""
    of_date = f"from {mart} where as_of_date = date '{older}'"
    numbers = [tag.name for tag in tags if tag.type not in (DATE, "varchar", "boolean")]
    asked = ", ".join(f"quantile_disc(cast({name} as double), {TENTHS})" for name in numbers)
    edges = dict(zip(numbers, run_sql(f"select {asked} {of_date}")[0])) if numbers else {}
    found = {}
    for tag in tags:
        if tag.type == DATE:
            found[tag.name] = _by_edges(f"as_of_date - {tag.name}", DAYS_AGO, LONGER)
        elif tag.name in edges:
            found[tag.name] = by_tenths(tag.name, edges[tag.name] or [])
        else:
            ranked = run_sql(f"select {tag.name} {of_date} and {tag.name} is not null group by 1 order by count(*) desc, 1 limit {MOST_TEXTS}")
            kept = ", ".join(_text(str(value).lower() if tag.type == "boolean" else value) for (value,) in ranked)
            text = f"cast({tag.name} as varchar)"
            found[tag.name] = f"case when {text} in ({kept}) then {text} when {text} is not null then '{OTHERS}' end" if kept else text
    return found


def by_tenths(name: str, edges: list[float]) -> str:
    """Equal tenths, as when most have 0, are one."""
    edges = sorted({*edges})
    texts = [f"{edge:.6g}" for edge in edges]
    labels = {edge: f"up to {text}" if at == 0 else f"above {texts[at - 1]}, up to {text}" for at, (edge, text) in enumerate(zip(edges, texts))}
    return _by_edges(f"cast({name} as double)", labels, f"above {texts[-1]}" if texts else "any")


def _by_edges(value: str, labels: dict, beyond: str) -> str:
    cases = " ".join(f"when {value} <= {edge!r} then '{label}'" for edge, label in labels.items())
    return f"case {cases} when {value} is not null then '{beyond}' end"


def _text(value: str) -> str:
    return "'" + value.replace("'", "''") + "'"
