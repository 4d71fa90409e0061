"""From the files that three platforms export to a green build, with one import and one build."""

from __future__ import annotations

import exported
import pytest

from tagmart.importers.exports import import_exports


@pytest.mark.slow
def test_exports_of_three_platforms_build(workshop, tmp_path):
    source = exported.taobao(tmp_path / "in")
    exported.written(source, "订单.csv", exported.YOUZAN_ORDERS, "utf-8-sig")
    exported.written(source, "商品.csv", exported.YOUZAN_GOODS, "utf-16")
    exported.written(source, "客户.csv", exported.WECOM_CUSTOMERS, "gbk")
    import_exports(source, tmp_path / "raw", ["taobao", "youzan", "wecom"])
    built = workshop.build(tmp_path / "raw", name="exports", tests=True)
    assert built.success, built.text[-3000:]
    assert built.rows("select count(*) from staging.stg_rejected_rows") == [(0,)]
    first = "select ordered_at::varchar, status, order_amount::varchar from staging.stg_orders where order_id like '%7001'"
    assert built.rows(first) == [("2025-06-05 14:02:00", "paid", "598.0000")], "22:02 in Shanghai"
    # 598.00; 89.50 less 20.00; 100.00 less 20 and 10.00. What was not paid or is closed is no purchase.
    net = "select orders_count, net_amount::varchar from tags.customer_tags where is_current and orders_count > 0 order by 2"
    assert [(count, float(amount)) for count, amount in built.rows(net)] == [(1, 598.0), (1, 69.5), (1, 70.0)]
    lost = "select count(*) from staging.stg_wecom_contacts where deleted_at is not null and delete_type = 'del_follow_user'"
    assert built.rows(lost) == [(1,)]
