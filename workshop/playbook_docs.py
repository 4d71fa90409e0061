"""The table of actions in docs/playbook.md, from seeds/action_playbook.csv: by scheme and class, in the order of their positions.

`python -m workshop playbook-docs` writes it; `--check` says whether it is stale instead.
"""

from __future__ import annotations

import csv
from itertools import groupby
from pathlib import Path

import click

from workshop.verdicts import between, write_or_check

SEED = Path("seeds/action_playbook.csv")
PAGE = Path("docs/playbook.md")
BEGIN = "<!-- Written by `python -m workshop playbook-docs` from seeds/action_playbook.csv; edit that. -->\n"
END = "<!-- End of what is written. -->\n"


@click.command("playbook-docs", context_settings={"help_option_names": ["-h", "--help"]})
@click.option("--check", is_flag=True, help="Write nothing; fail when the page is not what would be written.")
def playbook_docs_command(check: bool) -> None:
    """Write the table of actions in docs/playbook.md from the seed."""
    before = PAGE.read_text(encoding="utf-8")
    text = page(before, rows(SEED))
    write_or_check(PAGE, text, check, "python -m workshop playbook-docs")


def rows(seed: Path) -> list[dict[str, str]]:
    """Return the rows of a seed, each as {column: cell}."""
    with seed.open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))


def page(text: str, actions: list[dict[str, str]]) -> str:
    """Return the page with the table as the actions have it."""
    schemes = [_scheme(scheme, list(its)) for scheme, its in groupby(actions, key=lambda action: action["scheme_code"])]
    return between(text, BEGIN, END, "\n".join(schemes))


def _scheme(scheme: str, actions: list[dict[str, str]]) -> str:
    lines = [f"### {scheme}", "", "| class | place | action | for | 目的 | offer | over | when | at most every |", "|---|---|---|---|---|---|---|---|---|"]
    for action in actions:
        cells = [
            f"`{action['segment_code']}`", action["position"], f"`{action['action_code']}`", action["objective_en"], action["objective_zh"],
            _offer(action), action["touchpoint"], _when(action), _days(int(action["cadence_days"])),
        ]  # fmt: skip
        lines.append("| " + " | ".join(cell.replace("|", "\\|") for cell in cells) + " |")
    return "\n".join([*lines, ""])


def _offer(action: dict[str, str]) -> str:
    share = float(action["offer_share"])
    return f"{action['offer']}, {100 * share:g} %" if share else action["offer"]


def _when(action: dict[str, str]) -> str:
    if action["anchor"] == "none":
        return "any day"
    days = int(action["day_offset"])
    if days == 0:
        return f"on the day: {action['anchor']}"
    return f"{_days(abs(days))} {'after' if days > 0 else 'before'}: {action['anchor']}"


def _days(count: int) -> str:
    return "1 day" if count == 1 else f"{count} days"
