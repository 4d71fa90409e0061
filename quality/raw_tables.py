"""Raw files as views to check: every contract column as trimmed text, and beside it what staging would make of it.

For a column `c` that is not text the view also has `c__value`, and `c__misread`: the text when it could not
be read, '' when it could, null when there is none (so that a failure can show the text). The readings are
those of staging (macros/raw/typed_value.sql, macros/cross_db/utc_timestamp.sql and
raw_files.sql): what is fine here is fine there.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from pathlib import Path

from sqlalchemy.exc import SQLAlchemyError

from quality.checking import Checks, first_line, quoted
from quality.unreadable import Unreadable

# Rows of these tables that name no known row of the other are rejected by staging as orphans.
PARENTS = {"order_items": ("orders", "order_id"), "refunds": ("orders", "order_id")}

# Lines of CSV files that are not rows at all, counted while a file is loaded.
UNREADABLE_LINES = "unreadable_lines"

DELIMITERS = (",", ";", "\t", "|")


@dataclass
class RawTable:
    """A raw table that was found: its file, its contract columns that the file has, and how many rows fill each."""

    name: str
    file: Path
    columns: list[str]
    rows_count: int = 0
    filled: dict[str, int] = field(default_factory=dict)
    has_parent: bool = False


def load_tables(checks: Checks, files: dict[str, Path], contract: dict[str, dict]) -> dict[str, RawTable]:
    """Make a view of each raw table."""
    checks.sql(f"create table {UNREADABLE_LINES} (table_name varchar, lines_count bigint)")
    loaded = {}
    for table, file in files.items():
        try:
            loaded[table] = _load(checks, table, file, contract[table], _parent_columns(table, loaded))
        except (SQLAlchemyError, OSError) as error:
            raise Unreadable(f"The raw table '{table}' could not be read from {file.name}: {first_line(error)}") from error
    return loaded


def _parent_columns(table: str, loaded: dict[str, RawTable]) -> list[str]:
    """The columns of the table's parent; the contract lists parents before their children."""
    parent = loaded.get(PARENTS[table][0]) if table in PARENTS else None
    return parent.columns if parent else []


def _load(checks: Checks, table: str, file: Path, spec: dict, parent_columns: list[str]) -> RawTable:
    source = f"file_{table}"
    if file.suffix == ".csv":
        raw_types = _load_csv(checks, table, source, file, spec)
    else:
        checks.sql(f"create view {source} as select * from read_parquet({quoted(file)})")
        raw_types = {row[0]: row[1].lower() for row in checks.sql(f"describe {source}")}
    # Names are matched without regard to case; the contract spells them in lower case.
    written = {name.lower(): name for name in raw_types}
    columns = [column for column in spec["columns"] if column in written]
    parts, has_parent = [], False
    for column in columns:
        name = '"' + written[column].replace('"', '""') + '"'
        text = f"nullif(trim(cast({name} as varchar)), '')"
        parts.append(f"{text} as {column}")
        if spec["columns"][column] != "text":
            value = typed_value(name, text, spec["columns"][column], raw_types[written[column]])
            parts.append(f"{value} as {column}__value")
            parts.append(f"case when {value} is null then {text} else '' end as {column}__misread")
    if table in PARENTS:
        parent, key = PARENTS[table]
        has_parent = key in columns and key in parent_columns
        if has_parent:
            # Through the source's own alias: inside the subquery a bare name would be the parent's.
            text = f"nullif(trim(cast({source}.\"{written[key]}\" as varchar)), '')"
            parents = f"select {key} from {parent} where {key} is not null"
            parts.append(f"case when {text} in ({parents}) then '' else {text} end as {key}__orphan")
    # A view needs a column even when the file has none that is known.
    checks.sql(f"create view {table} as select {', '.join(parts) or 'null as no_known_column'} from {source}")
    counts = checks.sql(f"select count(*){''.join(f', count({column})' for column in columns)} from {table}")[0]
    return RawTable(table, file, columns, counts[0], dict(zip(columns, counts[1:])), has_parent)


def _load_csv(checks: Checks, table: str, source: str, file: Path, spec: dict) -> dict[str, str]:
    """Load a CSV file, all as text, and count the lines that are no rows. Returns `{column: type}`.

    A stated dialect, as in staging: DuckDB's sniffer would guess types, quotes and even the header.
    Loaded rather than viewed, since the expectations would parse the file a few times over.
    """
    delimiter, names = _csv_header(file)
    wanted = [name for name in names if name in spec["columns"]]
    quoted_names = ", ".join("'" + name.replace("'", "''") + "': 'VARCHAR'" for name in names or ["line"])
    for rejects in ("reject_errors", "reject_scans"):
        checks.sql(f"drop table if exists {rejects}")
    checks.sql(
        f"create table {source} as select {', '.join(wanted) or 'null as no_known_column'} from read_csv({quoted(file)}, header = true, "
        f"auto_detect = false, columns = {{{quoted_names}}}, delim = '{delimiter}', quote = '\"', escape = '\"', "
        "nullstr = ['', 'NULL', '\\N'], max_line_size = 20000000, store_rejects = true)"
    )
    checks.sql(f"insert into {UNREADABLE_LINES} select '{table}', count(distinct line) from reject_errors")
    return dict.fromkeys(wanted, "varchar")


def _csv_header(file: Path) -> tuple[str, list[str]]:
    """The delimiter and the column names of the first line, in lower case."""
    with file.open(encoding="utf-8-sig", errors="replace") as lines:
        line = lines.readline().rstrip("\r\n")
    delimiter = max(DELIMITERS, key=line.count)
    names: list[str] = []
    for position, part in enumerate(line.split(delimiter) if line else [], start=1):
        name = part.strip().strip('"').strip().lower()
        names.append(name if name and name not in names else f"{name}__{position}")
    return delimiter, names


def typed_value(name: str, text: str, contract_type: str, raw_type: str) -> str:
    """SQL of a raw column as its contract type, null when it cannot be read."""
    if contract_type in ("timestamp", "date"):
        read = utc_timestamp(name, text, raw_type)
        return f"cast({read} as date)" if contract_type == "date" else read
    if contract_type == "money":
        return f"try_cast({text if raw_type == 'varchar' else name} as decimal(18, 4))"
    if contract_type == "integer":
        number = f"try_cast({text} as decimal(28, 4))"
        return f"case when {number} = floor({number}) then try_cast({number} as bigint) end"
    number = f"try_cast({text} as double)"
    return f"case when abs({number}) < 1e300 then {number} end"


def utc_timestamp(name: str, text: str, raw_type: str) -> str:
    """SQL of a time: ISO text with or without an offset, epoch seconds or milliseconds, or a typed column."""
    if raw_type == "timestamp with time zone":
        read = f"timezone('UTC', {name})"
    elif raw_type.startswith("timestamp") or raw_type == "date":
        read = f"cast({name} as timestamp)"
    else:
        iso = f"replace({text}, '/', '-')"
        read = (
            f"case when length({text}) in (10, 13) and regexp_full_match({text}, '[0-9]+') "
            f"then make_timestamp(cast({text} as bigint) * case when length({text}) = 10 then 1000000 else 1000 end) "
            f"when length({text}) > 16 and regexp_matches({text}, '([zZ]|[+-][0-9]{{2}}(:?[0-9]{{2}})?)$') "
            f"then timezone('UTC', try_cast({iso} as timestamptz)) else try_cast({iso} as timestamp) end"
        )
    return f"case when {read} >= timestamp '1900-01-01' and {read} < timestamp '2200-01-01' then {read} end"
