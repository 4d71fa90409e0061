"""One brand, three ways: the platform's exports in GBK with Excel's guards, as spreadsheets with Chinese headers, and as
clean typed Parquet. With the two commands of the README all three give the same marts."""

from __future__ import annotations

import hashlib
import random
from datetime import datetime, timedelta
from decimal import Decimal
from pathlib import Path

import pyarrow as pa
import pyarrow.parquet as pq
import pytest
import xlsxwriter
from click.testing import CliRunner

from tagmart.cli import main

STATUSES = {"交易成功": "completed", "买家已付款，等待卖家发货": "paid", "等待买家付款": "created", "交易关闭": "closed"}
ORDER_COLUMNS = ["订单编号", "买家会员名", "买家应付货款", "买家应付邮费", "总金额", "订单状态", "联系手机", "订单创建时间", "订单付款时间", "退款金额"]
ITEM_COLUMNS = ["订单编号", "标题", "价格", "购买数量", "商家编码", "买家应付货款"]
MARTS = ("tags.customer_tags", "tags.customer_tag_values", "segments.customer_segments", "segments.segment_transitions")


def the_brand() -> tuple[list[dict], list[dict]]:
    """The orders and their lines; amounts are decimals, times the shop's own (UTC+8)."""
    draw = random.Random(11)
    orders, lines = [], []
    for number in range(120):
        buyer = draw.randrange(30)
        created = datetime(2024, 11, 3, 20, 15) + timedelta(hours=37 * number, minutes=number)
        order = {"id": f"23456789012345{number:05}", "buyer": f"tb_买家{buyer}", "phone": f"139{buyer * 7919 + 10203040:08}", "created": created,
                 "status": draw.choice([*STATUSES, "交易成功", "交易成功"]), "postage": draw.choice([Decimal(0), Decimal("8.00")])}  # fmt: skip
        price = [Decimal(draw.randrange(500, 90_000)) / 100 for _ in range(draw.randint(1, 3))]
        mine = [{"id": order["id"], "sku": f"SKU-{draw.randrange(12):03}", "price": p, "quantity": draw.randint(1, 3)} for p in price]
        order["goods"] = sum(line["price"] * line["quantity"] for line in mine)
        order["paid"] = None if order["status"] == "等待买家付款" else created + timedelta(minutes=2)
        orders.append(order)
        lines += mine
    return orders, lines


def cells(orders: list[dict], lines: list[dict]) -> tuple[list[list], list[list]]:
    """The rows of the two exports, as values."""
    return (
        [
            [o["id"], o["buyer"], o["goods"], o["postage"], o["goods"] + o["postage"], o["status"], o["phone"], o["created"], o["paid"], "无退款申请"]
            for o in orders
        ],
        [[li["id"], f"面霜 {li['sku']}", li["price"], li["quantity"], li["sku"], li["price"] * li["quantity"]] for li in lines],
    )


def write_gbk(folder: Path, tables: dict) -> None:
    def text(value, column: str) -> str:
        if column in ("订单编号", "联系手机"):
            return f'="{value}"' if column == "订单编号" else f"'{value}\t"
        if isinstance(value, datetime):
            return f"{value.year}/{value.month}/{value.day} {value:%H:%M}"
        return '"' + f"{value:,}" + '"' if isinstance(value, Decimal) else "" if value is None else str(value)

    for name, (columns, rows) in tables.items():
        written = [",".join(text(value, column) for value, column in zip(row, columns, strict=True)) for row in rows]
        (folder / f"{name}.csv").write_bytes("\r\n".join([",".join(columns), *written, ""]).encode("gbk"))


def write_xlsx(folder: Path, tables: dict) -> None:
    for name, (columns, rows) in tables.items():
        with xlsxwriter.Workbook(folder / f"{name}.xlsx", {"default_date_format": "yyyy-mm-dd hh:mm"}) as book:
            sheet = book.add_worksheet("导出")
            for row_number, row in enumerate([columns, *rows]):
                for column_number, value in enumerate(row):
                    if value is not None:
                        sheet.write(row_number, column_number, float(value) if isinstance(value, Decimal) else value)


def write_clean(folder: Path, orders: list[dict], lines: list[dict]) -> None:
    utc = timedelta(hours=8)
    hashed = [hashlib.sha256(o["phone"].encode()).hexdigest() for o in orders]
    table = {
        "order_id": [o["id"] for o in orders], "customer_id": [o["buyer"] for o in orders], "ordered_at": [o["created"] - utc for o in orders],
        "paid_at": pa.array([o["paid"] and o["paid"] - utc for o in orders], pa.timestamp("us")), "status": [STATUSES[o["status"]] for o in orders],
        "channel": ["marketplace"] * len(orders), "order_amount": [o["goods"] for o in orders], "shipping_amount": [o["postage"] for o in orders],
        "currency": ["CNY"] * len(orders), "phone_hash": hashed,
    }  # fmt: skip
    pq.write_table(pa.table(table), folder / "orders.parquet")
    numbers = [sum(other["id"] == line["id"] for other in lines[: place + 1]) for place, line in enumerate(lines)]
    items = {"order_id": [li["id"] for li in lines], "line_no": numbers, "sku_id": [li["sku"] for li in lines],
             "quantity": [li["quantity"] for li in lines], "unit_price": [li["price"] for li in lines]}  # fmt: skip
    pq.write_table(pa.table(items), folder / "order_items.parquet")
    skus = sorted({li["sku"] for li in lines})
    pq.write_table(pa.table({"sku_id": skus, "product_name": [f"面霜 {sku}" for sku in skus]}), folder / "products.parquet")
    people = dict(zip([o["buyer"] for o in orders], hashed, strict=True))
    pq.write_table(pa.table({"customer_id": list(people), "phone_hash": list(people.values())}), folder / "customers.parquet")


@pytest.mark.slow
def test_gbk_and_spreadsheets_give_the_marts_of_clean_parquet(workshop, tmp_path):
    orders, lines = the_brand()
    order_rows, item_rows = cells(orders, lines)
    tables = {"ExportOrderList1": (ORDER_COLUMNS, order_rows), "ExportOrderDetailList1": (ITEM_COLUMNS, item_rows)}
    folders = {form: tmp_path / form for form in ("gbk", "xlsx", "clean")}
    for folder in folders.values():
        folder.mkdir()
    write_gbk(folders["gbk"], tables)
    write_xlsx(folders["xlsx"], tables)
    write_clean(folders["clean"], orders, lines)
    marts = {}
    for form, folder in folders.items():
        raw = folder
        if form != "clean":
            raw = tmp_path / f"raw_{form}"
            imported = CliRunner().invoke(main, ["import", "exports", str(folder), str(raw), "--profile", "taobao"])
            assert imported.exit_code == 0, imported.output
        built = workshop.build(raw, name=f"same_{form}", tests=form == "xlsx")
        assert built.success, built.text[-3000:]
        assert built.rows("select count(*) from staging.stg_rejected_rows") == [(0,)]
        assert built.rows("select count(*) from staging.stg_orders") == [(120,)]
        marts[form] = {mart: sorted(map(repr, built.rows(f"select * exclude (input_fingerprint) from {mart}" if mart == MARTS[0] else f"select * from {mart}")))
                       for mart in MARTS}  # fmt: skip
    for mart in MARTS:
        assert len(marts["clean"][mart]) > 30, mart
        assert marts["gbk"][mart] == marts["clean"][mart], mart
        assert marts["xlsx"][mart] == marts["clean"][mart], mart
