"""Random dirty folders: a clean brand, written as exports write it, with every kind of dirt mixed in.

What must come out is known here from what was put in. A folder is its seed: `Folder(seed).write(path)`.
"""

from __future__ import annotations

from collections import Counter
from datetime import date, datetime, timedelta
from decimal import Decimal
from pathlib import Path
from random import Random

from dirty_brand import Brand, Row
from dirty_cells import CONTRACT, DAY_STYLES, GARBAGE, IDENTIFIERS, NUMBER_STYLES, TIME_STYLES, kind_of, mended, undecided, word_for_nothing, written
from dirty_files import any_way, write

OPTIONAL = ["customers", "customers", "order_items", "refunds", "touchpoints", "wecom_contacts", "products", "costs", "exchange_rates"]
NUMERIC_STYLES = ("seconds", "milliseconds", "float_seconds", "serial")
MAX_LOST = Decimal("0.2")
FAULTS = {
    "orders rejected": "stages none of its", "orders of a header": "stages none of its", "no orders": "required raw table 'orders' is missing", "no bytes": "is empty", "two files": "has two files",
    "a column short": "has no column", "a web page": "is a web page", "two currencies": "several currencies", "rates too late": "no exchange rate",
}  # fmt: skip
# How a row of a table is rejected: column, cell, reason.
BAD_ROWS: dict[str, list[tuple[str, object, str]]] = {
    "orders": [("order_id", "", "missing_key"), ("order_id", "null", "missing_key"), ("order_id", "2.02207E+18", "unreadable_value"), ("customer_id", "1.0E+15", "unreadable_value"),
               ("ordered_at", "sometime", "unreadable_value"), ("ordered_at", "2025-02-30 10:00:00", "unreadable_value"), ("ordered_at", "", "missing_value"), ("ordered_at", "0000-00-00", "missing_value"),
               ("ordered_at", datetime(1998, 5, 6, 7, 8, 9), "implausible_date"), ("ordered_at", datetime(2052, 1, 2, 3, 4, 5), "implausible_future"), ("paid_at", "25:61", "unreadable_value"),
               ("status", "teleported", "unknown_code"), ("status", "", "missing_value"), ("order_amount", "free", "unreadable_value"), ("order_amount", "1.2万", "unreadable_value"),
               ("order_amount", "", "missing_value"), ("order_amount", "NaN", "missing_value"), ("order_amount", Decimal("-5.00"), "negative_amount"), ("coupon_amount", Decimal("-1.00"), "negative_amount")],
    "order_items": [("line_no", "", "missing_key"), ("line_no", "first", "unreadable_value"), ("quantity", "1.5", "unreadable_value"), ("sku_id", "-", "missing_value"), ("unit_price", "", "missing_value"),
                    ("unit_price", "6901234567892", "unreadable_value"), ("order_id", "nobody", "orphan"), ("unit_price", Decimal("-2.00"), "negative_amount")],
    "refunds": [("refund_id", "N/A", "missing_key"), ("refunded_at", "soon", "unreadable_value"), ("refund_amount", "?", "missing_value"), ("order_id", "", "missing_value"), ("order_id", "nobody", "orphan")],
    "customers": [("customer_id", "None", "missing_key"), ("customer_id", "0", "missing_key"), ("customer_id", "d41d8cd98f00b204e9800998ecf8427e", "missing_key"), ("registered_at", "2025-13-01", "unreadable_value"),
                  ("registered_at", datetime(2061, 1, 1), "implausible_future"), ("customer_id", "2.02207E+18", "unreadable_value")],
    "touchpoints": [("event_id", "-", "missing_key"), ("event_type", "smoke", "unknown_code"), ("occurred_at", "yesterday", "unreadable_value"), ("occurred_at", "", "missing_value"), ("customer_id", "3.1E+17", "unreadable_value")],
    "wecom_contacts": [("external_userid", "null", "missing_key"), ("createtime", "0", "missing_key"), ("createtime", "x", "unreadable_value"), ("deleted_at", "2025-02-30 10:00:00", "unreadable_value")],
    "products": [("sku_id", "", "missing_key")], "costs": [("amount", "n/a", "missing_value"), ("cost_date", "", "missing_key"), ("amount", Decimal("-3.00"), "negative_amount")],
    "exchange_rates": [("rate", "-", "missing_value"), ("rate", "seven", "unreadable_value")],
}  # fmt: skip


