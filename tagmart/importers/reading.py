"""Source files into typed tables, losing nothing: a value that does not fit its type is an error."""

from __future__ import annotations

from pathlib import Path

import duckdb

from tagmart.importers.data_set import Source
from tagmart.importers.exports.cells import named, quoted
from tagmart.importers.problem import ImportProblem
from tagmart.importers.source_types import TYPES, either, typed_column
from tagmart.importers.summary import FileRead
from tagmart.importers.text_files import SUFFIXES, read_as_text, unreadable


def find_files(sources: tuple[Source, ...], path: Path) -> dict[str, Path | None]:
    """Return the file of each source: in the folder `path`, or `path` itself for a one-file data set."""
    if not path.exists():
        raise ImportProblem(f"{path} does not exist: give the path of the downloaded data as SOURCE.")
    if path.is_file():
        if len(sources) > 1:
            raise ImportProblem(f"{path} is one file, but this data set has several: give their folder.")
        return {sources[0].name: path}
    found = {source.name: _first_file(path, source.files) for source in sources}
    for source in sources:
        if found[source.name] is None and not source.is_optional:
            names = either(source.files)
            raise ImportProblem(f"{path} holds no {names}: put that file there, or name another SOURCE.")
    return found


def load(con: duckdb.DuckDBPyConnection, source: Source, path: Path | None, sample: str | None, work: Path) -> FileRead | None:
    """Make the table `source.<name>` of a file; with `sample`, only of the rows that belong to it."""
    if path is None:
        columns = ", ".join(f"{name} {TYPES[spec[0]]}" for name, spec in source.columns.items())
        con.execute(f"create table source.{source.name} ({columns}, source_row bigint)")
        return None
    rows, found = _load_as_is(con, path, source, work / f"read-{source.name}")
    where = ""
    if sample and source.is_sampled:
        if "source_samples" not in found:
            raise ImportProblem(f"{path} has no column source_samples, by which --unbiased picks rows: leave it out.")
        where = f"where list_contains(cast(source_samples as varchar[]), '{sample}')"
    typed = [typed_column(con, path, source, name, found) for name in source.columns]
    con.execute(f"create table source.{source.name} as select {', '.join(typed)}, source_row from as_is {where}")
    con.execute("drop table as_is")
    sums = ", ".join(["count(*)", *source.sums.values()])
    kept, *values = con.execute(f"select {sums} from source.{source.name}").fetchall()[0]
    return FileRead(path.name, rows, kept, dict(zip(source.sums, values, strict=True)))


def _load_as_is(con: duckdb.DuckDBPyConnection, path: Path, source: Source, work: Path) -> tuple[int, dict[str, tuple[str, str]]]:
    """Load a file into the table `as_is`; return its rows and {lower-case column: (column, type)}."""
    if path.suffix.lower() == ".parquet":
        reader = f"select * from read_parquet({quoted(path)})"
    elif path.suffix.lower() in SUFFIXES:
        known = [name for column, spec in source.columns.items() for name in (column, *spec[1:])]
        file = read_as_text(path, work, known)
        places = {name: place for place, name in reversed(list(enumerate(file.columns))) if name}
        cells = ", ".join(f"c{place} as {named(name)}" for name, place in reversed(places.items()))
        reader = f"select {cells} from {file.reader()}"
    else:
        raise ImportProblem(f"{path} is neither .parquet nor .csv, .xlsx or another spreadsheet: save it as one of these.")
    try:
        con.execute(f"create or replace table as_is as select *, row_number() over () as source_row from ({reader})")
    except duckdb.Error as error:
        if path.suffix.lower() != ".parquet":
            raise unreadable(path, error) from None
        reason = str(error).splitlines()[0]
        raise ImportProblem(f"{path} could not be read as a Parquet file ({reason}): download or save it again.") from None
    columns = con.execute("describe as_is").fetchall()
    return con.execute("select count(*) from as_is").fetchall()[0][0], {c[0].lower(): (c[0], c[1]) for c in columns}


def _first_file(folder: Path, names: tuple[str, ...]) -> Path | None:
    """The first file of these names, or of such a name with the ending of another text file or a spreadsheet."""
    stems = dict.fromkeys(Path(name).stem for name in names)
    wanted = [_spelt(name) for name in (*names, *(f"{stem}{suffix}" for stem in stems for suffix in SUFFIXES))]
    there = {_spelt(path.name): path for path in sorted(folder.iterdir()) if path.is_file()}
    return next((there[name] for name in wanted if name in there), None)


def _spelt(name: str) -> str:
    """A file name without what people and downloads change in it."""
    return name.lower().replace(" ", "_").replace("-", "_")
