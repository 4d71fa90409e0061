"""`tagmart import exports`: files as the platforms write them, to raw tables whose values are worked out by hand."""

from __future__ import annotations

from datetime import datetime
from hashlib import sha256
from pathlib import Path

import duckdb
import exported
import pytest
import xlsxwriter
from click.testing import CliRunner
from conftest import PROJECT

from tagmart.contract import raw_contract
from tagmart.importers.command import import_command
from tagmart.importers.exports import import_exports, profile_names


def hashed(text: str) -> str:
    return sha256(text.encode()).hexdigest()


def table(folder: Path, name: str, columns: str, order: str = "1") -> list[tuple]:
    return duckdb.sql(f"select {columns} from '{folder}/{name}.parquet' order by {order}").fetchall()


def tables(folder: Path) -> set[str]:
    return {file.stem for file in folder.glob("*.parquet")}


@pytest.fixture
def imported(tmp_path):
    """Return (summary, folder) of an import of a source by profiles."""

    def get(source: Path, *profiles: str, **options):
        return import_exports(source, tmp_path / "raw", profiles, **options), tmp_path / "raw"

    return get


# --- shopify --------------------------------------------------------------------------------------


@pytest.fixture
def shopify(tmp_path, imported):
    return imported(exported.written(tmp_path / "in", "orders_export_1.csv", exported.SHOPIFY), "shopify")


def test_shopify_orders_of_several_lines_are_one_order(shopify):
    _, folder = shopify
    columns = "order_id, customer_id, ordered_at, paid_at, status, channel, order_amount, discount_amount, currency, coupon_code"
    ann, bob = hashed("ann@shop.example"), hashed("bob@x.example")
    assert table(folder, "orders", columns) == [
        ("#1001", ann, "2025-06-01 09:58:11 +0200", "2025-06-01 10:00:00 +0200", "shipped", "web", "59.9", "5.99", "EUR", "WELCOME10"),
        ("#1002", bob, "2025-06-03 11:59:00 +0200", "2025-06-03 12:00:00 +0200", "shipped", "store", "1200", "0.00", "USD", None),
        ("#1003", None, "2025-06-04 10:00:00 +0200", None, "cancelled", "web", "soon", "1.00", "EUR", None),
        ("#1004", ann, "2025-06-05 10:00:00 +0200", "2025-06-05 10:00:00 +0200", "paid", "web", "1500", "0", "JPY", None),
        ("#1005", bob, "2025-06-06 09:00:00 +0200", "2025-06-06 10:00:00 +0200", "cancelled", "web", "10", "0", "EUR", None),
    ]
    assert table(folder, "orders", "order_id, phone_hash")[0] == ("#1001", hashed("33610826417"))
    assert table(folder, "orders", "count(phone_hash)") == [(1,)], "a masked number is nobody's"


def test_shopify_lines_refunds_products_and_customers(shopify):
    _, folder = shopify
    assert table(folder, "order_items", "order_id, line_no, sku_id, quantity, unit_price, discount_amount", "1, 2")[:3] == [
        ("#1001", "1", "MSK", "3", "14.97", "5.99"),
        ("#1001", "2", "Soap, green", "1", "14.99", "0.00"),
        ("#1002", "1", "CH", "1", "1200.00", "0.00"),
    ]
    assert table(folder, "refunds", "refund_id, order_id, refunded_at, refund_amount") == [
        ("#1002-refund", "#1002", "2025-06-03 12:00:00 +0200", "200.50"),
        ("#1005-refund", "#1005", "2025-06-07 08:00:00 +0200", "12.00"),
    ]
    assert table(folder, "products", "sku_id, product_name, list_price") == [
        ("CH", "Chair", "1200.00"),
        ("MSK", "Mask", "19.00"),
        ("SP", "Soap", "1500"),
        ("Soap, green", "Soap, green", "14.99"),
    ]
    assert table(folder, "customers", "customer_id, city, phone_hash", "2") == [
        (hashed("ann@shop.example"), "Paris", hashed("33610826417")),
        (hashed("bob@x.example"), "Rome", None),
    ]