class Table:
    """`lines` of the file; `staged` rows; `rejected` reasons; `copies`; columns whose cells are `lost` or `mended` for certain, or `touched`."""

    def __init__(self, random: Random, name: str, language: str):
        self.name, self.random, self.columns = name, random, list(CONTRACT[name]["columns"])
        self.way = any_way(random, language, name in ("customers", "wecom_contacts", "products", "touchpoints"))
        self.times, self.numbers = random.choice(TIME_STYLES), random.choice(NUMBER_STYLES)
        if not self.way.fits(written(date(2025, 1, 1), self.times, "")):
            self.times = "iso"
        self.lines: list[dict[str, str] | str] = []
        self.staged: list[Row] = []
        self.rejected: Counter = Counter()
        self.copies = 0
        self.lost: set[tuple[str, str]] = set()
        self.mended: set[str] = set()
        self.touched = {column for column in self.columns if kind_of(name, column) in ("time", "number") or column == "coupon_amount"}

    def cells(self, row: Row) -> dict[str, str]:
        cells = {column: written(row.get(column), self.times, self.numbers) for column in self.columns}
        return {column: text if self.way.fits(text) else text.replace("¥", "￥") for column, text in cells.items()}

    def add(self, row: Row, dirt: float) -> None:
        """Add a clean row, with dirt in so many of its cells."""
        staged, cells = {column: row.get(column) for column in self.columns}, self.cells(row)
        for column in self.columns:
            if self.random.random() >= dirt:
                continue
            garbage = GARBAGE.get((self.name, column))
            if cells[column] == "":
                text = word_for_nothing(self.random, self.name, column, self.times)
            elif garbage and self.random.random() < 0.4:
                text, kept, kind = self.random.choice(garbage)
                # Of a handful of products, two stray times would be half of the column, which then does not say what its numbers are.
                text = cells[column] if column == "launched_at" and self.times in NUMERIC_STYLES else self.in_style(column, text)
                if text != cells[column] and self.way.fits(text):
                    self.lost.add((column, kind))
                    staged[column] = kept
            else:
                text = mended(self.random, self.name, column, cells[column], row[column])
                if text != cells[column] and self.way.fits(text) and column != "currency":  # whose spellings are one, like letter case
                    self.mended.add(column)
            if self.way.fits(text):
                cells[column] = text
                self.touched.add(column)
        self.lines.append(cells)
        self.staged.append(staged)

    def add_bad(self, row: Row, number: int) -> None:
        """Add a row that is rejected: a good one with a key of its own and one cell that decides it."""
        column, bad, reason = self.random.choice(BAD_ROWS[self.name])
        key = (
            next(name for name in reversed(CONTRACT[self.name]["key"]) if name in IDENTIFIERS or name == "line_no")
            if self.name not in ("costs", "exchange_rates")
            else None
        )
        own = (
            {"line_no": 900 + number}
            if key == "line_no"
            else {key: f"bad{number}"}
            if key
            else {CONTRACT[self.name]["key"][0]: f"bad{number}"}
            if self.name == "exchange_rates"
            else {"channel": f"bad{number}"}
        )
        text = self.in_style(column, bad) if isinstance(bad, str) else self.cells({column: bad})[column]
        line = self.cells({**row, **own}) | {column: text}
        far = reason == "implausible_future" and (reason, column) in self.rejected  # more than a few would be believed
        # Where a contact or two are lost, one stray time would be half of the column, which then does not say what its numbers are.
        is_unsaid = column == "deleted_at" and self.times in NUMERIC_STYLES
        if self.way.fits(text) and line not in self.lines and not far and not is_unsaid:
            self.lines.append(line)
            self.rejected[reason, None if reason == "orphan" else column] += 1

    def in_style(self, column: str, text: str) -> str:
        """One decimal point would say that a column of decimal commas has thousands in it."""
        return text.replace(".", ",") if self.numbers == "comma" and kind_of(self.name, column) == "number" else text

    def add_copies(self) -> None:
        """Add exact copies of lines, and lines that say the same in another writing."""
        whole = [line for line in self.lines if isinstance(line, dict)]
        for line in self.random.sample(whole, min(len(whole), self.random.randint(0, 3))):
            self.lines.append(dict(line))
            self.copies += 1

    def add_older(self, row: Row) -> None:
        """Add an older version of a row."""
        event_at = CONTRACT[self.name].get("event_at")
        if self.name in ("orders", "refunds", "customers", "touchpoints") and row.get(event_at) is not None:
            self.lines.append(self.cells({**row, event_at: row[event_at] - timedelta(days=1, seconds=3)}))
            self.rejected["duplicate_key", None] += 1

    def add_broken(self) -> None:
        """Add a line that is no row."""
        if self.way.kind == "text":
            self.lines.append(self.way.delimiter.join(["broken"] * (len(self.columns) + 3)))
            self.rejected["unreadable_line", "too_many_columns"] += 1

    @property
    def lost_rows(self) -> int:
        return sum(count for (reason, _), count in self.rejected.items() if reason != "duplicate_key")


