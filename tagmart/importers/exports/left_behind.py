"""What an import of exports leaves behind, and what is good to know about it, as sentences."""

from __future__ import annotations

import duckdb

from tagmart.importers.exports.cells import named
from tagmart.importers.exports.expressions import fields_of
from tagmart.importers.exports.headers import plain
from tagmart.importers.exports.source_files import ExportFile


def no_home(con: duckdb.DuckDBPyConnection, files: list[ExportFile]) -> list[str]:
    """Return sentences about columns and values that no raw table takes."""
    said = []
    for table, of_table in _by_table(files).items():
        kind, profile = of_table[0].kind, of_table[0].profile
        unused = list(dict.fromkeys(header for file in of_table for header in file.unused()))
        personal = {plain(header) for header in profile.personal}
        named_people = [header for header in unused if plain(header) in personal]
        others = [header for header in unused if plain(header) not in personal]
        if named_people:
            said.append(f"{kind.name}: names and addresses are never written out ({', '.join(named_people)})")
        if others:
            said.append(f"{kind.name}: no raw table takes {', '.join(others)}")
        said += _people(con, table, of_table[0])
    return said


def unread_amounts(con: duckdb.DuckDBPyConnection, table: str, columns: dict[str, str]) -> list[str]:
    """Return sentences about amounts that are no number: they went through as written, for staging to judge."""
    said = []
    for column in (name for name, kind in columns.items() if kind == "money"):
        count, example = con.execute(f"select count(*) filter (unreadable({column})), min({column}) filter (unreadable({column})) from raw.{table}").fetchall()[
            0
        ]
        if count:
            said.append(f"{table}.{column}: {count:,} cells are no amount and stand as written ({example!r}), for staging to judge.")
    return said


def _by_table(files: list[ExportFile]) -> dict[str, list[ExportFile]]:
    return {table: [f for f in files if f.table == table] for table in dict.fromkeys(f.table for f in files)}


def _people(con: duckdb.DuckDBPyConnection, table: str, file: ExportFile) -> list[str]:
    """Count the masked numbers and addresses, and say what was hashed."""
    said = []
    for operator, what, readable in (
        ("phone", "phone number", "phone_number"),
        ("email", "e-mail", "email_hash"),
        ("identifier", "name of a customer", "identifier"),
    ):
        for name in sorted(_read_by(operator, file)):
            cell = named(name)
            count, lost = con.execute(
                f"select count(*) filter ({readable}({cell}) is not null), count(*) filter ({readable}({cell}) is null) "
                f"from source.{named(table)} where filled({cell}) is not null"
            ).fetchall()[0]
            if lost:
                said.append(f"{file.kind.name}: {name} has {lost:,} cells that are masked or no {what}, and tell nobody apart: left empty")
            if count and operator != "identifier":
                said.append(f"{file.kind.name}: {name} is written as a hash (sha256) only, in {count:,} cells")
    return said


def _read_by(operator: str, file: ExportFile) -> set[str]:
    """The fields of the file that its expressions read as phone numbers (or e-mails, …)."""
    kind = file.kind
    recipes = [r for listed in file.profile.tables.values() for r in listed if r.source == kind.name]
    expressions = [*kind.fields.values(), *(value for recipe in recipes for value in recipe.columns.values())]
    found = {name for expression in expressions for name in _operands(operator, expression)}
    return {name for name in found if name in file.places}


def _operands(operator: str, expression: object) -> list[str]:
    if isinstance(expression, list):
        return [name for part in expression for name in _operands(operator, part)]
    if not isinstance(expression, dict):
        return []
    own = [name for part in expression[operator] for name in fields_of(part)] if operator in expression else []
    return own + [name for value in expression.values() for name in _operands(operator, value)]
