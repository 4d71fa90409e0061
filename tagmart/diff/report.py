"""A review as text for people, and as Markdown for a pull request."""

from __future__ import annotations

from tagmart.check.report import written
from tagmart.diff.count import Count
from tagmart.diff.review import Reviewed

WORDS = {
    "same": "same for every customer",
    "renamed": "same customers, classes renamed",
    "changed": "classes change",
    "added": "scheme added",
    "removed": "scheme removed",
    "undecided": "could not be compared",
    "unseen": "same rules; what their columns come from has changed",
}
NAMES_SHOWN = 8


def text(title: str, found: list[Reviewed]) -> str:
    """Return the review for a terminal."""
    lines = [title]
    for reviewed in found:
        lines.append(f"{reviewed.code:<16} {WORDS[reviewed.word]}")
        lines += [f"  {sentence}" for sentence in sentences(reviewed)]
        counts = {(count.before, count.after): count for count in reviewed.counts or []}
        for move in reviewed.difference.moves:
            count = counts.get((move.before, move.after))
            lines.append(f"  {arrow(move)}: {example(move)}" + (f"  [{_amount(count)}]" if reviewed.counts is not None else ""))
        if reviewed.counts is not None:
            lines.append(f"  {total(reviewed.counts)}")
    return "\n".join(lines)


def markdown(title: str, found: list[Reviewed]) -> str:
    """Return the review for a pull request: a table of schemes, then a section for each that is not the same."""
    lines = [f"### {title}", "", "| scheme | for customers |", "|---|---|"]
    lines += [f"| `{reviewed.code}` | {WORDS[reviewed.word]} |" for reviewed in found]
    for reviewed in found:
        if not (said := sentences(reviewed)) and not reviewed.difference.moves and not reviewed.counts:
            continue
        lines += ["", f"#### `{reviewed.code}`", "", *(f"- {sentence}" for sentence in said)]
        if reviewed.difference.moves:
            counts = {(count.before, count.after): count for count in reviewed.counts or []}
            known = reviewed.counts is not None
            lines += [""] * bool(said) + ["| from → to | example |" + " customers | net amount, 365 days |" * known, "|---|---|" + "---:|---:|" * known]
            for move in reviewed.difference.moves:
                count = counts.get((move.before, move.after))
                cells = f" {count.customers if count else 0:,} | {count.net_amount if count else 0:,.2f} |" if known else ""
                lines.append(f"| {arrow(move)} | `{example(move)}` |{cells}".replace("->", "→"))
        if reviewed.counts is not None:
            lines += ["", total(reviewed.counts)]
    return "\n".join(lines)


def sentences(reviewed: Reviewed) -> list[str]:
    """Return what there is to say of a scheme beside its moves."""
    difference = reviewed.difference
    said = [difference.problem] if difference.problem else []
    said += [f"class {code} added" for code in difference.added] + [f"class {code} removed" for code in difference.removed]
    said += [f"class {old} is called {new}: the same customers" for old, new in difference.renamed.items()]
    said += [f"class {code} reads {after} instead of {before}" for code, before, after in reviewed.relabelled]
    said += difference.notes
    if reviewed.upstream:
        more = len(reviewed.upstream) - NAMES_SHOWN
        names = ", ".join(reviewed.upstream[:NAMES_SHOWN]) + (f" and {more} more" if more > 0 else "")
        said.append(f"its columns come from what differs, which no proof sees through: {names}")
    return said + ([reviewed.uncounted] if reviewed.uncounted else [])


def arrow(move) -> str:
    return f"{move.before or '(no class)'} -> {move.after or '(no class)'}"


def example(move) -> str:
    """Return the customer of a move, with what must fail for them to be possible."""
    return written(move.customer) + (f" (only where this fails: {'; '.join(move.unless)})" if move.unless else "")


def total(counts: list[Count]) -> str:
    """Return how many actual customers change class."""
    moved = [count for count in counts if count.before != count.after]
    customers = sum(count.customers for count in moved)
    everybody = sum(count.customers for count in counts)
    return f"{customers:,} of {everybody:,} customers change class, with {sum(count.net_amount for count in moved):,.2f} of net amount in 365 days"


def _amount(count: Count | None) -> str:
    return f"{count.customers:,} customers, {count.net_amount:,.2f}" if count else "0 customers"