class Folder:
    """`tables` by name; `clean` rows; `kinds` of dirt in words; `sentences` one of which must stop the build, `may_stop`."""

    def __init__(self, seed: int):
        self.seed, self.random = seed, Random(seed)
        random = self.random
        language = random.choice(["simplified", "simplified", "traditional", "latin"])
        names = ["orders", *dict.fromkeys(random.sample(OPTIONAL, random.choice([1, 2, 2, 3])))]
        names = [name for name in names if name != "exchange_rates" or random.random() < 0.7]
        self.brand = Brand(random, names, language)
        self.clean = self.brand.tables
        self.fault = random.choice(list(FAULTS)) if random.random() < 0.12 else ""
        for name in names[1:]:
            if name != "exchange_rates" and random.random() < 0.04:
                self.clean[name] = []  # a header and nothing below it
        self.tables = {name: Table(random, name, language) for name in names}
        for table in self.tables.values():
            self._fill(table)
        self.kinds = [
            self.fault,
            language,
            *(f"{table.name}: {table.way} {table.times} {table.numbers} {dict(table.rejected)} {table.copies} copies" for table in self.tables.values()),
        ]
        self._break_lines()
        self.sentences = self._sentences()

    def _fill(self, table: Table) -> None:
        random, rows = self.random, self.clean[table.name]
        dirt = random.choice([0, 0.02, 0.1, 0.3])
        for row in rows:
            table.add(row, dirt)
        share = random.choice([0, 0.05, 0.05, 0.1, 0.1, 0.2]) * (1 if len(rows) > 8 else 0.3)
        for number in range(sum(random.random() < share for _ in rows)):
            table.add_bad(random.choice(rows), number)
        for row in random.sample(rows, min(len(rows), random.randint(0, 2))):
            table.add_older(row)
        if random.random() < 0.3:
            table.add_copies()
        if random.random() < 0.3:
            table.add_broken()
        random.shuffle(table.lines)

    def _break_lines(self) -> None:
        """Put in the faults that lie in rows."""
        orders = self.tables["orders"]
        lines = [line for line in orders.lines if isinstance(line, dict)]
        if self.fault == "orders of a header":
            orders.lines.clear()
        for place, line in enumerate(lines):
            if self.fault == "orders rejected":
                line["status"] = "teleported"
            elif self.fault in ("two currencies", "rates too late"):
                line["currency"] = ("USD", "JPY" if self.fault == "two currencies" else "CNY")[place % 2]
        if self.fault == "two currencies":
            self.tables.pop("exchange_rates", None)
        elif self.fault == "rates too late":
            rates = self.tables["exchange_rates"] = Table(self.random, "exchange_rates", self.brand.language)
            rates.add({"currency": "USD", "rate_date": date(2025, 5, 20), "rate": 7.25}, 0)

    def _sentences(self) -> list[str]:
        found = [FAULTS[self.fault]] if self.fault else []
        if self.fault == "no orders" and len(self.tables) == 1:
            found.append("does not exist or is empty")  # unless stray files are left in it
        if self.fault == "rates too late":
            found.append(FAULTS["two currencies"])
        for table in self.tables.values():
            lines = [line for line in table.lines if isinstance(line, dict)]
            if table.times in DAY_STYLES and any(
                undecided([line[column] for line in lines]) for column in table.columns if kind_of(table.name, column) == "time"
            ):
                found.append("do not say whether the day or the month comes first")
            if table.lost_rows > MAX_LOST * len(table.lines):
                found.append(f"The raw table {table.name} loses")
        return found

    @property
    def may_stop(self) -> list[str]:
        return ["too little in it says which"] if any(table.way.may_be_unclear for table in self.tables.values()) else []

    def write(self, path: Path) -> None:
        """Write the files of the folder."""
        random = Random(self.seed + 1)
        path.mkdir(parents=True)
        for name, table in self.tables.items():
            columns = [*table.columns, *(["备注2"] if table.way.fits("备注") and random.random() < 0.3 else [])]
            random.shuffle(columns)
            if self.fault == "a column short" and name == "orders":
                columns.remove("status")
            lines = [{"备注2": "x", **line} if isinstance(line, dict) else line for line in table.lines]
            write(random, path, name, table.way, columns, lines)
        for stray in random.sample(["readme.md", "Thumbs.db", "orders_old.csv", "客户.csv", "~$orders.xlsx"], random.randint(0, 2)):
            (path / stray).write_bytes(b"not a raw table")
        self._break_files(random, path)

    def _break_files(self, random: Random, path: Path) -> None:
        """Put in the faults that lie in files."""
        name = random.choice(list(self.tables))
        file = next(file for file in path.iterdir() if file.name.lower().startswith(f"{name}."))
        if self.fault == "no bytes":
            file.unlink()
            (path / f"{name}.csv").write_bytes(random.choice([b"", b"\xef\xbb\xbf", b"\r\n\r\n"]))
        elif self.fault == "two files":
            (path / f"{name}.{'csv' if file.suffix == '.tsv' else 'tsv'}").write_bytes(file.read_bytes())
        elif self.fault == "a web page":
            file.unlink()
            (path / f"{name}.xls").write_bytes(b"<html><body><table><tr><td>order_id</td></tr></table></body></html>")
        elif self.fault == "no orders":
            next(file for file in path.iterdir() if file.name.lower().startswith("orders.")).unlink()