def test_nothing_personal_is_written(shopify):
    summary, folder = shopify
    written = "\n".join(str(row) for name in tables(folder) for row in table(folder, name, "*"))
    for personal in ("Ann Lee", "ann@", "Ann@", "1 Road", "610826417", "75008"):
        assert personal not in written
    text = summary.text()
    assert "names and addresses are never written out (Billing Name, Billing Street, Billing Zip, Notes)" in text
    assert "phone has 1 cells that are masked or no phone number" in text
    assert "order_amount: 1 cells are no amount and stand as written ('soon')" in text
    assert text.splitlines()[-1].strip() == f"dbt build --vars '{{raw_path: {folder.as_posix()}}}'"


def test_what_was_read_was_written(shopify):
    summary, folder = shopify
    balances = {balance.what: (str(balance.read), str(balance.written)) for balance in summary.balances}
    # 53.91 + 5.99 + 1200 + 1500 + 10; the order whose Subtotal is no number is in neither sum.
    assert balances["subtotal + discount = orders.order_amount"] == ("2769.90000000", "2769.90000000")
    assert balances["refunded = refunds.refund_amount"] == ("212.50000000", "212.50000000")
    assert balances["lines of orders = order_items"] == ("6", "6")
    for name in tables(folder):
        assert {row[1] for row in duckdb.sql(f"describe from '{folder}/{name}.parquet'").fetchall()} == {"VARCHAR"}
        assert set(raw_contract()[name]["must_exist"]) <= set(duckdb.sql(f"from '{folder}/{name}.parquet'").columns)


def test_the_same_files_give_the_same_bytes(shopify, tmp_path):
    _, folder = shopify
    import_exports(tmp_path / "in", tmp_path / "again", ["shopify"])
    for file in folder.iterdir():
        assert (tmp_path / "again" / file.name).read_bytes() == file.read_bytes()


def test_overlapping_exports_leave_the_choice_to_staging(tmp_path, imported):
    """An order in two exports is two raw rows, each as its export told it; its customer is one."""
    source = exported.written(tmp_path / "in", "may.csv", exported.SHOPIFY)
    exported.written(source, "june.csv", exported.SHOPIFY.replace(",paid,2025-06-01", ",pending,2025-06-01"))
    _, folder = imported(source, "shopify")
    assert table(folder, "orders", "order_id, status", "1, 2")[:2] == [("#1001", "created"), ("#1001", "shipped")]
    assert table(folder, "customers", "count(*)") == [(2,)]


def test_orders_whose_numbers_lost_their_digits_are_not_merged(tmp_path, imported):
    text = exported.SHOPIFY.replace("#1004,", "2.02207E+18,").replace("#1005,", "2.02207E+18,")
    _, folder = imported(exported.written(tmp_path / "in", "a.csv", text), "shopify")
    assert table(folder, "orders", "count(*)") == [(5,)]


# --- taobao ---------------------------------------------------------------------------------------


def test_taobao_orders_and_items_in_gbk_with_guards(tmp_path, imported):
    summary, folder = imported(exported.taobao(tmp_path / "in"), "taobao")
    columns = "order_id, customer_id, ordered_at, paid_at, status, channel, order_amount, shipping_amount, currency, phone_hash"
    zone, place = "Asia/Shanghai", "marketplace"
    first, second, third, fourth = (f"234567890123456700{n}" for n in (1, 2, 3, 4))
    assert table(folder, "orders", columns) == [
        (first, "幸福蔓岩1627", f"2025/6/5 22:02 {zone}", f"2025/6/5 22:03 {zone}", "paid", place, "598.00", "0.00", "CNY", hashed("18618486065")),
        (second, "tb_小明", f"2025/6/6 1:02 {zone}", f"2025/6/6 1:03 {zone}", "completed", place, "89.50", "10.00", "CNY", hashed("13912345678")),
        (third, None, f"2025/6/7 1:02 {zone}", None, "created", place, "1,089.50", "10.00", "CNY", None),
        (fourth, "tb_小明", f"2025/6/8 1:02 {zone}", None, "closed", place, "50", "0", "CNY", None),
    ]
    assert table(folder, "order_items", "order_id, line_no, sku_id, quantity, unit_price, discount_amount") == [
        (first, "1", "MM-01", "2", "299.00", "0"),
        (second, "1", "MM-02", "2", "49.75", "10"),  # 2 x 49.75 - 89.50
        (third, "1", "EXT-9", "2", "544.75", None),
    ]
    assert table(folder, "products", "sku_id, product_name, colour, size") == [
        ("EXT-9", "套装", None, None),
        ("MM-01", "面膜补水", "红色", "L"),
        ("MM-02", "面膜补水", "蓝色", "M"),
    ]
    assert table(folder, "refunds", "order_id, refunded_at, refund_amount") == [(second, f"2025/6/6 1:03 {zone}", "20.00")]
    assert "ExportOrderList202506091130.csv: read as GB18030 (GBK)" in summary.text()


