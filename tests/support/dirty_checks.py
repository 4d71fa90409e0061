"""What must be true of the build of a dirty folder: each fault found is a line of text."""

from __future__ import annotations

import re
from collections import Counter
from decimal import Decimal

from dirty_brand import CENT, money, people
from dirty_cells import CONTRACT, FILLER, NOBODY, NOTHING, PERSONS
from dirty_folders import Folder
from dirty_runs import Run

ENGINE = re.compile(
    r"(Conversion|Binder|Catalog|Parser|Internal|Constraint|Out of Range|IO) Error|Traceback|UnicodeDecodeError|KeyError|TypeError|'NoneType'|Undefined",
    re.IGNORECASE,
)
NOWHERE = {word.lower() for word in NOTHING + FILLER} | NOBODY | {"00000000"}
MONEY = {
    "orders": lambda row: row["order_amount"],
    "order_items": lambda row: row["quantity"] * row["unit_price"],
    "refunds": lambda row: row["refund_amount"],
    "costs": lambda row: row["amount"],
}


def faults(folder: Folder, run: Run) -> list[str]:
    """Return what is wrong, [] when nothing is."""
    if not run.success:
        return stopped(folder, run)
    if folder.sentences:
        return [f"green, but one of {folder.sentences} was to stop it"]
    with run:
        found = [line for table in folder.tables for line in (*rows_of(folder, run, table), *losses_of(folder, run, table))]
        return found + balances(run) + nobody(run) + bought(folder, run) + joined(folder, run)


def stopped(folder: Folder, run: Run) -> list[str]:
    if len(run.errors) != 1:
        return [f"{len(run.errors)} messages: {run.errors}"]
    message = run.errors[0]
    if ENGINE.search(message):
        return [f"a message of the engine: {message}"]
    expected = folder.sentences + folder.may_stop
    return [] if any(sentence in message for sentence in expected) else [f"stopped, expected {expected or 'green'}: {message}"]


def rows_of(folder: Folder, run: Run, name: str) -> list[str]:
    """Every row is staged as it was meant, or rejected for its reason."""
    table, columns = folder.tables[name], list(CONTRACT[name]["columns"])
    have = [
        column for (column,) in run.rows(f"select column_name from information_schema.columns where table_schema = 'staging' and table_name = 'stg_{name}'")
    ]
    columns = [column for column in columns if column in have]
    staged = Counter(run.rows(f"select {', '.join(columns)} from staging.stg_{name}"))
    expected = Counter(tuple(as_staged(name, column, row[column]) for column in columns) for row in table.staged)
    found = []
    if staged != expected:
        found.append(f"{name} staged {short(staged - expected)} for {short(expected - staged)} of {columns}")
    rejected = Counter(
        {
            (reason, column): count
            for reason, column, count in run.rows(
                f"select reason_code, reason_column, count(*) from staging.stg_rejected_rows where table_name = '{name}' group by 1, 2"
            )
        }
    )
    if rejected != table.rejected:
        found.append(f"{name} rejected {dict(rejected - table.rejected)} for {dict(table.rejected - rejected)}")
    counts = run.rows(f"select raw_rows, staged_rows, rejected_rows, exact_duplicates, staged_amount from staging.stg_row_balance where table_name = '{name}'")[
        0
    ]
    amount = sum((MONEY[name](row) for row in table.staged), Decimal(0)) if name in MONEY else Decimal(0)
    if counts != (wanted := (len(table.lines), len(table.staged), table.rejected.total(), table.copies, amount)):
        found.append(f"{name} counts {counts} for {wanted} (raw, staged, rejected, duplicates, money)")
    return found


def as_staged(table: str, column: str, value: object) -> object:
    if column == "rate":
        return Decimal(str(value)).quantize(Decimal("1e-10"))
    return value.quantize(CENT / 100) if isinstance(value, Decimal) else value


def losses_of(folder: Folder, run: Run, name: str) -> list[str]:
    """What was lost or mended is counted, and nothing that was neither."""
    table = folder.tables[name]
    told = run.rows(f"select column_name, kind from staging.stg_value_losses where table_name = '{name}'")
    missing = {(column, kind) for column, kind in table.lost if (column, kind) not in told}
    silent = {column for column in table.mended if column not in {column for column, _ in told}}
    if table.way.is_typed:
        silent = set()
    strange = {column for column, _ in told} - table.touched
    return [f"{name} losses: not told {missing or ''} {silent or ''}, told of {strange}, among {told}"] if missing or silent or strange else []


def balances(run: Run) -> list[str]:
    off = run.rows(
        "select * from staging.stg_row_balance where raw_rows <> staged_rows + rejected_rows + exact_duplicates or raw_amount <> staged_amount + rejected_amount + duplicate_amount"
    )
    return [f"does not balance: {off}"] if off else []


def nobody(run: Run) -> list[str]:
    """Nobody is named by a word for nothing."""
    named = {
        value
        for (value,) in run.rows(
            "select distinct identifier from intermediate.int_identity__resolved union select distinct identifier from intermediate.int_identity__shared"
        )
    }
    for table, rules in CONTRACT.items():
        columns = [column for column in rules["columns"] if column in PERSONS]
        staged = " union ".join(f"select {column} from staging.stg_{table}" for column in columns)
        named |= {value for (value,) in run.rows(staged)} if columns else set()
    words = {value for value in named if value is not None and value.strip().lower() in NOWHERE}
    return [f"named by words for nothing: {words}"] if words else []


def bought(folder: Folder, run: Run) -> list[str]:
    """Orders, what was payable and what was refunded are those of the clean brand."""
    rows = run.rows(
        "select order_id, orders.is_valid, payable_amount, coalesce(sum(refund_amount), 0) from intermediate.int_orders__validated as orders "
        "left join intermediate.int_refunds__dated as refunds using (order_id) group by 1, 2, 3"
    )
    found, expected = {row[0]: row[1:] for row in rows}, money(folder.clean)
    off = {key: (found.get(key), expected.get(key)) for key in found.keys() | expected.keys() if found.get(key) != expected.get(key)}
    return [f"orders, payable, refunded (found, expected): {dict(list(off.items())[:3])} and {len(off)} in all"] if off else []


def joined(folder: Folder, run: Run) -> list[str]:
    """Who is one person is what it is in the clean brand."""
    groups: dict[str, set] = {}
    for customer_id, person in run.rows("select identifier, customer_id from intermediate.int_identity__resolved where identifier_type = 'customer_id'"):
        groups.setdefault(person, set()).add(customer_id)
    found, expected = {frozenset(group) for group in groups.values()}, people(folder.clean)
    wrong = [person for person, group in groups.items() if person not in group]
    return [f"people: {short(found - expected)} for {short(expected - found)}, {wrong}"] if found != expected or wrong else []


def short(values) -> str:
    return repr(sorted(values, key=repr)[:2])[:700]
