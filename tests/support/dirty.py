"""Raw folders full of bad input. Every kind of it is one `Kind`: the raw rows, and what staging must make of them.

The rows of a kind carry its name in a column, so that the test of the kind can find them, wherever they went.
"""

from __future__ import annotations

import csv
import hashlib
from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import date, datetime, timedelta
from decimal import Decimal
from pathlib import Path

import pyarrow as pa
import pyarrow.parquet as pq

from tagmart.contract import raw_contract

CONTRACT = raw_contract()
Cells = dict[str, str]

# The column of a table that carries the name of the kind.
MARKER = {
    "orders": "order_id", "order_items": "sku_id", "refunds": "refund_id", "products": "sku_id", "customers": "customer_id",
    "touchpoints": "event_id", "wecom_contacts": "external_userid", "wecom_staff_daily": "userid", "campaigns": "campaign_id",
    "campaign_members": "customer_id", "costs": "channel", "staff": "userid", "manual_tags": "tag_name",
    "consents": "customer_id", "contact_blocks": "customer_id",
}  # fmt: skip

# A good row of each table, as text; the marker column, a key of its own and `day` are filled in.
TEMPLATES: dict[str, Cells] = {
    "orders": {"customer_id": "c001", "ordered_at": "2026-03-02 04:05:06", "paid_at": "2026-03-02 04:06:00", "status": "completed",
               "channel": "app", "order_amount": "100.50", "discount_amount": "10", "coupon_amount": "0.25", "shipping_amount": "8",
               "currency": "CNY", "staff_userid": "staff1", "device_id": "", "phone_hash": ""},
    "order_items": {"order_id": "good001", "quantity": "2", "unit_price": "50.25", "discount_amount": "1"},
    "refunds": {"order_id": "good001", "refunded_at": "2026-03-05 01:00:00", "refund_amount": "5.5"},
    "products": {"product_name": "面霜 50ml", "category": "护肤", "launched_at": "2025-09-01 00:00:00", "list_price": "199.9", "unit_cost": "40"},
    "customers": {"registered_at": "2025-09-03 02:00:00", "gender": "female", "birth_date": "1990-05-06", "city": "上海", "followers_count": "12"},
    "touchpoints": {"occurred_at": "2026-03-01 10:00:00", "event_type": "page_view", "touchpoint": "app", "customer_id": "c002",
                    "duration_seconds": "30", "rating": "5"},
    "wecom_contacts": {"userid": "staff1", "type": "1", "gender": "2", "createtime": "2026-02-01 09:00:00", "add_way": "1",
                       "remark": "老客", "delete_type": ""},
    "wecom_staff_daily": {"stat_time": "2026-03-01 16:00:00", "new_apply_cnt": "3", "reply_percentage": "93.5", "avg_reply_time": "4.25"},
    "campaigns": {"campaign_name": "三八节", "campaign_kind": "promotion", "starts_at": "2026-03-06 16:00:00", "cost_amount": "5000"},
    "campaign_members": {"campaign_id": "camp1", "variant": "treatment", "assigned_at": "2026-03-06 16:00:00", "sent_status": "1"},
    "costs": {"cost_date": "2026-03-01", "cost_kind": "traffic", "amount": "88.8"},
    "staff": {"persona": "consultant", "joined_at": "2025-01-01 00:00:00"},
    "manual_tags": {"customer_id": "c001", "tag_group": "肤质", "tag_value": "干性", "tagged_at": "2026-02-02 02:02:02"},
    "consents": {"channel": "sms", "purpose": "marketing", "status": "withdrawn", "changed_at": "2026-02-02 02:02:02"},
    "contact_blocks": {"channel": "all", "reason": "complaint", "blocked_at": "2026-02-02 02:02:02", "blocked_until": "2026-12-31"},
}  # fmt: skip


@dataclass
class Dialect:
    """How the CSV file of a table is written."""

    delimiter: str = ","
    newline: str = "\n"
    header: Callable[[list[str]], list[str]] = lambda names: names
    head: bytes = b""
    columns: list[str] | None = None

    def line(self, values: list[str]) -> bytes:
        """By hand: the csv module of Python 3.10 refuses to write a NUL, which is one of the things to try."""
        special = (self.delimiter, '"', "\r", "\n")
        cells = ['"' + value.replace('"', '""') + '"' if any(mark in value for mark in special) else value for value in values]
        return (self.delimiter.join(cells) + self.newline).encode()


DIALECTS: dict[str, Dialect] = {
    "orders": Dialect(),
    "customers": Dialect(delimiter=";"),
    "products": Dialect(delimiter="\t", columns=["unit_cost", "sku_id", "list_price", "launched_at", "category", "product_name"]),
    "staff": Dialect(delimiter="|"),
    "refunds": Dialect(newline="\r\n"),
    "wecom_contacts": Dialect(newline="\r\n"),
    "touchpoints": Dialect(head=b"\xef\xbb\xbf"),
    "campaigns": Dialect(header=lambda names: [f"  {name.upper()} " for name in names]),
    "costs": Dialect(columns=["cost_date", "channel", "cost_kind", "amount", "amount"]),
    "campaign_members": Dialect(columns=[*CONTRACT["campaign_members"]["columns"], "shop, note", "备注"]),
    "manual_tags": Dialect(newline="\r"),
}  # fmt: skip


def columns_of(table: str) -> list[str]:
    return dialect_of(table).columns or list(CONTRACT[table]["columns"])


def dialect_of(table: str) -> Dialect:
    return DIALECTS.get(table, Dialect())


@dataclass
class Kind:
    """Rows of one kind of input: `lines` as they stand in the file, `staged` as they must come out.

    `rejected`: one (reason_code, reason_column) a rejected row; `duplicates`: exact copies that fold into one row;
    `trace`: what the JSON of its rejected rows holds, and no other.
    """

    name: str
    table: str
    lines: list
    staged: list[dict] = field(default_factory=list)
    rejected: list[tuple[str, str | None]] = field(default_factory=list)
    duplicates: int = 0
    trace: str = ""


def marker(name: str) -> str:
    return "".join(letter if letter.isalnum() and letter.isascii() else "_" for letter in name)


