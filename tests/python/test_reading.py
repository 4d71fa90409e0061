"""Delimited files in any encoding: the same text comes out as went in, or one sentence asks; never another text."""

from __future__ import annotations

import codecs
import csv
import os
import random
import re
import tracemalloc
from pathlib import Path

import pytest
from encoded_words import WORDS
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from tagmart.reading import ReadingProblem, as_utf8_csv
from tagmart.reading.codec_names import codec_of, given_as
from tagmart.reading.header import clean_name

KNOWN = ("customer_id", "registered_at", "gender", "city")
EACH_WORD = [(codec, word) for codec, words in WORDS.items() for word in words]
# One word alone of which two encodings make as good a word: these ask, all others are read.
UNDECIDED = {"gb18030": {"鑫", "晖", "喆", "许昕"}, "cp950": {"備註", "男", "女", "高雄", "九龍", "黃", "嘉義", "M號"}, "cp1252": {"20°C"},
             "cp949": {"부산", "이름", "성별", "여성"}, "cp932": {"大阪", "注文", "備考"}, "cp1251": {"имя", "город"}}  # fmt: skip


def write(folder: Path, content: bytes, name: str = "customers.csv") -> Path:
    file = folder / name
    file.write_bytes(content)
    return file


def read(file: Path, known=KNOWN, **options):
    """The rows that Python's own reader finds in the UTF-8 file, and what came of the file."""
    found = as_utf8_csv(file, file.parent / "out", known, **options)
    csv.field_size_limit(10_000_000)
    with found.path.open(encoding="utf-8-sig", newline="") as lines:
        return list(csv.reader(lines, delimiter=found.delimiter)), found


def table(words: list[str]) -> str:
    return "customer_id,city\r\n" + "".join(f"c{number},{word}\r\n" for number, word in enumerate(words))


@pytest.mark.parametrize(("codec", "word"), EACH_WORD, ids=[f"{codec}-{word}" for codec, word in EACH_WORD])
@pytest.mark.parametrize("as_header", [False, True], ids=["cell", "header"])
def test_one_word_is_read_or_asked_for(tmp_path, codec, word, as_header):
    text = f"customer_id,registered_at,gender,city,{word}\r\n" if as_header else table([word])
    file = write(tmp_path, text.encode(codec))
    if word in UNDECIDED.get(codec, ()):
        with pytest.raises(ReadingProblem, match=f"set raw_encoding to .*{given_as(codec)}.*, or save it as CSV UTF-8"):
            read(file)
        rows, _ = read(file, encoding=given_as(codec))
    else:
        rows, _ = read(file)
    assert rows == list(csv.reader(text.splitlines()))


