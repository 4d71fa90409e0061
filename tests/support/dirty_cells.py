"""How exports write values, and what they do to cells: each function knows what must come of it."""

from __future__ import annotations

import hashlib
import re
import unicodedata
from datetime import date, datetime, timedelta
from decimal import Decimal
from random import Random
from zoneinfo import ZoneInfo

from tagmart.contract import raw_contract

CONTRACT = raw_contract()
IDENTIFIERS = {
    "order_id",
    "customer_id",
    "refund_id",
    "event_id",
    "sku_id",
    "userid",
    "external_userid",
    "unionid",
    "openid",
    "phone_hash",
    "device_id",
    "coupon_code",
}
PERSONS = {"customer_id", "unionid", "openid", "external_userid", "phone_hash", "device_id"}
EPOCH = datetime(1970, 1, 1)
SHANGHAI = ZoneInfo("Asia/Shanghai")
DAY_STYLES = ("day_first", "month_first")
TIME_STYLES = ["iso", "iso", "iso", "slash", "chinese", "compact", "seconds", "milliseconds", "float_seconds", "serial", *DAY_STYLES, "offset", "zulu", "zone"]
NUMBER_STYLES = ["plain", "plain", "thousands", "currency", "comma"]
CODES = {
    "completed": ["交易成功", "已完成", "COMPLETED", "TRADE_FINISHED", "delivered"], "paid": ["买家已付款", "等待卖家发货", "Paid", "processing"], "shipped": ["卖家已发货", "SHIPPED", "fulfilled"],
    "refunded": ["退款成功", "Refunded"], "cancelled": ["已取消", "canceled"], "closed": ["交易关闭", "TRADE_CLOSED"], "created": ["待付款", "Created", "等待买家付款"],
    "male": ["男", "M", "Male", "先生"], "female": ["女", "F", "FEMALE", "女士"], "unknown": ["未知", "保密", "Unknown"], "store": ["门店", "POS", "Store"], "app": ["APP", "iOS", "客户端"],
    "web": ["官网", "H5"], "mini_program": ["小程序", "微信小程序", "Mini Program"], "page_view": ["浏览", "PageView", "Page View"], "add_to_cart": ["加购", "AddToCart"], "search": ["搜索"],
    "share": ["分享", "Share"], "traffic": ["广告费", "Ads"], "delivery": ["短信费", "SMS"], "CNY": ["RMB", "人民币", "cny"], "del_follow_user": ["被客户删除"], "transfer": ["离职继承"],
}  # fmt: skip
GENDERS = {0: ["未知"], 1: ["男", "Male"], 2: ["女", "female"]}
NOTHING = ["null", "None", "NaN", "nan", "N/A", "-", "--", "无", "undefined", "#N/A", "(null)", "暂无", "   ", "\u200b"]
NO_ID = ["0", "00000000", "0.0", "unknown", "游客", "匿名用户"]
FILLER = ["", "null", "None", "0", "13800000000", "-"]
NOBODY = {
    h(word.encode()).hexdigest()
    for word in FILLER
    for h in (lambda b: hashlib.md5(b, usedforsecurity=False), lambda b: hashlib.sha1(b, usedforsecurity=False), hashlib.sha256)
}
NO_TIME = ["0", "0000-00-00 00:00:00", "0000-00-00", "1899-12-30", "NaT", "-", "null", "无"]
NO_NUMBER = ["NaN", "nan", "inf", "-Infinity", "N/A", "-", "无", "null", "#N/A"]
GARBAGE: dict[tuple[str, str], list[tuple[str, object, str]]] = {
    ("customers", "birth_date"): [("05-03", None, "unreadable_value"), ("属龙", None, "unreadable_value"), ("1990-02-30", None, "unreadable_value")],
    ("customers", "followers_count"): [("1.2万", None, "unreadable_value"), ("-5", None, "out_of_range"), ("many", None, "unreadable_value")],
    ("customers", "gender"): [("robot", "other", "unknown_code")], ("orders", "channel"): [("carrier pigeon", "other", "unknown_code")],
    ("orders", "coupon_code"): [("2.02207E+18", None, "unreadable_value")], ("products", "list_price"): [("ask us", None, "unreadable_value"), ("-1", None, "out_of_range")],
    ("products", "launched_at"): [("soon", None, "unreadable_value")], ("touchpoints", "duration_seconds"): [("-3", None, "out_of_range"), ("1.5", None, "unreadable_value")],
    ("touchpoints", "rating"): [("五星", None, "unreadable_value")], ("touchpoints", "touchpoint"): [("smoke signal", "other", "unknown_code")],
    ("wecom_contacts", "add_way"): [("a friend", None, "unreadable_value")], ("wecom_contacts", "delete_type"): [("abducted", "other", "unknown_code")],
}  # fmt: skip
FULL_WIDTH = str.maketrans({chr(code): chr(code + 0xFEE0) for code in range(0x21, 0x7F)})
DAY_MONTH = re.compile(r"(?<!\d)(\d{1,2})/(\d{1,2})/\d{4}")