class Rows:
    """Makes the rows of kinds; counts line numbers, which are a key."""

    def __init__(self):
        self.kinds: list[Kind] = []
        self.last_line_no = 100

    def cells(self, table: str, name: str, **changes: str) -> Cells:
        cells = dict.fromkeys(columns_of(table), "") | TEMPLATES[table] | {MARKER[table]: marker(name)}
        if table == "order_items":
            self.last_line_no += 1
            cells["line_no"] = str(self.last_line_no)
        return cells | changes

    def line(self, table: str, cells: Cells) -> bytes:
        return dialect_of(table).line([cells[column] for column in columns_of(table)])

    def kind(self, name: str, table: str, lines: list[bytes], **expected) -> None:
        assert marker(name) not in [marker(kind.name) for kind in self.kinds], name
        self.kinds.append(Kind(name, table, lines, **{"trace": f'"{marker(name)}"', **expected}))

    def bad(self, name: str, table: str, reason: str, column: str | None, **changes: str) -> None:
        """Add a row that is rejected."""
        self.kind(name, table, [self.line(table, self.cells(table, name, **changes))], rejected=[(reason, column)])

    def good(self, name: str, table: str, staged: dict | None = None, **changes: str) -> None:
        """Add a row that is staged: as written, but for the values in `staged`."""
        cells = self.cells(table, name, **changes)
        self.kind(name, table, [self.line(table, cells)], staged=[typed(table, cells, staged)])

    def broken(self, name: str, table: str, column: str, lines: Callable[[str], list[bytes]]) -> None:
        """Add what is no row at all; `lines` gets the marker."""
        self.kind(name, table, lines(marker(name)), rejected=[("unreadable_line", column)], trace=f'"{marker(name)},')


def typed(table: str, cells: Cells, known: dict | None = None) -> dict:
    """Return the contract columns of a row of plain, valid cells as Python values; `known` ones are taken as they are."""
    known = known or {}
    types = CONTRACT[table]["columns"]
    return {column: known[column] if column in known else value_of(cells.get(column, ""), types[column]) for column in types}


def value_of(cell: str, type_: str):
    cell = cell.strip()
    if not cell:
        return None
    if type_ == "timestamp":
        return datetime.fromisoformat(cell)
    if type_ == "date":
        return date.fromisoformat(cell)
    if type_ == "money":
        return Decimal(cell).quantize(Decimal("0.0001"))
    return {"text": str, "integer": int, "number": float}[type_](cell)


LONG = "长" * 1_000_000
TIMES = {
    "time ISO with T": ("2026-01-05T10:00:00", datetime(2026, 1, 5, 10)),
    "time with slashes": ("2026/01/05 10:00:00", datetime(2026, 1, 5, 10)),
    "time with single digits": ("2026-1-5 9:07", datetime(2026, 1, 5, 9, 7)),
    "time without seconds": ("2026-01-05 10:00", datetime(2026, 1, 5, 10)),
    "time is a date only": ("2026-01-05", datetime(2026, 1, 5)),
    "time with a fraction": ("2026-01-05 10:00:00.123456", datetime(2026, 1, 5, 10, 0, 0, 123456)),
    "time with Z": ("2026-01-05T10:00:00Z", datetime(2026, 1, 5, 10)),
    "time with small z": ("2026-01-05T10:00:00z", datetime(2026, 1, 5, 10)),
    "time with UTC": ("2026-01-05 10:00:00 UTC", datetime(2026, 1, 5, 10)),
    "time with +08:00": ("2026-01-05T10:00:00+08:00", datetime(2026, 1, 5, 2)),
    "time with +0800": ("2026-01-05 10:00:00+0800", datetime(2026, 1, 5, 2)),
    "time with a space before +0800": ("2026-01-05 10:00:00 +0800", datetime(2026, 1, 5, 2)),
    "time with +08": ("2026-1-5 9:00+08", datetime(2026, 1, 5, 1)),
    "time with -05:30": ("2026/01/05 10:00:00.5-05:30", datetime(2026, 1, 5, 15, 30, 0, 500000)),
    "afternoon PM": ("2026-01-05 10:00:00 PM", datetime(2026, 1, 5, 22)),
    "afternoon in Chinese": ("2026/1/5 下午1:02", datetime(2026, 1, 5, 13, 2)),
    "named time zone": ("2026-01-05 10:00:00 Asia/Shanghai", datetime(2026, 1, 5, 2)),
    "Chinese date": ("2026年1月5日", datetime(2026, 1, 5)),
    "Chinese date and time": ("2026年1月5日 10时7分", datetime(2026, 1, 5, 10, 7)),
    "dots between": ("2026.1.5 10:07", datetime(2026, 1, 5, 10, 7)),
    "digits only": ("20260105", datetime(2026, 1, 5)),
    "14 digits": ("20260105100703", datetime(2026, 1, 5, 10, 7, 3)),
    "month in letters": ("5 Jan 2026 10:07", datetime(2026, 1, 5, 10, 7)),
    "American letters": ("January 5, 2026 10:07 PM", datetime(2026, 1, 5, 22, 7)),
    "HTTP date": ("Mon, 05 Jan 2026 10:07:03 GMT", datetime(2026, 1, 5, 10, 7, 3)),
    "JavaScript date": ("Mon Jan 05 2026 10:07:03 GMT+0800 (中国标准时间)", datetime(2026, 1, 5, 2, 7, 3)),
    "small letters for the afternoon": ("2026-01-05 1:02pm", datetime(2026, 1, 5, 13, 2)),
    "dots in the afternoon": ("2026-01-05 01:02:03 p. m.", datetime(2026, 1, 5, 13, 2, 3)),
    "midnight in small letters": ("2026-01-05 12:02 a.m.", datetime(2026, 1, 5, 0, 2)),
    "zone that ends like a morning": ("2026-01-05 10:07:00 Europe/Amsterdam", datetime(2026, 1, 5, 9, 7)),
    "GMT and one digit": ("2026-01-05 10:07:00 GMT+8", datetime(2026, 1, 5, 2, 7)),
    "UTC and one digit": ("2026-01-05 10:07 UTC-5:30", datetime(2026, 1, 5, 15, 37)),
    "year last with an offset": ("Mon Jan 05 10:07:03 +0800 2026", datetime(2026, 1, 5, 2, 7, 3)),
    "year last": ("Mon Jan  5 10:07:03 2026", datetime(2026, 1, 5, 10, 7, 3)),
    "full-width time": ("２０２６－０１－０５　１０：０７", datetime(2026, 1, 5, 10, 7)),
    "afternoon behind": ("2026-01-05 10:07:03 下午", datetime(2026, 1, 5, 22, 7, 3)),
    "comma before the time": ("Jan 5, 2026, 10:07:03 PM", datetime(2026, 1, 5, 22, 7, 3)),
    "zone of Java": ("2026-01-05T10:07:03+08:00[Asia/Shanghai]", datetime(2026, 1, 5, 2, 7, 3)),
    "comma before milliseconds": ("2026-01-05 10:07:03,250", datetime(2026, 1, 5, 10, 7, 3, 250000)),
    "weekday in Chinese": ("2026/1/5 星期一 10:07", datetime(2026, 1, 5, 10, 7)),
    "time with a tab": ("2026-01-05 10:07:00\t", datetime(2026, 1, 5, 10, 7)),
    "guarded time": ('="2026-01-05 10:07:00"', datetime(2026, 1, 5, 10, 7)),
    "time with spaces around": ("  2026-01-05 10:00:00  ", datetime(2026, 1, 5, 10)),
}
BAD_TIMES = {
    "30 February": "2026-02-30 10:00:00", "month 13": "2026-13-01 10:00:00", "hour 25": "2026-01-05 25:00:00",
    "minute 61": "2026-01-05 10:61:00", "day first": "05/01/2026 10:00", "two-digit year": "26-01-05 10:00",
    "unknown time zone": "2026-01-05 10:00:00 Mars/Olympus", "abbreviated time zone": "2026-01-05 10:00:00 CST",
    "offset of 99 hours": "2026-01-05T10:00:00+99:00", "year 9999": "9999-12-31 00:00:00", "month and day": "05-03",
    "epoch seconds in a column of dates": "1767607200", "epoch milliseconds in a column of dates": "1767607200123",
    "epoch word": "epoch", "now word": "now", "today word": "today",
    "before Christ": "2026-01-05 (BC)", "Excel day number": "46027.5", "epoch microseconds": "1767607200123456",
}  # fmt: skip
BAD_AMOUNTS = {
    "overflow": "999999999999999", "1e30": "1e30", "decimal comma": "12,50", "hexadecimal": "0x1F", "underscore": "1_000", "ten thousands": "1.2万",
    "text amount": "free", "barcode as amount": "6901234567892", "spreadsheet error": "#REF!", "two numbers": "12 50", "two points": "1.2.3", "per cent": "12%",
}  # fmt: skip
AMOUNTS = {
    "thousands separator": ("1,234.50", "1234.50"), "millions": ("1,234,567", "1234567"), "currency sign": ("¥12.50", "12.50"),
    "currency code": ("12.50 CNY", "12.50"), "full-width digits": ("１２", "12"), "full-width yen": ("￥ 1，234.5", "1234.5"), "yuan": ("12.5元", "12.5"),
    "dollars": ("US$12", "12"), "euro behind": ("12.50 €", "12.50"), "Swiss": ("1'234.50", "1234.50"), "guarded amount": ('="12.50"', "12.50"),
    "amount with a tab": ("12.50\t", "12.50"), "amount with a hard space": ("1\u00a0234.50", "1234.50"), "apostrophe": ("'12.50", "12.50"),
    "yuan of Intl": ("CN¥1,234.50", "1234.50"), "US and a blank": ("US $12.50", "12.50"), "currency code before": ("CNY12.50", "12.50"),
}  # fmt: skip
NO_AMOUNTS = {"NaN": "NaN", "infinity": "inf", "minus infinity": "-Infinity", "a word": "无", "a dash": "-", "not available": "#N/A"}