@settings(max_examples=400, derandomize=True, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(data=st.data(), codec=st.sampled_from(sorted(WORDS)), size=st.integers(2, 40))
def test_several_words_are_read_and_never_wrong(tmp_path, data, codec, size):
    words = data.draw(st.lists(st.sampled_from(WORDS[codec]), min_size=size, max_size=size))
    file = write(tmp_path, table(words).encode(codec))
    try:
        rows, _ = read(file)
    except ReadingProblem as problem:
        assert len(set(words)) <= 3, problem
        assert given_as(codec) in str(problem)
    else:
        assert [row[1] for row in rows[1:]] == words


@pytest.mark.parametrize("codec", sorted(WORDS))
def test_ten_different_words_always_decide(tmp_path, codec):
    chance = random.Random(7)
    for _ in range(40):
        words = chance.sample(WORDS[codec], min(10, len(WORDS[codec])))
        rows, _ = read(write(tmp_path, table(words).encode(codec)))
        assert [row[1] for row in rows[1:]] == words


@pytest.mark.parametrize("codec", ["utf-8-sig", "utf-16", "utf-16-le", "utf-16-be", "utf-32"])
@pytest.mark.parametrize("head", ["customer_id\tcity", "城市\t备注"], ids=["English", "Chinese"])
def test_unicode_of_every_kind(tmp_path, codec, head):
    text = f"{head}\r\n1\t上海🧧\r\n2\t\r\n"
    rows, found = read(write(tmp_path, text.encode(codec), "customers.TXT"))
    assert rows == [head.split("\t"), ["1", "上海🧧"], ["2", ""]]
    assert found.delimiter == "\t" and found.columns == head.split("\t")


def test_big_endian_with_a_mark(tmp_path):
    rows, _ = read(write(tmp_path, codecs.BOM_UTF16_BE + "customer_id,city\n1,上海\n".encode("utf-16-be")))
    assert rows[1] == ["1", "上海"]


def test_what_windows_and_hong_kong_add_to_their_encodings(tmp_path):
    """The euro of cp936, the characters of HKSCS, and a mark of GB18030."""
    text = table(["上海", "交易成功", "价格€12", "€"])
    assert read(write(tmp_path, text.replace("€", "\x00").encode("gbk").replace(b"\0", b"\x80")))[0] == list(csv.reader(text.splitlines()))
    text = table(["香港九龍", "訂單編號", "嘅啲咗", "冇喺嚟"])
    rows, found = read(write(tmp_path, text.encode("big5hkscs")))
    assert rows == list(csv.reader(text.splitlines())) and found.encoding == "cp950"
    text = "customer_id,city\r\n1,𠮷\r\n"
    assert read(write(tmp_path, ("\ufeff" + text).encode("gb18030")))[0] == list(csv.reader(text.splitlines()))


def test_plain_utf_8_is_read_in_place(tmp_path):
    for content in ("customer_id,city\n1,上海\n", "\ufeffcustomer_id,city\r\n1,a\r\n", "customer_id,city\r1,a\r", "customer_id,city"):
        file = write(tmp_path, content.encode())
        found = as_utf8_csv(file, tmp_path / "out", KNOWN)
        assert (found.path, found.is_converted, found.encoding, found.columns) == (file, False, "utf-8", ["customer_id", "city"])
    assert not (tmp_path / "out").exists()


@pytest.mark.parametrize(
    ("cell", "codec"),
    [
        ("¥12.50", "utf-8"),
        ("¥1,234,567", "utf-8"),
        ("¥ 12.50", "utf-8"),
        ("£12.50", "utf-8"),
        ("€ 12.50", "utf-8"),
        ("￥12.50", "gb18030"),
        ("3楼", "gb18030"),
        ("楼上", "gb18030"),
    ],
)
def test_the_only_sign_in_a_file_is_money(tmp_path, cell, codec):
    """'¥' in UTF-8 is '楼' in GBK; a floor of a building stays one."""
    rows, found = read(write(tmp_path, f'customer_id,city\r\n1,"{cell}"\r\n'.encode(codec)))
    assert (rows[1], found.encoding) == (["1", cell], codec)


def test_utf_8_with_a_few_broken_lines_stays_utf_8(tmp_path):
    """The broken lines go to stg_unreadable_lines, as they are."""
    lines = [f"c{number},上海市{number}\n".encode() for number in range(50)] + ["x,优惠券\n".encode("gbk"), b"y,caf\xe9\n", "z,上海".encode()[:-1]]
    found = as_utf8_csv(write(tmp_path, b"customer_id,city\n" + b"".join(lines)), tmp_path / "out", KNOWN)
    assert (found.encoding, found.is_converted) == ("utf-8", False)
    assert as_utf8_csv(tmp_path / "customers.csv", tmp_path / "out", KNOWN, encoding="gbk").encoding == "utf-8"


@pytest.mark.parametrize("codec", ["gbk", "big5", "latin-1"])
@pytest.mark.parametrize("share", [0.3, 0.5, 0.8])
def test_a_file_of_two_systems_is_never_read_as_other_words(tmp_path, codec, share):
    """Half of it UTF-8: the other half is counted as unreadable, and the share of it makes the build red."""
    words = WORDS[{"gbk": "gb18030", "big5": "cp950", "latin-1": "cp1252"}[codec]]
    words = [word for word in words if word.encode(codec, "ignore").decode(codec) == word]
    lines = [f"{word}市,上海{word}\n".encode() if number >= share * len(words) else f"x,{word}\n".encode(codec) for number, word in enumerate(words)]
    found = as_utf8_csv(write(tmp_path, b"customer_id,city\n" + b"".join(lines)), tmp_path / "out", KNOWN)
    assert (found.encoding, found.is_converted) == ("utf-8", False)


def test_broken_bytes_of_a_converted_file_stay_broken(tmp_path):
    """Not replaced, not dropped: DuckDB finds the line unreadable, and it is counted."""
    text = table(["上海", "北京", "交易成功"] * 20).encode("gbk") + b"bad,\xff\xff\r\n"
    found = as_utf8_csv(write(tmp_path, text), tmp_path / "out", KNOWN)
    assert found.encoding == "gb18030"
    *good, bad = found.path.read_bytes().splitlines()
    assert bad == b"bad,\xff\xff" and len(good) == 61 and good[1].decode() == "c0,上海"


def test_given_encoding_wins_but_not_over_unicode(tmp_path):
    rows, found = read(write(tmp_path, table(["Łódź", "Plzeň"]).encode("cp1250")), encoding="windows-1250")
    assert [row[1] for row in rows[1:]] == ["Łódź", "Plzeň"] and found.encoding == "cp1250"
    assert read(write(tmp_path, table(["上海"]).encode()), encoding="gbk")[1].encoding == "utf-8"
    assert read(write(tmp_path, table(["上海"]).encode("utf-16")), encoding="gbk")[0][1] == ["c0", "上海"]
    with pytest.raises(ReadingProblem, match="cannot be read in 'klingon', which is no encoding"):
        read(write(tmp_path, table(["上海"]).encode("gbk")), encoding="klingon")


@pytest.mark.parametrize(("name", "codec"), [("gbk", "gb18030"), ("GB2312", "gb18030"), ("big5", "cp950"), ("Latin-1", "iso8859-1"), ("utf8", "utf-8"),
                                             ("klingon", None), ("base64", None), ("rot13", None), ("idna", None), ("", None), ("a\0b", None)])  # fmt: skip
def test_names_of_encodings(name, codec):
    assert codec_of(name) == codec


@pytest.mark.parametrize(("kind", "content"), [("nothing", b""), ("mark", b"\xef\xbb\xbf"), ("mark of UTF-16", b"\xff\xfe"), ("blank", b" \t\r\n\n"),
                                               ("blank UTF-16", "\r\n ".encode("utf-16"))])  # fmt: skip
def test_a_file_without_content_is_said_to_be_empty(tmp_path, kind, content):
    with pytest.raises(ReadingProblem, match=r"customers.csv' is empty: export it again, or delete it if there is no such table\.$"):
        read(write(tmp_path, content))


@pytest.mark.parametrize(("content", "says"), [
    (b"<HTML>\r\n<table>", "is a web page (HTML)"), (b"\xef\xbb\xbf<!DOCTYPE html>", "is a web page (HTML)"), (b"\r\n<table border=1>", "is a web page"),
    ("<html>".encode("utf-16"), "is a web page"), (b'<?xml version="1.0"?><Workbook', "is an XML file"), (b"PAR1....", "is a Parquet file"),
    (b"\x1f\x8b\x08", "is compressed (gzip)"), (b"%PDF-1.7", "is a PDF"), (b"Rar!\x1a\x07", "is compressed (rar)"), (bytes(5000), "is empty"),
    (b"a\0\0b" * 2000, "is no text"),
])  # fmt: skip
def test_what_is_no_table_is_one_sentence(tmp_path, content, says):
    with pytest.raises(ReadingProblem) as problem:
        read(write(tmp_path, content))
    assert says in str(problem.value) and str(problem.value).endswith(".") and str(problem.value).count(". ") == 0


@pytest.mark.parametrize("ends", [("\n", "\r\n"), ("\r\n", "\n"), ("\r\n", "\r"), ("\n", "\r"), ("\r", "\n")])
@pytest.mark.parametrize("codec", ["utf-8", "gb18030"])
def test_mixed_line_ends_are_made_the_same(tmp_path, ends, codec):
    text = "customer_id,city" + ends[0] + "c1,上海" + ends[1] + 'c2,"first\r\nsecond\nthird, ""x"""' + ends[0] + "c3,北京" + ends[1]
    rows, found = read(write(tmp_path, text.encode(codec)))
    assert rows == [["customer_id", "city"], ["c1", "上海"], ["c2", 'first\r\nsecond\nthird, "x"'], ["c3", "北京"]]
    assert found.is_converted and found.path.read_bytes().count(b"\n") == 6


def test_line_ends_inside_quotes_are_no_mixture(tmp_path):
    file = write(tmp_path, b'customer_id,city\r\n1,"a\nb"\r\n2,"c\rd"\r\n')
    assert as_utf8_csv(file, tmp_path / "out", KNOWN).path == file


@pytest.mark.parametrize("size", [1 << 20, (1 << 20) + 1, (1 << 20) - 1, (1 << 20) - 2])
def test_a_pair_of_line_end_and_a_character_across_two_blocks(tmp_path, size):
    """Blocks of a MB are an affair of the reader: nothing may change where one ends."""
    for tail in ("\r\n", "上\r\n"):
        start = "customer_id,city\r\n1,"
        text = start + "x" * (size - len(start) - 1) + tail + "2,上海\r\n"
        assert as_utf8_csv(write(tmp_path, text.encode()), tmp_path / "out", KNOWN).is_converted is False
        rows, found = read(write(tmp_path, text.encode("gb18030")))
        assert found.encoding == "gb18030" and rows[-1] == ["2", "上海"] and len(rows) == 3


def test_what_tells_the_encoding_may_stand_anywhere(tmp_path):
    for place in (10, 150_000, 299_990):
        lines = [f"customer{number:07},nowhere in particular\r\n".encode() for number in range(300_000)]
        lines[place] = "customer,交易成功\r\n".encode("gbk")
        found = as_utf8_csv(write(tmp_path, b"customer_id,city\r\n" + b"".join(lines)), tmp_path / "out", KNOWN)
        assert found.encoding == "gb18030"


@pytest.mark.parametrize(("content", "columns", "above", "delimiter"), [
    ("customer_id,city\n1,2\n", ["customer_id", "city"], 0, ","),
    ("订单报表\n导出时间：2025-01-01 00:00,共2条\n\ncustomer_id,city\n1,2\n", ["customer_id", "city"], 3, ","),
    ("sep=;\ncustomer_id;city\n1;2\n", ["customer_id", "city"], 1, ";"),
    ('"sep=\t"\ncustomer_id\tcity\n1\t2\n', ["customer_id", "city"], 1, "\t"),
    ("shop;of;many;semicolons\ncustomer_id|city\n1|2\n", ["customer_id", "city"], 1, "|"),
    ("千牛订单导出\n订单编号,买家会员名,金额\n1,张三,5\n", ["订单编号", "买家会员名", "金额"], 1, ","),
    ("\n\ncustomer_id\n1\n", ["customer_id"], 2, ","),
    ('"a title\nof two lines"\ncustomer_id,city\n', ["customer_id", "city"], 2, ","),
    ("id,City\ncustomer_id,city\n", ["id", "City"], 0, ","),
    ('customer_id,"shop, ""note""",备注\n', ["customer_id", 'shop, "note', "备注"], 0, ","),
    (",customer_id,,\n", ["", "customer_id", "", ""], 0, ","),
])  # fmt: skip
def test_the_header_and_its_delimiter(tmp_path, content, columns, above, delimiter):
    found = as_utf8_csv(write(tmp_path, content.encode()), tmp_path / "out", KNOWN)
    assert (found.columns, found.skipped_lines, found.delimiter, found.is_converted) == (columns, above, delimiter, above > 0)


@pytest.mark.parametrize(("written", "clean"), [
    ("\ufefforder_id", "order_id"), (" City\t", "City"), ("\u3000城市\u00a0", "城市"), ("order\u200b_id", "order_id"), ("ｏｒｄｅｒ＿ｉｄ", "order_id"),
    ("'amount'", "amount"), ("first\nsecond", "first second"), ("备注（内部）", "备注(内部)"), ("", ""), ("\u200e \u2003", ""),
])  # fmt: skip
def test_names_are_cleaned(written, clean):
    assert clean_name(written) == clean


def test_a_changed_file_is_read_again_and_two_of_one_name_do_not_meet(tmp_path):
    (tmp_path / "a").mkdir()
    (tmp_path / "b").mkdir()
    first, second = (write(tmp_path / place, table([word]).encode("gbk")) for place, word in (("a", "上海"), ("b", "北京")))
    found = [as_utf8_csv(file, tmp_path / "out", KNOWN) for file in (first, second)]
    assert [file.path.read_text(encoding="utf-8")[-3:-1] for file in found] == ["上海", "北京"]
    assert as_utf8_csv(first, tmp_path / "out", KNOWN) is found[0]
    write(tmp_path / "a", table(["广州"]).encode("gbk"))
    os.utime(first, ns=(1, 1))
    assert as_utf8_csv(first, tmp_path / "out", KNOWN).path.read_text(encoding="utf-8").endswith("广州\n")
    found[1].path.unlink()
    assert as_utf8_csv(second, tmp_path / "out", KNOWN).path.read_text(encoding="utf-8").endswith("北京\n")


def test_a_large_file_is_not_held_in_memory(tmp_path):
    line = "customer,上海市浦东新区,some text of no importance\r\n".encode("gbk")
    file = write(tmp_path, b"customer_id,city,note\r\n" + line * 400_000)
    tracemalloc.start()
    try:
        found = as_utf8_csv(file, tmp_path / "out", KNOWN)
        peak = tracemalloc.get_traced_memory()[1]
    finally:
        tracemalloc.stop()
    assert found.encoding == "gb18030" and file.stat().st_size > 18_000_000
    assert peak < 12_000_000
    assert re.search(r"read as GB18030", found.note)
