"""`tagmart wecom plan | apply | status`."""

from __future__ import annotations

import asyncio
from contextlib import closing
from pathlib import Path

import click
from tqdm import tqdm

from tagmart.wecom import figures, options, report
from tagmart.wecom.journal import Journal, only_one
from tagmart.wecom.limits import Limits
from tagmart.wecom.mart import database_path
from tagmart.wecom.problem import WecomProblem
from tagmart.wecom.session import Outcome, Session, Settings
from tagmart.wecom.token import Account, account_from
from tagmart.wecom.wanted import Wanted


@click.group("wecom", context_settings={"help_option_names": ["-h", "--help"]})
def wecom_command() -> None:
    """Bring the customer tags of WeCom (企业微信) to what the marts want: docs/wecom.md."""


@wecom_command.command("plan")
@options.database
@options.limits
@click.pass_context
def plan_command(context: click.Context, database: Path | None, limits: Limits) -> None:
    """Print what the marts want: groups, tags, what is left out, changes, calls and hours. Calls nothing."""
    with options.sentences(context):
        click.echo(figures.plan_text(database_path(database), limits))


@wecom_command.command("status")
@options.journal
@click.option("--all", "all_of_them", is_flag=True, help="Also list each relation that is not done: these are people's ids.")
@click.pass_context
def status_command(context: click.Context, journal: Path, all_of_them: bool) -> None:
    """Print what the journal says: runs, done, left, skipped and why. Calls nothing."""
    with options.sentences(context):
        if not journal.is_file():
            raise WecomProblem(f"{journal} is not there: nothing was applied yet, or name another file with --journal.")
        with closing(Journal(journal)) as opened:
            click.echo(figures.status_text(opened, all_of_them))


@wecom_command.command("apply")
@options.database
@options.journal
@click.option("--base-url", metavar="URL", help="WeCom's interface; else TAGMART_WECOM_URL, else https://qyapi.weixin.qq.com/cgi-bin.")
@click.option("--dry-run/--no-dry-run", default=True, show_default=True, help="Read the real state, say what would be done, change nothing.")
@click.option("--yes", is_flag=True, help="With --no-dry-run: do not ask. For jobs without a terminal.")
@click.option("--adopt", is_flag=True, help="Take over groups of the planned names that are not ours, and every tag in our groups, set by hand or not.")
@click.option("--allow-fewer", is_flag=True, help="Go on although the marts name less than half of the relations that the journal holds.")
@click.option("--read-back", "sample", default=10, show_default=True, type=click.IntRange(0), help="Members with changes who are read back at the end.")
@options.limits
@click.pass_context
def apply_command(
    context: click.Context,
    database: Path | None,
    journal: Path,
    base_url: str | None,
    dry_run: bool,
    yes: bool,
    allow_fewer: bool,
    limits: Limits,
    **rest: object,
) -> None:
    """Bring WeCom to what the marts want, with one call per relation that differs.

    Without --no-dry-run nothing is changed. Exit status: 0 all done, 1 something was skipped or left, 2 it could not run.
    """
    if yes and dry_run:
        raise click.UsageError("--yes answers the question of --no-dry-run: give both, or neither.")
    with options.sentences(context):
        account = account_from(url=base_url)
        with closing(Journal(journal, account.corp_id)) as opened, closing(only_one(journal)), closing(Wanted(database_path(database), journal)) as wanted:
            if not allow_fewer:
                _refuse_fewer(opened, wanted)
            with tqdm(unit=" relations", disable=None) as bar:
                outcome = asyncio.run(_apply(account, opened, wanted, Settings(limits=limits, progress=bar.update, **rest), bar, dry_run, yes))
        context.exit(outcome.exit_status)


async def _apply(account: Account, journal: Journal, wanted: Wanted, settings: Settings, bar: tqdm, dry_run: bool, yes: bool) -> Outcome:
    async with Session(account, journal, wanted, settings) as session:
        bar.reset(wanted.relations)
        if not yes:
            found = await session.look()
            bar.clear()
            click.echo(report.looked(found, settings.limits))
            if dry_run:
                click.echo("Nothing was changed: this was a dry run (--no-dry-run does it).")
                return found
            if not _agreed():
                raise WecomProblem("Nothing was changed: the question was not answered with yes.")
            bar.reset(wanted.relations)
        outcome = await session.apply()
        bar.clear()
        click.echo(report.done(outcome))
        return outcome


def _agreed() -> bool:
    try:
        return click.confirm("Do this in WeCom?")
    except click.Abort:
        return False


def _refuse_fewer(journal: Journal, wanted: Wanted) -> None:
    held = journal.db.execute("select count(*) from relations where ours <> ''").fetchone()[0]
    if wanted.relations * 2 < held:
        raise WecomProblem(
            f"The marts name {wanted.relations:,} relations and {held:,} bear our tags, most of which would be removed: check the build, or give --allow-fewer."
        )