def csv_kinds() -> list[Kind]:
    """Return every kind of bad input that a CSV file can hold, and the odd but good rows beside it."""
    rows = Rows()
    background(rows)
    times_and_amounts(rows)
    keys_and_parents(rows)
    codes_numbers_and_texts(rows)
    permissions(rows)
    broken_lines(rows)
    dialects(rows)
    return rows.kinds


def background(rows: Rows) -> None:
    """Good orders on every other day of a year: what must not get lost."""
    expected, lines = [], []
    for number in range(1, 401):
        ordered = datetime(2025, 6, 1, 1, 2, 3) + timedelta(hours=21 * number)
        cells = rows.cells("orders", f"good{number:03}", customer_id="" if number % 9 == 0 else f"c{number % 60:03}",
                           ordered_at=str(ordered), paid_at=str(ordered + timedelta(minutes=3)), order_amount=str(Decimal(number * 731 % 90000) / 100),
                           device_id=f"device{number % 31}")  # fmt: skip
        lines.append(rows.line("orders", cells))
        expected.append(typed("orders", cells))
    rows.kind("good orders", "orders", lines, staged=expected)


MOMENTS_LOST = {
    "in words": "昨天下午",
    "30 February": "2026-02-30 10:00:00",
    "1970": "1970-01-01 00:00:00",
    "2099": "2099-12-31 00:00:00",
    "9999": "9999-12-31",
}
STATUSES_SAID = {
    "退订": "withdrawn",
    "Unsubscribed": "withdrawn",
    " opt-out ": "withdrawn",
    "FALSE": "withdrawn",
    "ｎｏ": "withdrawn",
    "同意": "granted",
    "Opt In": "granted",
}
CHANNELS_SAID = {"企业微信": "wecom_chat", "WeCom": "wecom_chat", "短信": "sms", "电话": "phone", "公众号": "official_account", "小程序": "mini_program", "全部": "all", "any": "all",
                 "社群": "community", "朋友圈": "moments", "App": "app_push", "E-Mail": "email", "": "all", "无": "all", "微信": "other", "carrier_pigeon": "other", "live": "other"}  # fmt: skip


def permissions(rows: Rows) -> None:
    """A withdrawal or a block stays whatever else is wrong with its row, as long as it names somebody; a grant does not."""
    for table in ("consents", "contact_blocks"):
        nobody = {"customer_id": "", "phone_hash": "d41d8cd98f00b204e9800998ecf8427e"}
        rows.bad(f"{table} of nobody", table, "missing_identifier", None, **nobody, channel=marker(f"{table} of nobody"))
        lost = {"customer_id": "", "phone_hash": "1.39E+10"}
        rows.bad(f"{table} of lost digits", table, "unreadable_value", "phone_hash", **lost, channel=marker(f"{table} of lost digits"))
        rows.good(f"{table} with lost digits beside", table, {"phone_hash": None}, phone_hash="1.39E+10", unionid="u1")
        for word, code in CHANNELS_SAID.items():
            rows.good(f"{table} for {word.encode().hex() or 'nothing'}", table, {"channel": code}, channel=word)
    for name, text in MOMENTS_LOST.items():
        rows.good(f"withdrawn {name}", "consents", {"changed_at": None}, changed_at=text)
        rows.good(f"blocked {name}", "contact_blocks", {"blocked_at": None}, blocked_at=text)
        reason = {"1970": "implausible_date", "2099": "implausible_future"}.get(name, "unreadable_value")
        rows.bad(f"granted {name}", "consents", reason, "changed_at", changed_at=text, status="granted")
    rows.good("withdrawn without a moment", "consents", {"changed_at": None}, changed_at="0000-00-00")
    rows.good("granted without a moment", "consents", {"changed_at": None}, changed_at="", status="granted")
    for word, code in STATUSES_SAID.items():
        rows.good(f"consent said as {word.encode().hex()}", "consents", {"status": code}, status=word)
    rows.bad("consent of a status that nobody knows", "consents", "unknown_code", "status", status="pending")
    rows.bad("consent of no status", "consents", "missing_value", "status", status="")
    for word, code in {"": "marketing", "营销": "marketing", "Transactional": "service", "fun": "other"}.items():
        rows.good(f"consent to {word.encode().hex() or 'nothing'}", "consents", {"purpose": code}, purpose=word)
    both = [rows.cells("consents", "granted and withdrawn at once", status=status) for status in ("granted", "withdrawn")]
    staged = [typed("consents", cells) for cells in both]
    rows.kind("granted and withdrawn at once", "consents", [rows.line("consents", cells) for cells in both], staged=staged)
    twice = rows.cells("consents", "withdrawn twice")
    rows.kind("withdrawn twice", "consents", [rows.line("consents", twice)] * 2, staged=[typed("consents", twice)], duplicates=1)
    said = rows.cells("consents", "withdrawn in two words")
    lines = [rows.line("consents", said | {"status": word}) for word in ("withdrawn", "退订")]
    rows.kind("withdrawn in two words", "consents", lines, staged=[typed("consents", said)], rejected=[("duplicate_key", None)])
    for name, text in {"before it began": "2026-02-01", "1970": "1970-01-01", "in words": "永久", "9999": "9999-12-31", "nothing": ""}.items():
        rows.good(f"blocked until {name}", "contact_blocks", {"blocked_until": None}, blocked_until=text)
    rows.good("blocked on one day", "contact_blocks", blocked_until="2026-02-02")
    for word, code in {"投诉": "complaint", "DNC": "do_not_contact", "律师函": "legal", "已故": "deceased", "bad mood": "other", "": None}.items():
        rows.good(f"blocked for {word.encode().hex() or 'nothing'}", "contact_blocks", {"reason": code}, reason=word)
    ends = [rows.cells("contact_blocks", "blocked with two ends", blocked_until=until) for until in ("2026-05-05", "")]
    staged = [typed("contact_blocks", cells) for cells in ends]
    rows.kind("blocked with two ends", "contact_blocks", [rows.line("contact_blocks", cells) for cells in ends], staged=staged)


