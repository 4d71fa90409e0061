"""`python -m workshop mutate`: two workers, a progress bar, a report that a stopped run goes on from."""

from __future__ import annotations

import fcntl
import multiprocessing
import os
import time
from pathlib import Path

import click
from tqdm import tqdm

from tagmart.contract import project_root
from workshop.mutate import copies
from workshop.mutate.checks import Judge, Verdict
from workshop.mutate.mutants import Mutant, chosen, project_mutants
from workshop.mutate.reference import Reference, write_expected
from workshop.mutate.report import Report, explained, summary
from workshop.mutate.scope import HISTORY, keeps_history, steps
from workshop.mutate.workspace import Workspace

EQUIVALENT = Path("workshop") / "mutate" / "equivalent.yml"
JUDGE: list[Judge] = []  # of this worker process


@click.command("mutate", context_settings={"help_option_names": ["-h", "--help"]})
@click.option("--limit", type=click.IntRange(1), help="Try so many of the mutants, the same ones each time.")
@click.option("--only", metavar="TEXT", help="Try the mutants of files whose path contains this.")
@click.option("--afresh", is_flag=True, help="Forget all verdicts: also those killed before are tried again.")
@click.option("--workers", type=click.IntRange(1), default=2, show_default=True)
@click.option("--list", "listed", is_flag=True, help="Print the mutants and try none.")
@click.pass_context
def mutate_command(context: click.Context, limit: int | None, only: str | None, afresh: bool, workers: int, listed: bool) -> None:
    """Break the SQL of history, tags and segments in one place after the other and see whether a check notices.

    Prints the share killed and the survivors. Exit status: 0 when at least 95 % are killed and each
    survivor is explained in workshop/mutate/equivalent.yml; 1 otherwise.
    """
    root = project_root()
    mutants = chosen([mutant for mutant in project_mutants(root) if not only or only in mutant.file], limit)
    if listed:
        click.echo("\n".join(map(str, mutants)))
        return
    folder = root / "target" / "mutate"
    if afresh:
        (folder / "report.jsonl").unlink(missing_ok=True)
    report = Report(folder / "report.jsonl", copies.state_of(root), mutants)
    waiting = [mutant for mutant in mutants if mutant.name not in report.verdicts]
    began = time.monotonic()
    if waiting:
        folder.mkdir(parents=True, exist_ok=True)
        with (folder / "lock").open("w") as lock:
            try:
                fcntl.flock(lock, fcntl.LOCK_EX | fcntl.LOCK_NB)
            except OSError:
                raise click.ClickException("another run works in target/mutate: wait for its end, or stop it.") from None
            _try_all(root, folder, waiting, report, workers)
    text, good = summary(mutants, report.verdicts, explained(root / EQUIVALENT))
    minutes = (time.monotonic() - began) / 60
    click.echo(f"\n{text}\n\n{len(waiting)} tried now in {minutes:.1f} minutes; every verdict is in {report.path.relative_to(root)}.")
    context.exit(0 if good else 1)


def _try_all(root: Path, folder: Path, mutants: list[Mutant], report: Report, workers: int) -> None:
    base = folder / "base"
    prepared = copies.prepare(root, base, click.echo)
    write_expected(root, base)
    if any(keeps_history(mutant.file, mutant.text) for mutant in mutants):
        copies.prepare_earlier(root, prepared, click.echo)
        _prove_earlier(prepared, Reference(root, base))
    pool = multiprocessing.get_context("spawn").Pool(workers, _start, (root, base))
    with pool, tqdm(total=len(mutants), unit="mutant", smoothing=0.1) as bar:
        for mutant, verdict in pool.imap_unordered(_try, mutants):
            report.add(mutant, verdict)
            bar.update()
        pool.close()  # the workers end by themselves and take their locks with them
        pool.join()


def _prove_earlier(workspace: Workspace, reference: Reference) -> None:
    """What goes on from the earlier day must end as the base is without a mutant, or each of them would seem to be killed."""
    for step in steps([], HISTORY):
        if step.restored:
            workspace.restore(step.restored)
        built = workspace.dbt("build", *step.selected)
        difference = built.problem or reference.difference_from_base(workspace)
        if difference or not built.success:
            raise click.ClickException(f"The project itself keeps another history than it builds at once: {difference or built.failures[0]}")


def _start(root: Path, base: Path) -> None:
    """Give a worker process a copy of its own."""
    os.environ.pop("TAGMART_DATABASE", None)
    os.environ["DBT_SEND_ANONYMOUS_USAGE_STATS"] = "false"
    own = copies.clone(Workspace(base), base.parent / f"worker_{multiprocessing.current_process()._identity[0]}")
    JUDGE.append(Judge(own, Reference(root, base)))


def _try(mutant: Mutant) -> tuple[Mutant, Verdict]:
    return mutant, JUDGE[0].verdict(mutant)