def test_taobao_refunds_export_takes_the_place_of_the_column(tmp_path, imported):
    source = exported.written(exported.taobao(tmp_path / "in"), "退款.csv", exported.TAOBAO_REFUNDS, "gb18030")
    _, folder = imported(source, "taobao")
    assert table(folder, "refunds", "refund_id, order_id, refunded_at, refund_amount") == [
        ("9001", "2345678901234567002", "2025-06-09 10:00:00 Asia/Shanghai", "15.00"),
    ]


def test_taobao_workbook_with_a_sheet_of_orders_and_one_of_items(tmp_path, imported):
    (tmp_path / "in").mkdir()
    with xlsxwriter.Workbook(tmp_path / "in" / "千牛报表.xlsx", {"strings_to_formulas": False}) as book:
        for name, text in (("订单报表", exported.TAOBAO_ORDERS), ("销售明细", exported.TAOBAO_ITEMS)):
            sheet = book.add_worksheet(name)
            path = exported.written(tmp_path, "rows.csv", text) / "rows.csv"
            rows = duckdb.sql(f"from read_csv('{path}', header = false, all_varchar = true, auto_detect = true)").fetchall()
            for place, row in enumerate(rows):
                sheet.write_row(place, 0, [cell or "" for cell in row])
    _, folder = imported(tmp_path / "in", "taobao")
    assert table(folder, "orders", "count(*), count(distinct order_id)") == [(4, 4)]
    assert table(folder, "order_items", "count(*)") == [(3,)]


def test_a_total_with_postage_in_it_is_not_the_price_of_the_goods(tmp_path, imported):
    text = (
        "订单编号,买家会员名,总金额,买家应付邮费,订单状态,订单创建时间\n1,a,¥99.5,１０.00,交易成功,45813.918\n2,b,x,1,交易成功,1749945600\n3,c,,5,交易成功,-\n"
    )
    _, folder = imported(exported.written(tmp_path / "in", "o.csv", text), "taobao")
    assert table(folder, "orders", "order_id, order_amount, ordered_at") == [
        ("1", "89.5", "45813.918 Asia/Shanghai"),
        ("2", "x", "1749945600"),
        ("3", None, "-"),
    ]


def test_other_files_in_the_folder_are_named(tmp_path, imported):
    source = exported.written(exported.taobao(tmp_path / "in"), "notes.txt", "call the printer\n")
    exported.written(source, "nothing.csv", "")
    summary, folder = imported(source, "taobao")
    assert table(folder, "orders", "count(*)") == [(4,)]
    assert "notes.txt was not read: for a file of 千牛's order export (ExportOrderList) it lacks the column" in summary.text()
    assert "nothing.csv' is empty" in summary.text()


# --- youzan, wecom, woocommerce -------------------------------------------------------------------


def test_youzan_orders_and_goods(tmp_path, imported):
    source = exported.written(tmp_path / "in", "订单.csv", exported.YOUZAN_ORDERS, "utf-8-sig")
    exported.written(source, "商品.csv", exported.YOUZAN_GOODS, "utf-16")
    _, folder = imported(source, "youzan")
    columns = "order_id, customer_id, status, channel, order_amount, discount_amount, shipping_amount, coupon_code"
    assert table(folder, "orders", columns) == [
        ("E1", hashed("13800138001"), "completed", "mini_program", "100.00", "20", "6.00", "满100减20"),
        ("E2", None, "created", "web", "200.00", "0", "0.00", None),
    ]
    assert table(folder, "order_items", "order_id, sku_id, quantity, unit_price, discount_amount") == [
        ("E1", "C6", "2", "50.00", "20"),
        ("E2", "蛋糕 尺寸:8寸", "1", "200.00", None),
    ]
    assert table(folder, "refunds", "refund_id, refund_amount") == [("E1-refund", "10.00")]
    assert table(folder, "customers", "customer_id, phone_hash, province") == [(hashed("13800138001"), hashed("13800138001"), "北京")]