def times_and_amounts(rows: Rows) -> None:
    for name, (text, read) in TIMES.items():
        rows.good(name, "orders", {"ordered_at": read}, ordered_at=text)
    for name, text in BAD_TIMES.items():
        rows.bad(f"time: {name}", "orders", "unreadable_value", "ordered_at", ordered_at=text)
    rows.bad("time before 1900 in a side column", "orders", "unreadable_value", "paid_at", paid_at="1800-01-01 00:00:00")
    rows.bad("1970", "orders", "implausible_date", "ordered_at", ordered_at="1970-01-01 00:00:00")
    rows.bad("2099", "orders", "implausible_future", "ordered_at", ordered_at="2099-12-31 00:00:00")
    for name, text in {"year zero": "0000-00-00 00:00:00", "year one": "0001-01-01T00:00:00Z", "zero": "0", "spreadsheet zero": "1899-12-30"}.items():
        rows.bad(f"no time: {name}", "orders", "missing_value", "ordered_at", ordered_at=text)
    for name, text in {"zero": "0", "year zero": "0000-00-00", "epoch zero in Shanghai": "1970-01-01 08:00:00", "a dash": "-"}.items():
        rows.good(f"not paid: {name}", "orders", {"paid_at": None}, paid_at=text)
    rows.bad("no time", "orders", "missing_value", "ordered_at", ordered_at="")
    for name, text in BAD_AMOUNTS.items():
        rows.bad(f"amount: {name}", "orders", "unreadable_value", "order_amount", order_amount=text)
    for name, (text, read) in AMOUNTS.items():
        rows.good(f"amount: {name}", "orders", {"order_amount": Decimal(read).quantize(Decimal("0.0001"))}, order_amount=text)
    for name, text in NO_AMOUNTS.items():
        rows.bad(f"no amount: {name}", "orders", "missing_value", "order_amount", order_amount=text)
    rows.bad("brackets for minus", "orders", "negative_amount", "order_amount", order_amount="(12.50)")
    rows.bad("minus behind", "orders", "negative_amount", "order_amount", order_amount="12.50-")
    rows.bad("negative amount", "orders", "negative_amount", "order_amount", order_amount="-0.01")
    rows.bad("negative discount", "orders", "negative_amount", "discount_amount", discount_amount="-3")
    rows.bad("no amount", "orders", "missing_value", "order_amount", order_amount="")
    rows.good("amount with exponent, plus and spaces", "orders", {"order_amount": Decimal("1500.0000")}, order_amount=" +1.5e3 ")
    rows.good("amount zero", "orders", order_amount="0", discount_amount="", coupon_amount="NULL", staged={"coupon_amount": None})


def keys_and_parents(rows: Rows) -> None:
    for name, text in {"null": "", "NULL word": "NULL", "backslash N": "\\N", "blank": "   ", "full-width blank": "　　"}.items():
        rows.bad(f"key: {name}", "orders", "missing_key", "order_id", order_id=text, coupon_code=marker(f"key: {name}"))
    rows.bad("key: no line number", "order_items", "missing_key", "line_no", line_no="")
    rows.bad("key: line number of letters", "order_items", "unreadable_value", "line_no", line_no="first")
    rows.bad("key: empty date", "costs", "missing_key", "cost_date", cost_date="")
    rows.good("key with surrounding spaces", "orders", {"order_id": "key_with_surrounding_spaces", "customer_id": "c003"},
              order_id="  key_with_surrounding_spaces　", customer_id=" c003 ")  # fmt: skip

    identifiers(rows)

    cells = rows.cells("orders", "exact duplicates")
    rows.kind("exact duplicates", "orders", [rows.line("orders", cells)] * 3, staged=[typed("orders", cells)], duplicates=2)
    early = rows.cells("orders", "same key, other content", ordered_at="2026-03-01 00:00:00")
    late = early | {"ordered_at": "2026-03-02 00:00:00", "order_amount": "7"}
    rows.kind("same key, other content", "orders", [rows.line("orders", early), rows.line("orders", late), rows.line("orders", early)],
              staged=[typed("orders", late)], rejected=[("duplicate_key", None)], duplicates=1)  # fmt: skip
    good = rows.cells("orders", "same key, the first one bad", ordered_at="2026-03-03 00:00:00")
    rows.kind("same key, the first one bad", "orders",
              [rows.line("orders", good | {"ordered_at": "2026-03-05 00:00:00", "order_amount": "-1"}), rows.line("orders", good)],
              staged=[typed("orders", good)], rejected=[("negative_amount", "order_amount")])  # fmt: skip

    rows.bad("orphan item", "order_items", "orphan", None, order_id="nobody ordered this")
    rows.bad("orphan item of a rejected order", "order_items", "orphan", None, order_id=marker("negative amount"))
    rows.bad("orphan refund", "refunds", "orphan", None, order_id="nobody ordered this")
    rows.bad("orphan refund of a rejected order", "refunds", "orphan", None, order_id=marker("2099"))
    rows.bad("refund without an order", "refunds", "missing_value", "order_id", order_id="")
    rows.bad("negative refund", "refunds", "negative_amount", "refund_amount", refund_amount="-5")
    rows.bad("negative shipping refund", "refunds", "negative_amount", "shipping_refund_amount", shipping_refund_amount="-1")
    rows.good("refund of shipping alone", "refunds", refund_amount="8", shipping_refund_amount="8")
    rows.good("more shipping than refund", "refunds", refund_amount="5", shipping_refund_amount="8")
    rows.good("returned line", "order_items", quantity="-2")


