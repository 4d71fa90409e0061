"""`tagmart playbook learn`."""

from __future__ import annotations

import csv
import io
from dataclasses import astuple, fields
from pathlib import Path

import click

from tagmart.database import built_database, database_option, require_tables
from tagmart.playbook.learning import Learned, learn
from tagmart.playbook.seed import Cell, PlaybookProblem, cells_of, read_seed, replaced

HELP = {"help_option_names": ["-h", "--help"]}
TABLE = "measurement.campaign_action_effects"
COLUMNS = [field.name for field in fields(Learned)]


@click.group("playbook", context_settings=HELP)
def playbook_command() -> None:
    """What campaigns showed of the actions of the playbook."""


@playbook_command.command("learn", context_settings=HELP)
@database_option
@click.option("--seed", default="seeds/action_playbook.csv", show_default=True, type=click.Path(path_type=Path), help="The playbook.")
@click.option("--evidence", default="playbook_evidence.csv", show_default=True, type=click.Path(path_type=Path), help="What was learned so far; commit it.")
@click.option("--write", is_flag=True, help="Change prior_uplift in the playbook, and write the evidence. Without it, only show.")
def learn_command(database: Path, seed: Path, evidence: Path, write: bool) -> None:
    """Move the believed uplift of each action towards what campaigns with a hold-out measured.

    By how much is known: an action measured in many customers moves far, one in few hardly. Nothing is written without --write; then read the
    change, and commit or undo it. The same campaigns are never learned from twice. docs/playbook.md explains the numbers.
    """
    text = read_seed(seed)
    cells = cells_of(text, seed, "prior_uplift")
    with built_database(database) as connection:
        require_tables(connection, database, [TABLE])
        query = f"select action_code, scheme_code, segment_code, uplift, uplift_error from {TABLE} where status = 'measured' order by action_code, campaign_id"
        effects = connection.execute(query).fetchall()
        others = connection.execute(f"select status, count(*) from {TABLE} where status <> 'measured' group by status order by status").fetchall()
    found = learn(effects, _priors(cells, seed, evidence))
    click.echo(_table(found) if found else "No campaign has measured an action yet: docs/playbook.md says how a campaign names its action.")
    if others:
        click.echo("Not measured: " + ", ".join(f"{status} {count:,}" for status, count in others) + f" (campaigns and actions, {TABLE}).")
    changes = {cells[each.action_code]: f"{each.learned:.4f}".rstrip("0").rstrip(".") for each in found if float(cells[each.action_code].value) != each.learned}
    if not write:
        click.echo(f"{len(changes)} uplifts would change; nothing was written. With --write they are, for you to review.")
    elif found:
        seed.write_bytes(replaced(text, changes).encode("utf-8"))
        evidence.write_bytes(_csv(found, _known(evidence)).encode("utf-8"))
        click.echo(f"{seed}: {len(changes)} uplifts changed, the evidence is in {evidence}. Read the change, run python -m workshop playbook-docs, and commit.")


def _priors(cells: dict[str, Cell], seed: Path, evidence: Path) -> dict[str, float]:
    """What was believed before anything was measured: the cell, or what the evidence had when it wrote the cell."""
    known, priors = _known(evidence), {}
    for action, cell in cells.items():
        try:
            priors[action] = float(cell.value)
        except ValueError:
            priors[action] = 0.0
        if not 0 < priors[action] <= 1:
            raise PlaybookProblem(f"{seed}: prior_uplift of {action} is '{cell.value}': write a number above 0, at most 1.")
        if action in known and float(known[action]["learned"]) == priors[action]:
            priors[action] = float(known[action]["prior"])
    return priors


def _known(evidence: Path) -> dict[str, dict[str, str]]:
    if not evidence.is_file():
        return {}
    rows = list(csv.DictReader(io.StringIO(evidence.read_text(encoding="utf-8"))))
    if rows and set(COLUMNS) - set(rows[0]):
        raise PlaybookProblem(f"{evidence} has no column {sorted(set(COLUMNS) - set(rows[0]))[0]}: name the file that an earlier learn wrote, or another one.")
    return {row["action_code"]: row for row in rows}


def _csv(found: list[Learned], known: dict[str, dict[str, str]]) -> str:
    lines = known | {each.action_code: dict(zip(COLUMNS, astuple(each), strict=True)) for each in found}
    file = io.StringIO()
    writer = csv.DictWriter(file, COLUMNS, lineterminator="\n", extrasaction="ignore")
    writer.writeheader()
    writer.writerows(lines[action] for action in sorted(lines))
    return file.getvalue()


def _table(found: list[Learned]) -> str:
    head = f"{'action':<34}{'class':<34}{'prior':>8}{'measured':>10}{'error':>9}{'weight':>8}{'new':>8}{'campaigns':>11}"
    lines = [
        f"{each.action_code:<34}{each.scheme_code + ' ' + each.segment_code:<34}{each.prior:>8.4g}{each.measured:>10.4f}{each.error:>9.4f}"
        f"{each.weight:>8.1%}{each.learned:>8.4g}{each.campaigns:>11}"
        for each in found
    ]
    return "\n".join([head, *lines])
