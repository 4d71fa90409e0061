"""Cells as real exports write them, with what they mean, for test_real_exports.py."""

from __future__ import annotations

import hashlib
from datetime import date, datetime

# One order each, though written in two ways; and one customer, c90, in all of them.
SAME = {
    "A1": "A1\t", "A2": "A2\u200b", "A3": '="A3"', "A4": "Ａ４", "A5": "\u00a0A5", "A6": "\ufeffA6", "A7": "A7\u3000", "A8": '="A8"\t', "A9": "\u2060A9\u200d",
    "2001": "'2001", "2002": "`2002", "2003": "２００３", "2004": "2004.0",
}  # fmt: skip
C90 = [
    "c90",
    "c90\u200b",
    "\u200bc90",
    "c90\t",
    "c90\u00a0",
    "\ufeffc90",
    '="c90"',
    "ｃ９０",
    "\u3000c90",
    "c90\u200d",
    "c90\u2060",
    "\u202ac90\u202c",
    "c90\r\n",
]
NOBODY = ["null", "None", "nan", "NaN", "undefined", "-", "N/A", "0", "无", "NULL", "NONE", "n/a", "Undefined", "#N/A", "(null)", "<NA>", "NaT", "nil", "\\N", "--",
          "——", "暂无", "空", "未知", "匿名用户", "游客", "guest", "Unknown", "00000000", "0.0", "\u200b", "\t"]  # fmt: skip
SCIENTIFIC = ["2.02207E+18", "2.02207e+18", "1.23E+17", "2E+18", "6.90123E+12"]
WORDS = ["", "null", "None", "NaN", "N/A", "-", "0", "undefined", "无", "13800000000"]
HASHES = [hash_(word.encode()).hexdigest() for word in WORDS for hash_ in (hashlib.md5, hashlib.sha1, hashlib.sha256)]
FILLER = [*HASHES, HASHES[0].upper(), HASHES[2].upper(), "13800000000", "13888888888", "18888888888", "13812345678", "13800138000", "12345678901", "11111111111",
          "22222222222", "99999999999", "00000000000"]  # fmt: skip
# Discount, coupon: what is left of goods of 50, and what was cut off.
REDUCED = {"coupon60": ("", "60", 0, True), "discount80": ("80", "", 0, True), "both30": ("30", "30", 0, True), "one_cent": ("", "50.01", 0, True),
           "all": ("", "50", 0, False), "part": ("10", "15", 25, False), "guarded": ("¥10", '="15.00"\t', 25, False)}  # fmt: skip
BIRTHS = {
    "1990年1月1日": date(1990, 1, 1), "19900101": date(1990, 1, 1), "05-03": None, "32874": None, "1990/1/1": date(1990, 1, 1), "1990.01.01": date(1990, 1, 1),
    "1990-02-30": None, "属马": None, "19900101.0": date(1990, 1, 1), "1990-01-01 00:00:00": date(1990, 1, 1), "0000-00-00": None, "1 Jan 1990": date(1990, 1, 1),
    "１９９０－０１－０１": date(1990, 1, 1), "5月3日": None, "90后": None, "1990年1月1号": date(1990, 1, 1),
}  # fmt: skip
GENDERS = {"男": "male", "女": "female", "未知": "unknown", "男性": "male", "女士": "female", "保密": "unknown", "M": "male", "f": "female", "FEMALE": "female", "先生": "male",
           "女\t": "female", "Male": "male", "牛": "other", "": None, "null": None}  # fmt: skip
IN_JUNE = datetime(2025, 6, 15)
LOST = {"1749945600.0": IN_JUNE, "1749945600": IN_JUNE, "1749945600000": IN_JUNE, "1749945600.000": IN_JUNE, "1.7499456E+9": IN_JUNE, '="1749945600"': IN_JUNE,
        "1749945600.0\t": IN_JUNE, "0": None, "0.0": None, "0000-00-00 00:00:00": None, "": None, "NaN": None, "nan": None, "NaT": None, "-": None, "无": None,
        "1970-01-01 00:00:00": None, "1970-01-01 08:00:00": None}  # fmt: skip