NO_CUSTOMERS = [
    "null",
    "None",
    "nan",
    "NaN",
    "undefined",
    "-",
    "N/A",
    "0",
    "00000000",
    "0.0",
    "无",
    "#N/A",
    "(null)",
    "游客",
    "unknown",
    "\u200b",
    "-1",
    "散客",
    "***",
    "(空)",
    "（空）",
    "[]",
    "未登录",
    "NoneType",
]
ODD_CUSTOMERS = {
    "tab": "c001\t", "zero width space": "\u200bc001", "hard space": "c001\u00a0", "byte order mark": "\ufeffc001", "Excel guard": '="c001"',
    "full width": "ｃ００１", "line break": "c001\r\n", "guard and tab": '="c001"\t', "left-to-right mark": "\u200ec001\u200f",
}  # fmt: skip


def identifiers(rows: Rows) -> None:
    """Cells that name nobody, and cells that name somebody in an odd way."""
    for number, word in enumerate(NO_CUSTOMERS):
        rows.good(f"nobody {number}", "orders", {"customer_id": None}, customer_id=word)
    for name, text in ODD_CUSTOMERS.items():
        rows.good(f"customer with {name}", "orders", {"customer_id": "c001"}, customer_id=text)
    for name, text in {"apostrophe": "'00123", "backtick": "`00123"}.items():
        rows.good(f"customer with {name}", "orders", {"customer_id": "00123"}, customer_id=text)
    rows.good("customer number with a decimal zero", "orders", {"customer_id": "17850"}, customer_id="17850.0")
    for name, text in {"Excel": "2.02207E+18", "pandas": "2.02207e+18", "no decimals": "2E+18"}.items():
        rows.bad(f"scientific customer of {name}", "orders", "unreadable_value", "customer_id", customer_id=text)
    for name, text in {
        "MD5": "d41d8cd98f00b204e9800998ecf8427e",
        "SHA-1": "DA39A3EE5E6B4B0D3255BFEF95601890AFD80709",
        "filler": "13800000000",
        "SHA-256": "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855",
        "MD5 of null": "37a6259cc0c1dae299a7866489dff0bd",
        "MD5 of filler": hashlib.md5(b"13800000000", usedforsecurity=False).hexdigest(),
    }.items():
        rows.good(f"phone of nobody {name}", "orders", {"phone_hash": None}, phone_hash=text)
    rows.good("device of zeros", "touchpoints", {"device_id": None}, device_id="00000000-0000-0000-0000-000000000000")


def codes_numbers_and_texts(rows: Rows) -> None:
    rows.bad("unknown status", "orders", "unknown_code", "status", status="lost_in_space")
    rows.good("status in capitals", "orders", {"status": "paid"}, status="PAID")
    for name, (word, code) in {
        "done": ("交易成功", "completed"),
        "a tab": ("已发货\t", "shipped"),
        "English": ("Canceled", "cancelled"),
        "signed": ("TRADE_BUYER_SIGNED", "completed"),
        "to review": ("待评价", "completed"),
        "refund asked": ("退款中", "paid"),
    }.items():
        rows.good(f"status: {name}", "orders", {"status": code}, status=word)
    rows.bad("no status", "orders", "missing_value", "status", status="")
    rows.bad("unknown event type", "touchpoints", "unknown_code", "event_type", event_type="teleported")
    rows.bad("unknown variant", "campaign_members", "unknown_code", "variant", variant="B")
    rows.good("unknown channel", "orders", {"channel": "other"}, channel="carrier_pigeon")
    rows.good("no channel", "orders", channel="")
    rows.good("unknown gender", "customers", {"gender": "other"}, gender="牛")
    for name, (word, code) in {
        "woman": ("女", "female"),
        "man": ("男士", "male"),
        "unknown": ("保密", "unknown"),
        "letter": ("F", "female"),
        "a number with a gap": ("2.0", "female"),
        "boy": ("男生", "male"),
        "unknown number": ("0", "unknown"),
    }.items():
        rows.good(f"gender: {name}", "customers", {"gender": code}, gender=word)
    rows.good("unknown touchpoint", "touchpoints", {"touchpoint": "other"}, touchpoint="fax")
    rows.good("unknown kind of cost", "costs", {"cost_kind": "other"}, cost_kind="bribes")

    rows.bad("decimals in an integer column", "order_items", "unreadable_value", "quantity", quantity="1.5")
    rows.bad("few decimals in an integer column", "order_items", "unreadable_value", "quantity", quantity="2.00001")
    rows.bad("integer overflow", "order_items", "unreadable_value", "quantity", quantity="99999999999999999999")
    rows.bad("largest integer", "order_items", "unreadable_value", "quantity", quantity="9223372036854775807")
    rows.bad("smallest integer", "order_items", "unreadable_value", "quantity", quantity="-9223372036854775808")
    rows.bad("line worth too much", "order_items", "unreadable_value", "quantity", quantity="90000000000", unit_price="90000000000")
    for name, text in {"letters": "long", "below zero": "-1", "the largest integer": "9223372036854775807"}.items():
        rows.good(f"duration: {name}", "touchpoints", {"duration_seconds": None}, duration_seconds=text)
    rows.good("boolean as integer", "customers", {"followers_count": None}, followers_count="true")
    rows.good("integer written as 3.0", "order_items", {"quantity": 3}, quantity="3.0")
    rows.good("integer written as 1e2", "order_items", {"quantity": 100}, quantity="1e2")
    rows.good("number NaN", "wecom_staff_daily", {"reply_percentage": None}, reply_percentage="nan")
    rows.good("number infinity", "wecom_staff_daily", {"avg_reply_time": None}, avg_reply_time="infinity")
    rows.good("number with per cent sign", "wecom_staff_daily", {"reply_percentage": 93.0}, reply_percentage="93%")
    rows.good("negative number", "wecom_staff_daily", {"avg_reply_time": None}, avg_reply_time="-1")
    for name, text in {"impossible": "1990-02-31", "19th century": "1890-01-01", "without a year": "05-03", "a year": "1990", "serial": "33000"}.items():
        rows.good(f"birth date: {name}", "customers", {"birth_date": None}, birth_date=text)
    for name, text in {
        "Chinese": "1990年1月1日",
        "digits": "19900101",
        "slashes": "1990/1/1",
        "midnight": "1990-01-01 00:00:00",
        "midnight in Shanghai": "1990-01-01T00:00:00+08:00",
        "midnight in JSON": "1989-12-31T16:00:00.000Z",
    }.items():
        rows.good(f"birth date: {name}", "customers", {"birth_date": date(1990, 1, 1)}, birth_date=text)

    injection = "'; drop table orders; --"
    rows.good("SQL in values", "orders", customer_id=injection, coupon_code='"; drop schema staging cascade; --', campaign_id="{{ 1/0 }}")
    rows.good("SQL in a name", "products", product_name=injection, category="' or 1=1 --")
    rows.good("emoji", "customers", city="🧧🎉 城", occupation="👩‍👩‍👧")
    rows.good("very long string", "customers", occupation=LONG)
    rows.good("very long code", "orders", coupon_code=LONG)
    rows.good("delimiter and quotes in a value", "orders", coupon_code='a,"b",,c')
    rows.good("quoted newlines", "orders", coupon_code="first\nsecond\n\nfourth")
    rows.good("control characters", "orders", coupon_code="a\x01b\x07c\x1bd")
    rows.good("NUL byte in a value", "orders", coupon_code="a\x00b")
    rows.good("NUL byte in a key", "customers", customer_id="NUL\x00byte_in_a_key")
    rows.good("right to left and combining", "customers", city="מדינה e\u0301 \u202eמדינה")