def test_wecom_customers_tags_groups_and_members(tmp_path, imported):
    source = exported.written(tmp_path / "in", "客户.csv", exported.WECOM_CUSTOMERS, "gbk")
    exported.written(source, "群.csv", exported.WECOM_GROUPS, "gbk")
    exported.written(source, "群成员.csv", exported.WECOM_MEMBERS, "gbk")
    summary, folder = imported(source, "wecom")
    red = hashed("13800138001")
    contacts = table(folder, "wecom_contacts", "userid, external_userid, createtime, add_way, deleted_at, delete_type", "3")
    assert contacts[:2] == [
        ("lili", red, "2025-05-01 09:30:00 Asia/Shanghai", "1", "2025-06-01 08:00:00 Asia/Shanghai", "del_follow_user"),
        ("wang", red, "2025-05-03 09:30:00 Asia/Shanghai", "3", None, None),
    ]
    assert contacts[2][3] == "奇怪来源", "a word that no profile knows is staging's to judge"
    assert table(folder, "wecom_contact_tags", "group_name, tag_name, type", "1, 2") == [
        ("学员等级", "VIP", "1"),
        ("学员等级", "老客", "1"),
        ("来源", "直播", "1"),
        ("来源", "线下", "1"),
    ]
    chat = table(folder, "wecom_group_chats", "chat_id, name, owner, create_time")
    assert chat == [(hashed("福利群|李导购"), "福利群", "lili", "2025-05-01 09:00 Asia/Shanghai")]
    assert table(folder, "wecom_group_members", "chat_id, type, join_scene, quit_time", "3") == [
        (chat[0][0], "2", "1", "2025-06-02 10:05 Asia/Shanghai"),
        (chat[0][0], "2", "3", None),
    ]
    assert "There are no orders among these files" in summary.text()
    assert "小红" not in str(contacts)


def test_several_platforms_go_into_one_brand(tmp_path, imported):
    source = exported.written(exported.taobao(tmp_path / "in"), "客户.csv", exported.WECOM_CUSTOMERS, "gbk")
    exported.written(source, "订单.csv", exported.YOUZAN_ORDERS)
    summary, folder = imported(source, "taobao", "wecom", "youzan")
    assert {"orders", "order_items", "wecom_contacts"} <= tables(folder)
    # Youzan's headers would do for Taobao too; the profile that reads most of them has the file.
    assert table(folder, "orders", "order_id, channel, order_amount")[4:] == [("E1", "mini_program", "100.00"), ("E2", "web", "200.00")]
    assert table(folder, "refunds", "refund_amount") == [("10.00",), ("20.00",)]
    assert "There are no orders" not in summary.text()


def test_woocommerce_packed_lines_and_lines_of_their_own(tmp_path, imported):
    source = exported.written(tmp_path / "in", "a.csv", exported.WOO_PACKED)
    exported.written(source, "b.csv", exported.WOO_LINES)
    _, folder = imported(source, "woocommerce", timezone="America/New_York")
    columns = "order_id, customer_id, ordered_at, status, order_amount, discount_amount, shipping_amount, coupon_code"
    assert table(folder, "orders", columns) == [
        ("101", "7", "2025-06-01 10:00:00 America/New_York", "completed", "33.01", "3.00", "5.00", None),
        ("102", hashed("bo@x.example"), "2025-06-02 10:00:00 America/New_York", "created", "8", "0", "0", None),
        ("201", hashed("cy@x.example"), "2025-06-03 09:00 America/New_York", "paid", "40", "4", "5", "SAVE"),
    ]
    assert table(folder, "order_items", "order_id, line_no, sku_id, quantity, unit_price, discount_amount", "1, 2") == [
        ("101", "1", "SH", "2", "10.005", "2"),
        ("101", "2", "35", "1", "13", "1"),
        ("102", "1", "PN", "1", "8", "0"),
        ("201", "1", "A", "2", "9", None),
        ("201", "2", "B", "1", "18", None),
    ]
    assert table(folder, "refunds", "order_id, refund_amount") == [("101", "10.00")]


# --- the command, profiles of one's own, --suggest ------------------------------------------------


