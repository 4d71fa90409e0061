"""Small export files of the shape that the platforms write, for test_exports.py. All people in them are made up."""

from __future__ import annotations

from pathlib import Path

# Shopify, Orders > Export: an order of two lines (its columns on the first only), one partly refunded, one voided whose
# Subtotal is spoilt and phone masked, one paid by hand, one cancelled and refunded.
SHOPIFY = """\
Name,Email,Financial Status,Paid at,Fulfillment Status,Fulfilled at,Accepts Marketing,Currency,Subtotal,Shipping,Taxes,Total,Discount Code,Discount Amount,Shipping Method,Created at,Lineitem quantity,Lineitem name,Lineitem price,Lineitem compare at price,Lineitem sku,Lineitem requires shipping,Lineitem taxable,Lineitem fulfillment status,Billing Name,Billing Street,Billing City,Billing Zip,Billing Province,Billing Country,Billing Phone,Notes,Cancelled at,Payment Method,Refunded Amount,Vendor,Id,Source,Lineitem discount,Phone
#1001,Ann@Shop.example ,paid,2025-06-01 10:00:00 +0200,fulfilled,2025-06-02 09:00:00 +0200,yes,EUR,53.91,4.90,0.00,58.81,WELCOME10,5.99,DHL,2025-06-01 09:58:11 +0200,3,Mask,14.97,19.00,MSK,true,false,fulfilled,Ann Lee,1 Road,Paris,'75008,,FR,+33610826417,,,Shopify Payments,0.00,Leaf,74,web,5.99,'+33610826417
#1001,Ann@Shop.example ,,,,,,,,,,,,,,2025-06-01 09:58:11 +0200,1,"Soap, green",14.99,,,true,false,fulfilled,,,,,,,,,,,,,,,0.00,
#1002,bob@x.example,partially_refunded,2025-06-03 12:00:00 +0200,fulfilled,,no,USD,"1,200.00",0.00,0.00,"1,200.00",,0.00,,2025-06-03 11:59:00 +0200,1,Chair,1200.00,,CH,true,true,fulfilled,Bob,,Rome,,,IT,,,,PayPal,200.50,Leaf,75,pos,0.00,
#1003,,voided,,unfulfilled,,no,EUR,soon,0,0,10,,1.00,,2025-06-04 10:00:00 +0200,1,Chair,10,,CH,true,true,,,,,,,,,,,PayPal,0.00,Leaf,76,web,0,138****5678
#1004,ann@shop.example,paid,,,,no,JPY,1500,0,0,1500,,0,,2025-06-05 10:00:00 +0200,1,Soap,1500,,SP,true,true,,Ann Lee,,,,,FR,,,,Bank,0.00,Leaf,77,,0,
#1005,bob@x.example,refunded,2025-06-06 10:00:00 +0200,,,no,EUR,10.00,2.00,0,12.00,,0,,2025-06-06 09:00:00 +0200,1,Soap,10.00,,SP,true,true,,Bob,,Rome,,,IT,,,2025-06-07 08:00:00 +0200,PayPal,12.00,Leaf,78,web,0,
"""

# 千牛's ExportOrderList: GBK, order numbers guarded against Excel, phone numbers with an apostrophe.
TAOBAO_ORDERS = """\
"订单编号","买家会员名","买家支付宝账号","支付单号","买家应付货款","买家应付邮费","买家支付积分","总金额","买家实际支付金额","订单状态","买家留言","收货人姓名","收货地址 ","运送方式","联系电话 ","联系手机","订单创建时间","订单付款时间 ","宝贝标题 ","宝贝种类 ","物流单号 ","订单备注","宝贝总数量","店铺名称","订单关闭原因","退款金额"
="2345678901234567001",幸福蔓岩1627,a@qq.example,="11",598.00,0.00,0,598.00,598.00,买家已付款，等待卖家发货,,马慧,吉林省 通化市,快递,,'18618486065,2025/6/5 22:02,2025/6/5 22:03,面膜,1,No:1,,1,店,订单未关闭,无退款申请
="2345678901234567002",tb_小明,,="12",89.50,10.00,0,99.50,99.50,交易成功,,王,上海,快递,,'8613912345678\t,2025/6/6 1:02,2025/6/6 1:03,面膜,1,,,2,店,订单未关闭,20.00
="2345678901234567003",t**1,,="13","1,089.50",10.00,0,"1,099.50",0.00,等待买家付款,,王,上海,快递,,138****5678,2025/6/7 1:02,,面膜,1,,,2,店,买家未付款,无退款申请
="2345678901234567004",tb_小明,,="14",50,0,0,50,0,交易关闭,,王,上海,快递,,13912345678-1234,2025/6/8 1:02,,面膜,1,,,2,店,买家付款超时,无退款申请
"""
TAOBAO_ITEMS = '''\
"订单编号","标题","价格","购买数量","外部系统编号","商品属性","套餐信息","备注","订单状态","商家编码","买家应付货款"
="2345678901234567001",面膜补水,299.00,2,,颜色分类:红色;尺码:L,,,买家已付款，等待卖家发货,MM-01,598.00
"=""2345678901234567002""",面膜补水,49.75,2,,颜色分类:蓝色;尺码:M,,,交易成功,MM-02,89.50
"=""2345678901234567003""",套装,544.75,2,EXT-9,,,,等待买家付款,,
'''
TAOBAO_REFUNDS = """\
订单编号,退款编号,支付宝交易号,订单付款时间,退款完结时间,买家会员名称,买家退款金额,退款的申请时间,退款状态
="2345678901234567002",="9001",="1",2025-06-06 01:03:00,2025-06-09 10:00:00,tb_小明,15.00,2025-06-08 10:00:00,退款成功
="2345678901234567001",="9002",="2",2025-06-05 22:03:00,,幸福蔓岩1627,598.00,2025-06-08 10:00:00,等待卖家同意
"""