def broken_lines(rows: Rows) -> None:
    """Lines that are no rows at all. Good rows stand after each of them."""

    def order(name: str, **changes: str) -> str:
        return rows.line("orders", rows.cells("orders", name, **changes)).decode()

    rows.broken("latin-1 bytes", "orders", "invalid_encoding", lambda m: [order(m, coupon_code="café crème").encode("latin-1")])
    rows.broken("GBK bytes", "orders", "invalid_encoding", lambda m: [order(m, coupon_code="优惠券").encode("gbk")])
    rows.broken("GBK bytes around a quoted newline", "orders", "invalid_encoding", lambda m: [order(m, coupon_code="优惠\n券").encode("gbk")])
    rows.broken("too few columns", "orders", "missing_columns", lambda m: [f"{m},c001,2026-01-05\n".encode()])
    rows.broken("too many columns", "orders", "too_many_columns", lambda m: [order(m).replace("\n", ",surplus\n").encode()])
    rows.kind("only spaces", "orders", [b"   \n"], rejected=[("unreadable_line", "missing_columns")], trace='{"line":"   "}')
    rows.broken("stray quote", "orders", "unquoted_value", lambda m: [order(m).replace(",CNY,", ',"CN"Y,').encode()])
    rows.good("the row after a stray quote", "orders")
    rows.broken("quote escaped with a backslash", "orders", "unquoted_value",
                lambda m: [order(m).replace(",CNY,", ',"C\\"N\\"Y",').encode()])  # fmt: skip
    rows.broken("unclosed quote swallows a row", "orders", "unquoted_value",
                lambda m: [order(m).replace(",CNY,", ',"CNY,').encode(), order(m, currency="quoted").replace("quoted", '"CNY"').encode()])  # fmt: skip
    rows.good("the row after an unclosed quote", "orders", coupon_code='"quoted"')
    rows.broken("line of 5 MB", "orders", "line_size_over_maximum", lambda m: [order(m, coupon_code="x" * 5_000_000).encode()])
    rows.good("the row after a line of 5 MB", "orders")
    rows.kind("header line in the middle", "orders", [rows.line("orders", {column: column for column in columns_of("orders")})],
              rejected=[("unreadable_value", "ordered_at")], trace='"order_id":"order_id"')  # fmt: skip
    rows.kind("blank lines", "orders", [b"\n", b"\n", b"\n"])
    rows.good("the row after blank lines", "orders")
    rows.kind("quote that never closes", "staff", [b'quote_that_never_closes|"consultant|2025-01-01\n', b"swallowed|consultant|2025-01-01\n"],
              rejected=[("unreadable_line", "unquoted_value")], trace='"quote_that_never_closes|')  # fmt: skip


def dialects(rows: Rows) -> None:
    """One good row at least in each file of another shape; the shapes stand in DIALECTS."""
    for number in (1, 2, 3):
        rows.good(f"semicolons {number}", "customers", city="a;b")
        rows.good(f"tabs and other column order {number}", "products", product_name="a\tb")
        rows.good(f"Windows line ends {number}", "refunds")
        rows.good(f"line feed in a value between Windows line ends {number}", "wecom_contacts", remark="one\ntwo")
        rows.good(f"byte order mark {number}", "touchpoints")
        rows.good(f"column names in capitals with spaces {number}", "campaigns")
        rows.good(f"comma in a quoted column name {number}", "campaign_members", **{"shop, note": "x,y", "备注": "z"})
        rows.good(f"old Mac line ends {number}", "manual_tags")
        rows.good(f"pipes {number}", "staff")
    for number in (1, 2, 3):
        cells = rows.cells("costs", f"column twice {number}")
        first_and_second = [cells[column] for column in columns_of("costs")[:4]] + ["999999"]
        rows.kind(f"column twice {number}", "costs", [dialect_of("costs").line(first_and_second)], staged=[typed("costs", cells)])
    rows.kinds.sort(key=lambda kind: kind.name == "quote that never closes")  # nothing can come after it


HEADER_ONLY = "wecom_group_members"


def write_csv_folder(folder: Path, kinds: list[Kind]) -> Path:
    """Write the kinds as a raw folder, a CSV file a table; one more has a header only."""
    folder.mkdir(parents=True)
    for table in dict.fromkeys(kind.table for kind in kinds):
        dialect = dialect_of(table)
        header = dialect.line(dialect.header(columns_of(table)))
        lines = [line for kind in kinds if kind.table == table for line in kind.lines]
        content = dialect.head + header + b"".join(lines)
        if table == "refunds":
            content = content.removesuffix(b"\r\n")
        (folder / f"{table}.csv").write_bytes(content)
    (folder / f"{HEADER_ONLY}.csv").write_text(",".join(CONTRACT[HEADER_ONLY]["columns"]))
    return folder


# The raw types of a Parquet folder that some other system wrote; note the names of the columns of orders, too.
PARQUET_TYPES = {
    "orders": {" Order_ID ": pa.large_string(), "CUSTOMER_ID": pa.int64(), "ordered_at": pa.timestamp("us", tz="Asia/Shanghai"),
               "paid_at": pa.date32(), "status": pa.dictionary(pa.int32(), pa.string()), "channel": pa.string(), "order_amount": pa.float64(),
               "discount_amount": pa.decimal128(38, 10), "coupon_amount": pa.int32(), "shipping_amount": pa.bool_(),
               "staff_userid": pa.float64(), "device_id": pa.binary(), "campaign_id": pa.uint64(), "coupon_code": pa.list_(pa.string()),
               "note": pa.struct([("a", pa.int32())])},
    "order_items": {"order_id": pa.string(), "line_no": pa.int64(), "sku_id": pa.int32(), "quantity": pa.float64(), "unit_price": pa.float32()},
    "refunds": {"refund_id": pa.int64(), "order_id": pa.string(), "refunded_at": pa.string(), "refund_amount": pa.date32()},
    "products": {"sku_id": pa.int32(), "launched_at": pa.date32(), "list_price": pa.decimal128(38, 0), "product_name": pa.large_string()},
    "customers": {"customer_id": pa.int64(), "registered_at": pa.int64(), "birth_date": pa.timestamp("ns"), "followers_count": pa.float64(),
                  "gender": pa.bool_()},
    "touchpoints": {"event_id": pa.binary(), "occurred_at": pa.timestamp("ns"), "event_type": pa.string(), "customer_id": pa.float64(),
                    "rating": pa.bool_(), "duration_seconds": pa.string()},
    "wecom_staff_daily": {"userid": pa.string(), "stat_time": pa.timestamp("ms"), "new_apply_cnt": pa.uint64(),
                          "reply_percentage": pa.decimal128(5, 2), "avg_reply_time": pa.float64()},
    "costs": {"cost_date": pa.timestamp("us", tz="UTC"), "channel": pa.string(), "cost_kind": pa.string(), "amount": pa.float32()},
    "staff": {"userid": pa.string(), "persona": pa.list_(pa.string()), "joined_at": pa.time64("us")},
    "wecom_group_chats": {"chat_id": pa.string(), "create_time": pa.int64()},
    "consents": {"customer_id": pa.int64(), "status": pa.bool_(), "changed_at": pa.timestamp("us")},
    "contact_blocks": {"phone_hash": pa.string(), "blocked_until": pa.timestamp("ms")},
}  # fmt: skip
WRITTEN_AS = {"order_id": " Order_ID ", "customer_id": "CUSTOMER_ID"}