def run(*arguments) -> tuple[int, str]:
    result = CliRunner().invoke(import_command, ["exports", *map(str, arguments)])
    assert result.exception is None or isinstance(result.exception, SystemExit), result.exception
    return result.exit_code, result.output


OWN = """\
timezone: Asia/Shanghai
files:
  sales:
    needs: [order]
    columns:
      order: [单号]
      amount: [金额]
tables:
  orders:
    - from: sales
      columns: {order_id: order, order_amount: amount, status: {constant: completed}}
"""
MISTAKES = {
    "no such key": ("timezone: Asia", "time_zone: Asia", ["line 1", "time_zone", "perhaps timezone is meant"]),
    "no such zone": ("Asia/Shanghai", "Asia/Shangai", ["line 1", "Asia/Shangai is no time zone"]),
    "no such table": ("  orders:", "  order:", ["line 9", "order is no raw table, perhaps orders is meant"]),
    "no such column": ("order_amount: amount", "amount: amount", ["line 11", "amount is no column of orders"]),
    "no such field": ("order_id: order,", "order_id: number,", ["line 11", "number is no field of this file"]),
    "no such operator": ("{constant: completed}", "{const: completed}", ["line 11", "unknown operator const"]),
    "no such list": ("{constant: completed}", "{code: {of: amount, words: states}}", ["line 11", "states is no list under codes"]),
    "no list of headers": ("order: [单号]", "order: 单号", ["line 6", "order must be a list of headers"]),
    "needs what is not there": ("needs: [order]", "needs: [orders]", ["line 4", "needs is no field of this file, perhaps order is meant"]),
    "a name that is taken": ("amount: [金额]", "part: [金额]", ["line 7", "part cannot be the name of a field"]),
    "no YAML": ("needs: [order]", "needs: [order", ["line 5", "correct the line"]),
}


@pytest.mark.parametrize("case", MISTAKES)
def test_a_mistake_in_a_profile_is_told_with_its_line(tmp_path, case):
    right, wrong, parts = MISTAKES[case]
    (tmp_path / "mine.yml").write_text(OWN.replace(right, wrong), encoding="utf-8")
    source = exported.written(tmp_path / "in", "a.csv", "单号,金额\n1,2\n")
    status, output = run(source, tmp_path / "raw", "--profile", tmp_path / "mine.yml")
    assert status == 1 and not (tmp_path / "raw").exists()
    error = next(line for line in output.splitlines() if line.startswith("Error: "))
    for part in ("mine.yml", *parts):
        assert part in error, error


def test_a_profile_of_ones_own(tmp_path):
    (tmp_path / "mine.yml").write_text(OWN, encoding="utf-8")
    source = exported.written(tmp_path / "in", "a.csv", "单号,金额\n1,2\n")
    status, output = run(source / "a.csv", tmp_path / "raw", "--profile", tmp_path / "mine.yml")
    assert status == 0, output
    columns = "order_id, customer_id, ordered_at, status, order_amount"
    assert table(tmp_path / "raw", "orders", columns) == [("1", None, None, "completed", "2")]


def test_the_profile_of_the_documentation_works(tmp_path):
    text = (PROJECT / "docs" / "importers.md").read_text(encoding="utf-8").split("```yaml\n")[1].split("```")[0]
    (tmp_path / "till.yml").write_text(text, encoding="utf-8")
    lines = "单号,会员号,手机,金额,状态\n1,m7,,10,完成\n,m7,,,完成\n2,,13800138001,5,已取消\n3,,,1,作废\n"
    status, output = run(exported.written(tmp_path / "in", "a.csv", lines), tmp_path / "raw", "--profile", tmp_path / "till.yml")
    assert status == 0, output
    assert table(tmp_path / "raw", "orders", "order_id, customer_id, order_amount, status, channel") == [
        ("1", "m7", "10", "completed", "store"),
        ("2", hashed("13800138001"), "5", "cancelled", "store"),
    ]


