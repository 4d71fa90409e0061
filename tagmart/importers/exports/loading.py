"""The lines of export files as tables: source.<profile>_<kind>, every cell as text."""

from __future__ import annotations

import re

import duckdb

from tagmart.importers.exports.cells import named, quoted
from tagmart.importers.exports.expressions import text_sql
from tagmart.importers.exports.profile import Kind
from tagmart.importers.exports.source_files import ExportFile
from tagmart.importers.summary import FileRead
from tagmart.importers.text_files import unreadable


def load_exports(con: duckdb.DuckDBPyConnection, files: list[ExportFile]) -> list[FileRead]:
    """Make the table of each kind from all its files, in their order; return what each file holds."""
    read = []
    for file in files:
        lines, kept = _load(con, file)
        read.append(FileRead(file.file.source.name, lines, kept, {}))
    for table in dict.fromkeys(file.table for file in files):
        of_table = [file for file in files if file.table == table]
        _unite(con, table, of_table)
    return read


def _load(con: duckdb.DuckDBPyConnection, file: ExportFile) -> tuple[int, int]:
    """Make source.lines_<number> of one file, without the lines that are blank in every cell."""
    cells = [f"c{place}" for place in range(len(file.file.columns))]
    is_blank = " and ".join(f"clean({cell}) is null" for cell in cells)
    fields = ", ".join(f"{_cell(file, name)} as {named(name)}" for name in file.kind.columns)
    try:
        con.execute(f"create temp table as_is as select *, row_number() over () as line from {file.file.reader()}")
    except duckdb.Error as error:
        raise unreadable(file.file.source, error) from None
    con.execute(f"create table source.lines_{file.number} as select {file.number} as file_no, line as row_no, {fields} from as_is where not ({is_blank})")
    lines = con.execute("select count(*) from as_is").fetchall()[0][0]
    con.execute("drop table as_is")
    return lines, con.execute(f"select count(*) from source.lines_{file.number}").fetchall()[0][0]


def _cell(file: ExportFile, name: str) -> str:
    """The cell of a field: of its spellings the first that is filled; of a list the filled cells and their headers."""
    places = file.places.get(name, [])
    if name in file.kind.lists:
        boxes = [f"struct_pack(head := {quoted(_head(file.file.columns[place], file.kind.columns[name]['like']))}, cell := c{place})" for place in places]
        return f"cast([{', '.join(boxes)}] as struct(head varchar, cell varchar)[])"
    if not places:
        return "cast(null as varchar)"
    first = f"c{places[0]}"
    cell = f"coalesce({', '.join([*(f'filled(c{place})' for place in places), first])})" if len(places) > 1 else first
    nothing = ", ".join(quoted(word) for word in file.profile.nothing)
    return f"case when clean({cell}) in ({nothing}) then null else {cell} end" if nothing else cell


def _head(header: str, pattern: str) -> str:
    """What the pattern's first group finds in a header, else the header."""
    match = re.search(pattern, header.strip(), re.IGNORECASE)
    return (match.group(1) if match and match.groups() else None) or header.strip()


def _unite(con: duckdb.DuckDBPyConnection, table: str, files: list[ExportFile]) -> None:
    """Put the files of a kind together, fill down what stands on the first line only, and add its own fields."""
    kind = files[0].kind
    lines = " union all ".join(f"select * from source.lines_{file.number}" for file in files)
    con.execute(f"create table source.lines as select * replace (row_number() over (order by file_no, row_no) as row_no) from ({lines})")
    for name in kind.fill_down:
        above = f"last_value(filled({named(name)}) ignore nulls) over (partition by file_no order by row_no)"
        con.execute(f"create or replace table source.lines as select * replace ({above} as {named(name)}) from source.lines")
    con.execute(f"alter table source.lines rename to {named(table)}")
    _add_fields(con, table, kind, files[0].profile.codes)


def _add_fields(con: duckdb.DuckDBPyConnection, table: str, kind: Kind, codes: dict) -> None:
    for name, expression in kind.fields.items():
        con.execute(f"create or replace table source.{named(table)} as select *, {text_sql(expression, codes)} as {named(name)} from source.{named(table)}")