def parquet_kinds() -> list[Kind]:
    """Return what Parquet files of other types can hold. `staged` states the columns that matter here."""
    rows = Rows()

    def orders(name: str, staged: dict | None = None, rejected: tuple | None = None, **changes) -> None:
        row = {"order_id": marker(name), "customer_id": 7, "ordered_at": datetime(2026, 1, 5, 2), "status": "paid", "channel": "app",
               "paid_at": date(2026, 1, 5), "order_amount": 12.5, **changes}  # fmt: skip
        expected = {"staged": [{"order_id": marker(name), **staged}]} if staged else {"rejected": [rejected]}
        rows.kind(name, "orders", [{WRITTEN_AS.get(column, column): value for column, value in row.items()}], **expected)

    lines, expected = [], []
    for number in range(120):
        key, day = f"parquet_good_{number}", datetime(2025, 6, 1) + timedelta(days=2 * number)
        lines.append(
            {" Order_ID ": key, "CUSTOMER_ID": 1 + number % 20, "ordered_at": day, "paid_at": day.date(), "status": "paid", "order_amount": number + 0.5}
        )
        expected.append({"order_id": key, "customer_id": str(1 + number % 20), "ordered_at": day, "order_amount": number + Decimal("0.5")})
    rows.kind("good orders of other types", "orders", lines, staged=expected)
    orders("double that binary cannot hold", {"order_amount": Decimal("0.3000")}, order_amount=0.1 + 0.2)
    orders("date instead of time", {"paid_at": datetime(2026, 1, 4)}, paid_at=date(2026, 1, 4))
    orders("integer and long decimal as money", {"coupon_amount": Decimal(3), "discount_amount": Decimal("1.2346")},
           coupon_amount=3, discount_amount=Decimal("1.2345678901"))  # fmt: skip
    orders("pandas doubles as ids", {"staff_userid": "17850"}, staff_userid=17850.0)
    orders("a double id with decimals", {"staff_userid": "2.5"}, staff_userid=2.5)
    orders("NaN as an id", {"staff_userid": None}, staff_userid=float("nan"))
    orders("infinity as an id", {"staff_userid": None}, staff_userid=float("inf"))
    orders("bytes, unsigned and list as text", {"device_id": "dev1", "campaign_id": str(2**64 - 1), "coupon_code": "[a, b]"},
           device_id=b"dev1", campaign_id=2**64 - 1, coupon_code=["a", "b"])  # fmt: skip
    orders("null integer customer", {"customer_id": None}, customer_id=None)
    for name, amount in {"NaN": float("nan"), "infinity": float("inf"), "minus infinity": -float("inf")}.items():
        orders(f"double amount {name}", rejected=("missing_value", "order_amount"), order_amount=amount)
    for name, amount in {"1e30": 1e30, "1e15": 1e15}.items():
        orders(f"double amount {name}", rejected=("unreadable_value", "order_amount"), order_amount=amount)
    orders("negative double", rejected=("negative_amount", "order_amount"), order_amount=-0.01)
    orders("null double", rejected=("missing_value", "order_amount"), order_amount=None)
    orders("decimal overflow", rejected=("unreadable_value", "discount_amount"), discount_amount=Decimal(10) ** 27)
    orders("boolean as money", rejected=("unreadable_value", "shipping_amount"), shipping_amount=True)
    orders("null status", rejected=("missing_value", "status"), status=None)
    orders("timestamp of 1970", rejected=("implausible_date", "ordered_at"), ordered_at=datetime(1970, 1, 1, 1))
    orders("timestamp of 2099", rejected=("implausible_future", "ordered_at"), ordered_at=datetime(2099, 1, 1))
    orders("timestamp of 9999", rejected=("unreadable_value", "ordered_at"), ordered_at=datetime(9999, 12, 31))
    orders("null timestamp", rejected=("missing_value", "ordered_at"), ordered_at=None)
    orders("null text key", rejected=("missing_key", "order_id"), order_id=None, device_id=b"null_text_key")
    other_tables(rows)
    return rows.kinds