YOUZAN_ORDERS = """\
订单号,销售渠道,归属店铺,订单类型,订单状态,订单来源,订单创建时间,买家付款时间,商品金额合计,运费,店铺优惠合计,应收订单金额,订单实付金额,支付优惠合计,订单实收金额,店铺优惠方式,全部商品名称,商品种类数,收货人省份,收货人城市,收货人地区,详细收货地址/提货地址,收货人/提货人,收货人手机号/提货人手机号,买家备注,买家昵称,买家手机号,分销员,订单已退款金额,分销员
E1,网店,店,普通订单,交易完成,商家小程序,2026-06-19 10:00:00,2026-06-19 10:01:00,100.00,6.00,20,86.00,86.00,0.00,86.00,满100减20,蛋糕,1,北京,北京,朝阳区,地址,Alice,13800138002,,Alice,13800138001,,10.00,
E2,网店,店,普通订单,待付款,公众号,2026-06-19 11:00:00,,200.00,0.00,0,200.00,0.00,0.00,0.00,,蛋糕,1,北京,北京,朝阳区,地址,Bob,132****0000,,沙拉,,,0.00,
"""
YOUZAN_GOODS = """\
订单号\t订单状态\t商品名称\t商品类目\t商品规格\t商品编码\t商品单价\t商品数量\t商品实付金额\t商品退款状态\t商品已退款金额
E1\t交易完成\t蛋糕\t烘焙\t尺寸:6寸;口味:草莓\tC6\t50.00\t2\t80.00\t\t10.00
E2\t待付款\t蛋糕\t烘焙\t尺寸:8寸\t\t200.00\t1\t\t\t
"""

WECOM_CUSTOMERS = """\
客户列表导出
客户名称,描述,添加人,添加人账号,添加人所属部门,添加时间,来源,手机,企业,邮箱,地址,标签组1(学员等级),标签组2(来源),流失时间,流失类型
小红,,李导购,lili,门店,2025-05-01 09:30:00,扫描二维码,13800138001,,,,"VIP,老客",线下,2025-06-01 08:00:00,客户删除员工
小红,,王导购,wang,门店,2025-05-03 09:30:00,名片分享,+86 138 0013 8001,,,,,,,
阿强,,李导购,lili,门店,2025-06-01 10:00:00,奇怪来源,,,,,,直播,,
"""
WECOM_GROUPS = "群名称,群主,群主账号,群人数,创建时间,解散时间\n福利群,李导购,lili,50,2025-05-01 09:00,\n"
WECOM_MEMBERS = """\
群名称,群主,群主账号,成员名称,成员类型,入群时间,入群方式,退群时间
福利群,李导购,lili,小红,客户,2025-05-02 10:00,扫描群二维码,
福利群,李导购,lili,阿强,客户,2025-05-02 10:05,邀请,2025-06-02 10:05
"""

# WooCommerce: one row an order with the lines packed in a cell; and one row a line, the order's columns on the first.
# 101: 33.01 of goods - 3 + 5 shipping + 2 tax + 1 fee = 38.01.
WOO_PACKED = """\
order_id,order_number,date,status,shipping_total,fee_total,tax_total,discount_total,order_total,refunded_total,order_currency,customer_id,billing_first_name,billing_email,billing_phone,billing_city,line_items,refunds
101,101,2025-06-01 10:00:00,completed,5.00,1,2.00,3.00,38.01,10.00,USD,7,Ann,ann@x.example,+1 555 010 9999,Reno,id:1|name:Shirt|product_id:34|sku:SH|quantity:2|subtotal:20.01|subtotal_tax:0.00|total:18.01;id:2|name:Cap; red|product_id:35|sku:|quantity:1|subtotal:13.00|total:12.00,
102,102,2025-06-02 10:00:00,wc-pending,0,0,0,0,8,0,USD,0,Bo,Bo@x.example,,Reno,id:3|name:Pin|product_id:36|sku:PN|quantity:1|subtotal:8|total:8,
"""
WOO_LINES = """\
Order Number,Order Status,Order Date,First Name (Billing),Email (Billing),Phone (Billing),Cart Discount Amount,Order Subtotal Amount,Order Shipping Amount,Order Refund Amount,Order Total Amount,SKU,Item #,Item Name,Quantity (- Refund),Item Cost,Coupon Code
201,Processing,2025-06-03 09:00,Cy,cy@x.example,5550101111,4,40,5,0,41,A,1,Mug,2,9,SAVE
,,,,,,,,,,,B,2,Jar,1,18,
"""


def written(folder: Path, name: str, text: str, encoding: str = "utf-8") -> Path:
    """Write an export file and return its folder."""
    folder.mkdir(parents=True, exist_ok=True)
    (folder / name).write_bytes(text.encode(encoding))
    return folder


def taobao(folder: Path) -> Path:
    """Write 千牛's orders and items in GBK."""
    written(folder, "ExportOrderList202506091130.csv", TAOBAO_ORDERS, "gbk")
    return written(folder, "ExportOrderDetailList202506091131.csv", TAOBAO_ITEMS, "gbk")