def kind_of(table: str, column: str) -> str:
    """Return identifier, code, text, number or time."""
    type_ = CONTRACT[table]["columns"][column]
    if column in IDENTIFIERS:
        return "identifier"
    if type_ in ("timestamp", "date"):
        return "time"
    return "code" if column in CONTRACT[table].get("codes", {}) else "text" if type_ == "text" else "number"


def written(value: object, times: str, numbers: str) -> str:
    """Return a value as a column of these styles writes it."""
    if isinstance(value, datetime):
        return written_time(value, times)
    if isinstance(value, date):
        return written_day(value, times)
    if not isinstance(value, Decimal | float):
        return "" if value is None else str(value)
    text = {"plain": f"{value:.2f}", "thousands": f"{value:,.2f}", "currency": f"¥{value:,.2f}"}.get(numbers)
    return text or f"{value:,.2f}".translate(str.maketrans(",.", ".,"))


def written_time(value: datetime, style: str) -> str:
    seconds = int((value - EPOCH).total_seconds())
    numbers = {"seconds": f"{seconds}", "milliseconds": f"{seconds}000", "float_seconds": f"{seconds}.0"}
    if style in numbers:
        return numbers[style]
    if style == "serial":
        return f"{(value - datetime(1899, 12, 30)) / timedelta(days=1):.10f}"
    local = (value + timedelta(hours=8)).isoformat(" ")
    clock = f"{value:%H:%M:%S}"
    return {"offset": f"{local}+08:00", "zone": f"{local} Asia/Shanghai", "zulu": value.isoformat() + "Z", "compact": f"{value:%Y%m%d%H%M%S}"}.get(
        style
    ) or f"{written_day(value, style)} {clock}"


def written_day(value: date, style: str) -> str:
    if style == "serial":
        return str((date(value.year, value.month, value.day) - date(1899, 12, 30)).days)
    return {"slash": f"{value.year}/{value.month}/{value.day}", "chinese": f"{value.year}年{value.month}月{value.day}日", "compact": f"{value:%Y%m%d}", "day_first": f"{value:%d/%m/%Y}",
            "month_first": f"{value.month}/{value.day}/{value.year}"}.get(style, f"{value:%Y-%m-%d}")  # fmt: skip


def mended(random: Random, table: str, column: str, text: str, value: object) -> str:
    """Return another way to write a cell, from which the same value must come."""
    kind = kind_of(table, column)
    ways = [f"{text}\t", f"  {text}", f"\u00a0{text} ", f"\u200b{text}", f"{text}\ufeff", f'="{text}"']
    if kind != "text":
        ways += [text.translate(FULL_WIDTH)] * 2
    if kind == "identifier":
        ways += [f"'{text}", f"`{text}"] * text[:1].isdigit() + [f"{text}.0", f"{text}.00"] * (text.isdigit() and text[0] != "0")
    synonyms = CODES.get(text, []) if kind == "code" or column == "currency" else GENDERS[value] if (table, column) == ("wecom_contacts", "gender") else []
    if column == "currency":
        ways = synonyms
    if (
        kind == "time"
        and text[:4].isdigit()
        and "-" in text[4:5]
        and isinstance(value, datetime)
        and "+" not in text
        and "Z" not in text
        and "Asia" not in text
    ):
        ways += [
            f"{value.year}年{value.month}月{value.day}日 {value.hour}时{value.minute}分{value.second}秒",
            f"{value:%Y.%m.%d %H:%M:%S}",
            f"{value:%d %b %Y %H:%M:%S}",
        ]
    if kind == "number" and isinstance(value, Decimal):
        ways += [f"{text} 元", f"CNY {text}"] if text[0] not in "¥￥" else [f"{text[1:]}元"]
    return random.choice([*ways, *synonyms * 3] or [text])


def word_for_nothing(random: Random, table: str, column: str, times: str) -> str:
    """Return a cell that says nothing, of a column that may say nothing."""
    kind = kind_of(table, column)
    if kind == "time":
        unset = (
            ["1970-01-01 00:00:00"]
            if CONTRACT[table]["columns"][column] == "timestamp" and column != CONTRACT[table].get("event_at") and times == "iso"
            else []
        )
        return random.choice(NO_TIME + unset)
    if kind == "number":
        return random.choice(NO_NUMBER)
    return random.choice(
        NOTHING + (NO_ID if kind == "identifier" else []) + (sorted(NOBODY) + ["13800000000", "9774D56D682E549C"] if column in PERSONS else [])
    )


def undecided(cells: list[str]) -> bool:
    """Return whether the days and months of a column can be told apart by nothing in it."""
    pairs = [(int(found[1]), int(found[2])) for cell in cells if (found := DAY_MONTH.search(unicodedata.normalize("NFKC", cell)))]
    return any(a != b and a <= 12 and b <= 12 for a, b in pairs) and not any(a > 12 or b > 12 for a, b in pairs)