def other_tables(rows: Rows) -> None:
    def row(name: str, table: str, key: dict, values: dict, staged: dict | None = None, rejected: tuple | None = None) -> None:
        shown = {column: value.decode() if isinstance(value, bytes) else value for column, value in key.items()}
        texts = {column: str(value) if CONTRACT[table]["columns"][column] == "text" else value for column, value in shown.items()}
        expected = {"staged": [texts | staged]} if staged is not None else {"rejected": [rejected]}
        traces = [f'"{column}":{value if isinstance(value, int) else chr(34) + str(value) + chr(34)}' for column, value in shown.items()]
        rows.kind(name, table, [key | values], **expected, trace=traces[-1])

    bad = "unreadable_value"
    row("items of doubles", "order_items", {"order_id": "parquet_good_1", "line_no": 1}, {"sku_id": 5, "quantity": 2.0, "unit_price": 1.5},
        {"sku_id": "5", "quantity": 2, "unit_price": Decimal("1.5")})  # fmt: skip
    row(
        "half an item",
        "order_items",
        {"order_id": "parquet_good_1", "line_no": 202},
        {"sku_id": 5, "quantity": 0.5, "unit_price": 1.5},
        None,
        (bad, "quantity"),
    )
    row(
        "NaN items",
        "order_items",
        {"order_id": "parquet_good_1", "line_no": 203},
        {"sku_id": 5, "quantity": float("nan"), "unit_price": 1.5},
        None,
        ("missing_value", "quantity"),
    )
    row("parquet orphan", "order_items", {"order_id": "nobody", "line_no": 204}, {"sku_id": 5, "quantity": 1.0, "unit_price": 1.5}, None, ("orphan", None))
    row("date as money", "refunds", {"refund_id": 301}, {"order_id": "parquet_good_2", "refunded_at": "2026-01-05T10:00:00+0800", "refund_amount": date(2026, 1, 1)},
        None, (bad, "refund_amount"))  # fmt: skip
    row(
        "no refund amount", "refunds", {"refund_id": 302}, {"order_id": "parquet_good_2", "refunded_at": "2026-01-05"}, None, ("missing_value", "refund_amount")
    )
    row("date of launch", "products", {"sku_id": 401}, {"launched_at": date(2025, 9, 1), "list_price": Decimal(99)},
        {"launched_at": datetime(2025, 9, 1), "list_price": Decimal(99)})  # fmt: skip
    row("date beyond all timestamps", "products", {"sku_id": 402}, {"launched_at": 200_000_000}, {"launched_at": None})
    row("decimal of 38 digits", "products", {"sku_id": 403}, {"list_price": Decimal(10) ** 37}, {"list_price": None})
    row("epoch seconds and whole doubles", "customers", {"customer_id": 501}, {"registered_at": 1767607200, "birth_date": datetime(1990, 5, 6), "followers_count": 3.0},
        {"registered_at": datetime(2026, 1, 5, 10), "birth_date": date(1990, 5, 6), "followers_count": 3})  # fmt: skip
    row("epoch milliseconds and a boolean gender", "customers", {"customer_id": 502}, {"registered_at": 1767607200123, "gender": True},
        {"registered_at": datetime(2026, 1, 5, 10, 0, 0, 123000), "gender": "other"})  # fmt: skip
    row("epoch of days", "customers", {"customer_id": 503}, {"registered_at": 20458}, None, (bad, "registered_at"))
    row("half a follower", "customers", {"customer_id": 504}, {"followers_count": 2.5}, {"followers_count": None})
    row("too many followers for an integer", "customers", {"customer_id": 505}, {"followers_count": 1e20}, {"followers_count": None})
    row("nanoseconds and double ids", "touchpoints", {"event_id": b"event601"}, {"occurred_at": datetime(2026, 1, 5, 10), "event_type": "search", "customer_id": 501.0, "duration_seconds": "30"},
        {"occurred_at": datetime(2026, 1, 5, 10), "customer_id": "501", "duration_seconds": 30})  # fmt: skip
    row(
        "NaN as customer",
        "touchpoints",
        {"event_id": b"event602"},
        {"occurred_at": datetime(2026, 1, 5, 10), "event_type": "search", "customer_id": float("nan")},
        {"customer_id": None},
    )
    row(
        "boolean as integer",
        "touchpoints",
        {"event_id": b"event603"},
        {"occurred_at": datetime(2026, 1, 5, 10), "event_type": "search", "rating": True},
        {"rating": None},
    )
    row("milliseconds and decimal", "wecom_staff_daily", {"stat_time": datetime(2026, 1, 5, 16), "userid": "staff701"}, {"new_apply_cnt": 3, "reply_percentage": Decimal("93.5")},
        {"new_apply_cnt": 3, "reply_percentage": 93.5})  # fmt: skip
    row(
        "unsigned overflow",
        "wecom_staff_daily",
        {"stat_time": datetime(2026, 1, 5, 16), "userid": "staff702"},
        {"new_apply_cnt": 2**64 - 1},
        {"new_apply_cnt": None},
    )
    row(
        "infinite number",
        "wecom_staff_daily",
        {"stat_time": datetime(2026, 1, 5, 16), "userid": "staff703"},
        {"avg_reply_time": float("inf")},
        {"avg_reply_time": None},
    )
    row("time stamp instead of date", "costs", {"cost_date": datetime(2026, 1, 5), "cost_kind": "traffic", "channel": "app801"}, {"amount": 88.5},
        {"cost_date": date(2026, 1, 5), "amount": Decimal("88.5")})  # fmt: skip
    row(
        "single precision NaN",
        "costs",
        {"cost_date": datetime(2026, 1, 5), "cost_kind": "traffic", "channel": "app802"},
        {"amount": float("nan")},
        None,
        ("missing_value", "amount"),
    )
    row("false as withdrawn", "consents", {"customer_id": 1001}, {"status": False, "changed_at": datetime(9999, 12, 31)},
        {"status": "withdrawn", "channel": "all", "purpose": "marketing", "changed_at": None})  # fmt: skip
    row("true as granted", "consents", {"customer_id": 1002}, {"status": True, "changed_at": datetime(2026, 1, 5)},
        {"status": "granted", "changed_at": datetime(2026, 1, 5)})  # fmt: skip
    row("block of two columns", "contact_blocks", {"phone_hash": "hash1101"}, {"blocked_until": datetime(2026, 1, 5, 23)},
        {"channel": "all", "reason": None, "blocked_at": None, "blocked_until": date(2026, 1, 5)})  # fmt: skip
    row("list as text", "staff", {"userid": "staff901"}, {"persona": ["doctor", "coach"]}, {"persona": "[doctor, coach]"})
    row("time of day as time", "staff", {"userid": "staff902"}, {"joined_at": 36_000_000_000}, None, (bad, "joined_at"))


def write_parquet_folder(folder: Path, kinds: list[Kind]) -> Path:
    """Write the kinds as a raw folder of Parquet files; one more has no rows."""
    folder.mkdir(parents=True)
    for table, types in PARQUET_TYPES.items():
        lines = [line for kind in kinds if kind.table == table for line in kind.lines]
        columns = [pa.array([line.get(column) for line in lines], type=type_) for column, type_ in types.items()]
        pq.write_table(pa.Table.from_arrays(columns, names=list(types)), folder / f"{table}.parquet")
    return folder


def records_in(file: Path, delimiter: str) -> int:
    """Return how many records a CSV file holds under its header, as Python's own reader counts them."""
    limit = csv.field_size_limit(100_000_000)
    try:
        with file.open(encoding="latin-1", newline="") as lines:
            without_nul = (line.replace("\0", "") for line in lines)  # Python 3.10 refuses NUL
            return max(sum(1 for record in csv.reader(without_nul, delimiter=delimiter) if record) - 1, 0)
    finally:
        csv.field_size_limit(limit)


def write_plain_folder(folder: Path, *, orders: int = 40, leave_out: tuple[str, ...] = ()) -> Path:
    """Write a small raw folder of valid rows with every table of TEMPLATES, but for those left out."""
    folder.mkdir(parents=True)
    rows = Rows()
    for table in TEMPLATES:
        if table in leave_out:
            continue
        columns = list(CONTRACT[table]["columns"])
        with (folder / f"{table}.csv").open("w", newline="") as file:
            writer = csv.DictWriter(file, columns, extrasaction="ignore", lineterminator="\n")
            writer.writeheader()
            for number in range(1, (orders if table == "orders" else 4) + 1):
                cells = rows.cells(table, f"good{number:03}")
                if table == "orders":
                    ordered = datetime(2025, 9, 1, 3) + timedelta(days=5 * number)
                    cells |= {"customer_id": f"good{number % 12:03}", "ordered_at": str(ordered), "paid_at": str(ordered)}
                writer.writerow(cells)
    return folder
