"""Chinese words of the sample brand: cities, names, products, notes."""

from __future__ import annotations

# province, city, weight
CITIES = [
    ("上海", "上海", 90), ("北京", "北京", 80), ("广东", "广州", 60), ("广东", "深圳", 65), ("浙江", "杭州", 70),
    ("四川", "成都", 65), ("江苏", "南京", 45), ("江苏", "苏州", 45), ("湖北", "武汉", 45), ("重庆", "重庆", 45),
    ("陕西", "西安", 35), ("天津", "天津", 30), ("湖南", "长沙", 35), ("浙江", "宁波", 25), ("山东", "青岛", 25),
    ("河南", "郑州", 28), ("安徽", "合肥", 22), ("福建", "厦门", 20), ("福建", "福州", 16), ("辽宁", "大连", 14),
    ("辽宁", "沈阳", 16), ("云南", "昆明", 16), ("山东", "济南", 18), ("江苏", "无锡", 20), ("广东", "佛山", 20),
    ("广东", "东莞", 18), ("浙江", "绍兴", 10), ("浙江", "台州", 9), ("江苏", "扬州", 9), ("河北", "保定", 8),
    ("广西", "南宁", 10), ("贵州", "贵阳", 9), ("江西", "赣州", 6), ("湖南", "衡阳", 5), ("四川", "绵阳", 6),
    ("河南", "洛阳", 7), ("吉林", "长春", 9), ("黑龙江", "哈尔滨", 10), ("甘肃", "天水", 3), ("海南", "三亚", 4),
]  # fmt: skip

OCCUPATIONS = ["职员", "教师", "医护", "工程师", "设计师", "学生", "自由职业", "个体经营", "公务员", "退休"]
MARITAL_STATUSES = ["未婚", "已婚", "离异"]
MEMBER_LEVELS = ["普通会员", "银卡会员", "金卡会员", "黑金会员"]
GENDERS = ["female", "male", "unknown"]

# code of customers.source_channel, name on the QR codes, weight, cost of one registration in cents (0: not paid for)
SOURCES = [
    ("douyin_ad", "抖音投放", 24, 3200), ("wechat_ad", "朋友圈广告", 16, 4100), ("official_account", "公众号菜单", 12, 0),
    ("store_qr", "门店台卡", 14, 300), ("package_card", "包裹卡", 12, 150), ("referral", "老客推荐", 10, 800),
    ("marketplace", "天猫引流", 8, 2600), ("live", "直播间", 4, 2100),
]  # fmt: skip
SOURCE_CODES = [code for code, _, _, _ in SOURCES]

PERSONAS = ["consultant", "doctor", "coach", "shop_assistant", "consultant", "officer"]

SURNAMES = list("王李张刘陈杨赵黄周吴徐孙胡朱高林何郭马罗梁宋郑谢韩唐冯于董萧")
PET_NAMES = ["豆豆", "旺财", "咪咪", "奶茶", "布丁", "可乐", "球球", "团子", "雪球", "元宝", "花卷", "大福"]
BREEDS = ["布偶", "英短", "橘猫", "美短", "金毛", "柯基", "泰迪", "边牧", "柴犬", "比熊"]

# category, pet (0 cat, 1 dog, 2 either), price of a unit in cents, sizes with their multiple of that price
CATEGORIES = [
    ("猫粮", 0, 3300, [("1.5kg", 2.0), ("2kg", 2.6), ("5kg", 5.6)]),
    ("狗粮", 1, 2600, [("2kg", 2.2), ("5kg", 4.8), ("10kg", 8.6)]),
    ("猫罐头", 0, 590, [("85g×6", 5.2), ("85g×24", 18.0), ("170g×12", 14.5)]),
    ("狗罐头", 1, 790, [("375g×3", 2.8), ("375g×12", 10.2), ("100g×12", 5.0)]),
    ("猫零食", 0, 1290, [("50g", 1.0), ("100g", 1.8), ("200g", 3.2)]),
    ("狗零食", 1, 1390, [("100g", 1.0), ("200g", 1.8), ("400g", 3.3)]),
    ("营养品", 2, 4900, [("120g", 1.0), ("240g", 1.8), ("360g", 2.5)]),
]
CATEGORY_NAMES = [name for name, _, _, _ in CATEGORIES]
STAPLES = {0: 0, 1: 1}  # pet -> category of its daily food
# series, multiple of the price
SERIES = [("经典", 1.0), ("鲜肉", 1.35), ("冻干", 1.7), ("低敏", 1.5), ("天然", 1.2)]
STYLES = ["成年期", "幼年期", "老年期", "全阶段"]
COLOURS = ["橙色装", "绿色装", "蓝色装", "红色装", "金色装"]

# tag group, tags
CONTACT_TAGS = [
    ("宠物种类", ["养猫", "养狗", "猫狗双全"]),
    ("宠物阶段", ["幼宠", "成宠", "老年宠"]),
    ("消费偏好", ["爱囤货", "等活动", "尝新派", "认准老口味"]),
    ("沟通偏好", ["勿打电话", "晚上联系", "爱看科普"]),
]
PERSONAL_TAGS = ["常来聊天", "转介绍过", "要发票"]

PET_KINDS = ["猫", "狗", "猫和狗"]
PET_AGES = ["1岁以下", "1-3岁", "4-7岁", "8岁以上"]
ALLERGIES = ["无", "鸡肉", "牛肉", "谷物", "鱼类"]
NOTES = [
    "喜欢小包装，价格敏感", "主人晚上八点后回复", "换粮期软便，已建议七日换粮法", "想要试吃装", "家里两只，消耗快",
    "对成分很懂，问过钙磷比", "搬家中，月底前不要发货", "朋友圈常晒宠物，可邀请写评价",
]  # fmt: skip
# Text that breaks careless CSV readers: commas, quotes and line breaks inside one field.
AWKWARD_NOTES = [
    '她说:"不要鸡肉,不要谷物"', "地址已改，\n新地址在老家", '备注:"双11,再联系",谢谢', "猫三只,狗一只\n都要老年粮",
]  # fmt: skip
ARTICLES = 24  # content ids A001..
LIVES = 12  # content ids L001..
SCENES = ["commute", "work", "lunch", "after_sport", "evening", "weekend_family", "travel"]