ERRORS = {
    "unknown profile": (["--profile", "amazon"], "x", ["no profile amazon", ", ".join(profile_names())]),
    "no profile": ([], "x", ["Give --profile", "taobao"]),
    "no such zone": (["--profile", "taobao", "--timezone", "Beijing"], "x", ["Beijing is no time zone"]),
    "another file": (["--profile", "taobao"], "订单编号,金额\n1,2\n", ["a.csv", "does not match the profile taobao", "lacks the column 订单状态", "--suggest"]),
    "only a header": (["--profile", "taobao"], "订单编号,订单状态,订单创建时间\n", ["headers but no rows"]),
    "a line too long": (["--profile", "taobao"], "订单编号,订单状态,订单创建时间\n1,交易成功,2025-01-01,x,y\n", ["line 2", "repair the line"]),
}


@pytest.mark.parametrize("case", ERRORS)
def test_errors_are_one_sentence_and_leave_nothing(tmp_path, case):
    options, text, parts = ERRORS[case]
    source = exported.written(tmp_path / "in", "a.csv", text)
    status, output = run(source, tmp_path / "raw", *options)
    errors = [line for line in output.splitlines() if line.startswith("Error: ")]
    assert status == 1 and len(errors) == 1 and output.strip().endswith(errors[0]), output
    for part in parts:
        assert part in errors[0]
    assert not (tmp_path / "raw").exists()


SUGGESTED = {
    "taobao orders": (exported.TAOBAO_ORDERS, "gbk", 'order_id: ["订单编号"]  # orders.order_id', '"paid": ["买家已付款，等待卖家发货"]'),
    "youzan goods": (exported.YOUZAN_GOODS, "utf-16", 'quantity: ["商品数量"]  # order_items.quantity: sure', '"completed": ["交易完成"]'),
    "shopify": (exported.SHOPIFY, "utf-8", 'order_id: ["Name"]', '"store": ["pos"]'),
    "own words": (
        "流水号,会员编号,消费日期,实付金额,订单状态,性别,神秘列\nA1,7,2025-06-01,12.5,搞定,女,x\n",
        "gbk",
        'customer_id: ["会员编号"]',
        '# "搞定": which code is it?',
    ),
}


@pytest.mark.parametrize("case", SUGGESTED)
def test_suggest_proposes_a_profile_that_works_as_it_is(tmp_path, case):
    text, encoding, *parts = SUGGESTED[case]
    file = exported.written(tmp_path / "in", "export.csv", text, encoding) / "export.csv"
    status, output = run("--suggest", file)
    assert status == 0
    for part in parts:
        assert part in output
    for personal in ("Ann Lee", "ann@", "18618486065", "马慧"):
        assert personal not in output
    (tmp_path / "mine.yml").write_text(output, encoding="utf-8")
    status, output = run(file, tmp_path / "raw", "--profile", tmp_path / "mine.yml")
    assert status == 0, output
    assert tables(tmp_path / "raw")


def test_suggest_and_import_read_a_workbook(tmp_path):
    """Dates of Excel come as dates, numbers as they are shown, under a title and with a sheet of notes."""
    with xlsxwriter.Workbook(tmp_path / "till.xlsx") as book:
        book.add_worksheet("说明").write(0, 0, "notes")
        sheet = book.add_worksheet("销售")
        sheet.write(0, 0, "2025年6月销售")
        sheet.write_row(2, 0, ["订单号", "会员号", "下单时间", "订单金额", "订单状态"])
        sheet.write_row(3, 0, ["A1", 10001])
        sheet.write_datetime(3, 2, datetime(2025, 6, 5, 22, 2), book.add_format({"num_format": "yyyy/m/d h:mm"}))
        sheet.write_row(3, 3, [12.5, "已完成"])
    status, output = run("--suggest", tmp_path / "till.xlsx")
    assert status == 0
    (tmp_path / "till.yml").write_text(output, encoding="utf-8")
    status, output = run(tmp_path / "till.xlsx", tmp_path / "raw", "--profile", tmp_path / "till.yml")
    assert status == 0, output
    columns = "order_id, customer_id, ordered_at, order_amount, status"
    assert table(tmp_path / "raw", "orders", columns) == [("A1", "10001", "2025-06-05 22:02:00 Asia/Shanghai", "12.5", "completed")]


def test_suggest_comments_what_it_does_not_know(tmp_path):
    text = SUGGESTED["own words"][0]
    _, output = run("--suggest", exported.written(tmp_path / "in", "a.csv", text) / "a.csv")
    assert '      # ?: ["神秘列"]  # unknown; its cells look like text' in output
