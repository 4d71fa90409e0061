"""One import of export files from beginning to end: match, read, write, balance, publish."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import replace
from pathlib import Path

import duckdb

from tagmart.contract import raw_contract
from tagmart.importers.exports.balances import balances
from tagmart.importers.exports.cells import define
from tagmart.importers.exports.checking import is_zone
from tagmart.importers.exports.left_behind import no_home, unread_amounts
from tagmart.importers.exports.loading import load_exports
from tagmart.importers.exports.profile import Profile, Recipe, load_profile
from tagmart.importers.exports.recipes import table_sql
from tagmart.importers.exports.source_files import ExportFile, find_exports
from tagmart.importers.problem import ImportProblem
from tagmart.importers.summary import Summary, TableWritten
from tagmart.importers.working import balanced, connect, faults_told
from tagmart.importers.writing import publish, target_folder, write_text_table

ORDERS_LACK = (
    "There are no orders among these files, and a build needs them: import the shop's exports together with these "
    "(give --profile twice), or put the shop's orders beside the raw tables."
)


def import_exports(
    source: Path,
    folder: Path,
    profiles: Sequence[str],
    *,
    timezone: str | None = None,
    force: bool = False,
    on_step: Callable[[str], None] = lambda step: None,
) -> Summary:
    """Import the exports of one platform or several into a folder of raw tables, every cell as text.

    `profiles` are names or paths of profiles, `timezone` takes the place of theirs, `on_step` hears each step.
    """
    source, folder = Path(source), Path(folder)
    if timezone and not is_zone(timezone):
        raise ImportProblem(f"{timezone} is no time zone: give --timezone Asia/Shanghai, UTC or the like.")
    loaded = [load_profile(name) for name in profiles]
    loaded = [replace(profile, timezone=timezone) for profile in loaded] if timezone else loaded
    with faults_told(source, folder), target_folder(folder, source, force) as work, connect(work) as con:
        define(con)
        on_step("reading the export files")
        files, unread = find_exports(source, loaded, work)
        read = load_exports(con, files)
        written, even, notes = [], [], []
        for table, recipes in _recipes(loaded, files).items():
            on_step(f"writing {table}")
            done = write_text_table(con, table, table_sql(table, recipes), work)
            if done.rows:
                columns = _columns(con, table)
                written.append(done)
                even += [balanced(con, source, item) for item in balances(table, recipes, set(columns))]
                notes += unread_amounts(con, table, columns)
        _refuse_nothing(source, written)
        left = no_home(con, files)
        publish(work, folder, [table.table for table in written])
    if "orders" not in {table.table for table in written}:
        notes.append(ORDERS_LACK)
    return Summary(
        title=" and ".join(dict.fromkeys(file.profile.title for file in files)),
        folder=folder,
        read=tuple(read),
        written=tuple(written),
        balances=tuple(even),
        no_home=tuple(left),
        notes=(*unread, *_notes(files), *notes),
        dbt_vars={},
    )


def _recipes(profiles: list[Profile], files: list[ExportFile]) -> dict[str, list[tuple[Profile, Recipe]]]:
    """Return the recipes of each raw table that the files feed, in the order of the raw contract."""
    present = {file.table for file in files}
    found: dict[str, list[tuple[Profile, Recipe]]] = {table: [] for table in raw_contract()}
    for profile in profiles:
        for table, recipes in profile.tables.items():
            for recipe in recipes:
                is_better_told = recipe.unless and f"{profile.name}_{recipe.unless}" in present
                if f"{profile.name}_{recipe.source}" in present and not is_better_told:
                    found[table].append((profile, recipe))
    return {table: recipes for table, recipes in found.items() if recipes}


def _columns(con: duckdb.DuckDBPyConnection, table: str) -> dict[str, str]:
    """Return {column written: type in the raw contract}."""
    written = {row[0] for row in con.execute(f"describe raw.{table}").fetchall()}
    return {name: kind for name, kind in raw_contract()[table]["columns"].items() if name in written}


def _refuse_nothing(source: Path, written: list[TableWritten]) -> None:
    if not written:
        raise ImportProblem(f"{source} has headers but no rows, so there is nothing to import: export it again.")


def _notes(files: list[ExportFile]) -> list[str]:
    """Return what was done to read the files, and how their times are taken."""
    said = [file.file.note for file in files if file.file.note]
    for profile in {file.profile.name: file.profile for file in files}.values():
        said.append(f"Times of {profile.title} without a zone of their own are taken as {profile.timezone}.")
        said += profile.notes
    return said
