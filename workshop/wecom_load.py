"""What a large `tagmart wecom apply` costs: against the simulator of tests/support, in simulated time, with a kill in the middle."""

from __future__ import annotations

import resource
import tempfile
import time
from pathlib import Path

import click
import duckdb

from tagmart.contract import project_root
from workshop.mutate.copies import reference_module

SCHEMES, SEGMENTS, PER_MEMBER = 13, 6, 500
MARK = "externalcontact/mark_tag"


@click.command("wecom-load")
@click.option("--relations", default=100_000, show_default=True, type=click.IntRange(1), help="Customers held by members of staff, 500 each.")
@click.option("--kill-at", default=0.4, show_default=True, type=click.FloatRange(0, 1, max_open=True), help="Kill the first run after this share of its calls.")
@click.option("--latency", default=0.16, show_default=True, type=click.FloatRange(0, 60), help="Seconds that a call takes, on average.")
def wecom_load_command(relations: int, kill_at: float, latency: float) -> None:
    """Tag so many relations in 13 schemes from nothing with a kill in between, again, and after a day on which some have moved."""
    bench = _bench(Path(tempfile.mkdtemp(prefix="wecom-load-")), relations)
    bench.faults.latency = lambda: bench.faults.random.uniform(latency / 2, latency * 3 / 2)
    click.echo(f"{relations:,} relations of {len(bench.company.members):,} members, {SCHEMES} schemes of {SEGMENTS} classes\n")
    click.echo(f"{'run':34} {'differ':>9} {'mark_tag':>9} {'other':>7} {'in a minute':>12} {'simulated':>10} {'wall':>8} {'memory':>9}  outcome")
    _marts(bench.database, relations, day=0)
    _run(bench, "from nothing, killed", kill_at=int(relations * kill_at))
    _run(bench, "the same again: it goes on")
    _run(bench, "the same again: nothing to do")
    _marts(bench.database, relations, day=1)
    _run(bench, "a day later")
    click.echo(f"\nBeyond a limit: {len(bench.rules.violations)} calls. Most in flight: {bench.rules.highest_in_flight}.")


def _bench(folder: Path, relations: int):
    """A company without tags, and its simulator."""
    bench = reference_module(project_root(), "wecom_runs").Bench(folder)
    bench.simulator.keep_calls = False
    for number in range(relations):
        bench.company.add_relation(f"staff{number // PER_MEMBER:05}", f"wm{number:030}")
    return bench


def _marts(database: Path, relations: int, day: int) -> None:
    """The tables of schema activation. On day 1 every twentieth customer is in another class of one scheme."""
    marts = reference_module(project_root(), "wecom_marts")
    schemes = [f"scheme{number:02}" for number in range(SCHEMES)]
    tags = {(scheme, f"s{segment}"): f"{scheme} class {segment}" for scheme in schemes for segment in range(SEGMENTS)}
    marts.write_marts(database, marts.Plan({scheme: f"Group {scheme}" for scheme in schemes}, tags), {})
    moved = f"case when {day} = 1 and scheme = 0 and customer % 20 = 0 then 1 else 0 end"
    with duckdb.connect(str(database)) as connection:
        connection.execute(
            f"""insert into activation.wecom_tag_targets
            select ?, printf('c%d', customer), printf('staff%05d', customer // {PER_MEMBER}), printf('wm%030d', customer), printf('scheme%02d', scheme),
                printf('s%d', (customer * 7 + scheme * 3 + {moved}) % {SEGMENTS}), null, null
            from range({relations}) as customers(customer), range({SCHEMES}) as schemes(scheme)""",
            [marts.AS_OF],
        )


def _differing(bench) -> int:
    """Relations whose tags in WeCom are not those of the marts, compared without the client."""
    names = {tag.id: tag.name for group in bench.company.groups.values() for tag in group.tags.values()}
    with duckdb.connect(str(bench.database), read_only=True) as connection:
        wanted = connection.execute(
            """select userid, external_userid, list(t.scheme_code || ' class ' || t.segment_code[2:] order by t.scheme_code)
            from activation.wecom_tag_targets as t group by 1, 2"""
        )
        differing = 0
        while rows := wanted.fetchmany(10_000):
            differing += sum(sorted(names[tag] for tag in bench.company.relations[userid, external].tags) != tags for userid, external, tags in rows)
    return differing


def _run(bench, words: str, kill_at: int = -1) -> None:
    killed = reference_module(project_root(), "wecom_runs").Killed
    differing, before, simulated, began = _differing(bench), bench.simulator.counts.copy(), bench.time, time.perf_counter()
    try:
        outcome = bench.apply(kill_at=kill_at)
        word = f"{outcome.tally.changed:,} changed, {outcome.tally.unchanged:,} as they should be, status {outcome.exit_status}"
    except killed:
        word = "killed"
    calls = bench.simulator.counts - before
    marked = sum(number for (kind, _), number in calls.items() if kind == MARK)
    peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss // 1_000
    click.echo(
        f"{words:34} {differing:9,} {marked:9,} {calls.total() - marked:7,} {bench.rules.highest_minute[MARK]:12,} {(bench.time - simulated) / 3_600:8.2f} h "
        f"{time.perf_counter() - began:6.0f} s {peak:6,} MB  {word}"
    )
