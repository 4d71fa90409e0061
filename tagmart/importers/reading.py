"""Source files into typed tables, losing nothing: a value that does not fit its type is an error."""

from __future__ import annotations

from pathlib import Path

import duckdb

from tagmart.importers.data_set import Source
from tagmart.importers.exports.cells import named, quoted
from tagmart.importers.problem import ImportProblem
from tagmart.importers.summary import FileRead
from tagmart.importers.text_files import SUFFIXES, read_as_text, unreadable

TYPES = {
    "text": "varchar",
    "id": "varchar",  # text without the ".0" that a number with gaps gets from pandas
    "integer": "bigint",
    "money": "decimal(18, 4)",
    "timestamp": "timestamp",
    "date": "date",
}
WORDS = {"integer": "whole number", "money": "number of at most 4 decimals", "timestamp": "time", "date": "date"}
# Tried in this order on text times that are not ISO; the first that reads the whole column counts.
TIME_FORMATS = ("%m/%d/%Y %H:%M", "%d/%m/%Y %H:%M", "%m/%d/%Y %H:%M:%S", "%d/%m/%Y %H:%M:%S", "%Y%m%d")


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
            names = _either(source.files)
            raise ImportProblem(f"{path} holds no {names}: put that file there, or name another SOURCE.")
    return found


def load(
    con: duckdb.DuckDBPyConnection, source: Source, path: Path | None, sample: str | None, work: Path
) -> FileRead | None:
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
    typed = [_typed_column(con, path, source, name, found) for name in source.columns]
    con.execute(f"create table source.{source.name} as select {', '.join(typed)}, source_row from as_is {where}")
    con.execute("drop table as_is")
    sums = ", ".join(["count(*)", *source.sums.values()])
    kept, *values = con.execute(f"select {sums} from source.{source.name}").fetchall()[0]
    return FileRead(path.name, rows, kept, dict(zip(source.sums, values, strict=True)))


def _load_as_is(
    con: duckdb.DuckDBPyConnection, path: Path, source: Source, work: Path
) -> tuple[int, dict[str, tuple[str, str]]]:
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


def _typed_column(
    con: duckdb.DuckDBPyConnection, path: Path, source: Source, name: str, found: dict[str, tuple[str, str]]
) -> str:
    """Return the SQL that reads one column in its type, having tried it on every row."""
    kind, *spellings = source.columns[name]
    spelling = next((s for s in (name, *spellings) if s.lower() in found), None)
    if spelling is None:
        if name in source.optional_columns:
            return f"cast(null as {TYPES[kind]}) as {name}"
        names = _either((name, *spellings))
        raise ImportProblem(f"{path} has no column {names}: check that it is the {source.name} file, or rename it.")
    as_written, raw_type = found[spelling.lower()]
    column = '"' + as_written.replace('"', '""') + '"'
    problem = None
    for typed in _readings(column, kind, raw_type):
        lost = _first_lost(con, column, typed, kind)
        if lost is None:
            return f"{typed} as {name}"
        problem = problem or lost
    row, value = problem
    raise ImportProblem(
        f"{path}, column {as_written}, data row {row:,}: {value!r} is not a {WORDS[kind]}; correct it and try again."
    )


def _readings(column: str, kind: str, raw_type: str) -> list[str]:
    """Return the ways to read a column, the plainest first."""
    text = f"cast({column} as varchar)"
    if kind == "text":
        return [text]
    if kind == "id":
        return [f"regexp_replace({text}, '\\.0+$', '')"]
    if kind not in ("timestamp", "date"):
        return [f"try_cast({column} as {TYPES[kind]})"]
    if raw_type.startswith("TIMESTAMP") or raw_type == "DATE":
        return [f"try_cast({column} as {TYPES[kind]})"]
    formats = [f"try_strptime({text}, '{f}')" for f in TIME_FORMATS]
    return [f"cast({time} as {TYPES[kind]})" for time in (f"try_cast({text} as timestamp)", *formats)]


def _first_lost(con: duckdb.DuckDBPyConnection, column: str, typed: str, kind: str) -> tuple[int, str] | None:
    """Return row and value of the first value that the reading loses or rounds, if any."""
    if kind in ("text", "id"):
        return None
    differs = f"{typed} is null"
    if kind in ("integer", "money"):
        differs += f" or abs(try_cast({column} as double) - cast({typed} as double)) > 1e-6"
    rows = con.execute(
        f"select source_row, cast({column} as varchar) from as_is "
        f"where {column} is not null and ({differs}) order by source_row limit 1"
    ).fetchall()
    return rows[0] if rows else None


def _first_file(folder: Path, names: tuple[str, ...]) -> Path | None:
    """The first file of these names, or of such a name with the ending of another text file or a spreadsheet."""
    stems = dict.fromkeys(Path(name).stem for name in names)
    others = [f"{stem}{suffix}" for stem in stems for suffix in SUFFIXES]
    return next((folder / name for name in (*names, *others) if (folder / name).is_file()), None)


def _either(names: tuple[str, ...]) -> str:
    return " or ".join(names)
