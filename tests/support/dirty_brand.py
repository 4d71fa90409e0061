"""A small clean brand whose customers, orders and money are known here, in plain Python and without any SQL."""

from __future__ import annotations

import hashlib
from collections import defaultdict
from collections.abc import Iterable
from datetime import date, datetime, time, timedelta
from decimal import Decimal
from random import Random

Row = dict[str, object]
Tables = dict[str, list[Row]]

FIRST_DAY = date(2024, 6, 1)
CENT = Decimal("0.01")
WORDS = {
    "simplified": {"city": ["上海", "成都", "佛山"], "occupation": ["面包师傅", "老师\n(兼职)", "会计"], "remark": ["老客户，爱喝茶", "新客人", "门店介绍"], "category": ["女装上衣", "面霜护肤", "茶叶礼盒"]},
    "traditional": {"city": ["臺北市", "臺中市", "高雄市"], "occupation": ["麵包師傅", "老師\n(兼職)", "會計"], "remark": ["老顧客，愛喝茶", "新客戶", "門市介紹"], "category": ["女裝上衣", "面霜護膚", "茶葉禮盒"]},
    "latin": {"city": ["São Paulo", "Köln", "Orléans"], "occupation": ["pâtissier", "maître\n(à temps partiel)", "boulangère"], "remark": ["José, très fidèle", "déjà vu", "Größe 42"], "category": ["crème", "thé glacé", "café"]},
}  # fmt: skip
IDENTIFIERS = ("customer_id", "unionid", "openid", "external_userid", "phone_hash")
LIMIT = 3


def md5(text: str) -> str:
    return hashlib.md5(text.encode(), usedforsecurity=False).hexdigest()


class Brand:
    """`tables`: rows of typed values; `language`: whose words they use. The rest follows from the rows."""

    def __init__(self, random: Random, tables: Iterable[str], language: str):
        self.random, self.language = random, language
        self.digits = random.random() < 0.5
        self.tables: Tables = {table: [] for table in tables}
        self.people = [self._person(number) for number in range(random.randint(5, 12))]
        if random.random() < 0.4:  # the telephone of the shop, typed in for everybody
            for person in self.people[:5]:
                person["shop"] = md5("shop")
        self.several = "exchange_rates" in self.tables
        for table in self.tables:
            getattr(self, f"_{table}", lambda: None)()

    def _person(self, number: int) -> dict:
        ids = 1 + (self.random.random() < 0.3) + (self.random.random() < 0.1)
        named = lambda kind: f"{kind}{number:03}" if self.random.random() < 0.6 else None  # noqa: E731
        return {"customer_ids": [f"{17850 + 10 * number + place}" if self.digits else f"c{number}x{place}" for place in range(ids)], "unionid": named("un"), "openid": named("op"),
                "external_userid": named("wm"), "phone_hash": md5(f"139{number}") if self.random.random() < 0.6 else None, "device_id": named("dev")}  # fmt: skip

    def _moment(self, first: int = 0, last: int = 330) -> datetime:
        day = FIRST_DAY + timedelta(days=self.random.randint(first, last))
        return datetime.combine(day, time(self.random.randrange(24), self.random.randrange(60), self.random.randrange(60)))

    def _some(self, value: object, share: float = 0.5) -> object:
        return value if self.random.random() < share else None

    def _amount(self, low: int = 500, high: int = 400000) -> Decimal:
        return self.random.randint(low, high) * CENT

    def _word(self, column: str) -> str:
        return self.random.choice(WORDS[self.language][column])

    def _orders(self) -> None:
        for number in range(self.random.randint(10, 40)):
            person = self.random.choice([*self.people, None, None])
            ordered, amount = self._moment(30), self._amount()
            self.tables["orders"].append({
                "order_id": f"{2025000 + number}" if self.digits else f"A{number:04}", "customer_id": person and self.random.choice(person["customer_ids"]),
                "ordered_at": ordered, "paid_at": self._some(ordered + timedelta(minutes=7), 0.9), "channel": self._some(self.random.choice(["store", "app", "web", "mini_program"]), 0.8),
                "status": self.random.choice(["completed"] * 5 + ["paid", "shipped", "refunded", "created", "cancelled", "closed"]), "order_amount": amount,
                "discount_amount": self._some(amount // 10), "coupon_amount": self._some(self.random.choice([Decimal("60.00"), amount + 5]), 0.2), "shipping_amount": self._some(Decimal("8.00")),
                "currency": self.random.choice(["CNY", "USD"]) if self.several else "CNY", "coupon_code": self._some("SPRING7", 0.2),
                "device_id": self._some(self.random.choice(["tablet1", person and person["device_id"]])), "phone_hash": self._some(person and person["phone_hash"])})  # fmt: skip

    def _customers(self) -> None:
        for customer_id, person in [(customer_id, known) for known in self.people for customer_id in known["customer_ids"]]:
            self.tables["customers"].append({
                "customer_id": customer_id, "registered_at": self._some(self._moment(0, 300), 0.9), "gender": self._some(self.random.choice(["male", "female", "unknown"]), 0.8),
                "birth_date": self._some(date(1960, 1, 1) + timedelta(days=self.random.randrange(15000)), 0.7), "city": self._word("city"), "occupation": self._word("occupation"),
                "phone_hash": person.get("shop") or self._some(person["phone_hash"], 0.7), "unionid": self._some(person["unionid"], 0.8), "openid": self._some(person["openid"]),
                "followers_count": self._some(self.random.randrange(1, 5000))})  # fmt: skip

    def _order_items(self) -> None:
        for order in self.tables["orders"]:
            for line_no in range(1, self.random.randint(1, 3)):
                self.tables["order_items"].append({"order_id": order["order_id"], "line_no": line_no, "sku_id": f"sku{self.random.randrange(5)}", "quantity": self.random.choice([1, 2, 3, -1]),
                                                   "unit_price": self._amount(100, 90000), "discount_amount": self._some(CENT * 50)})  # fmt: skip

    def _refunds(self) -> None:
        for number, order in enumerate(self.random.sample(self.tables["orders"], 6)):
            amount = self.random.choice([order["order_amount"], self._amount(100, 9000)])
            self.tables["refunds"].append({"refund_id": f"R{number}", "order_id": order["order_id"], "refunded_at": order["ordered_at"] + timedelta(days=self.random.randint(0, 9)),
                                           "refund_amount": amount, "shipping_refund_amount": self._some(min(amount, Decimal("8.00")))})  # fmt: skip

    def _touchpoints(self) -> None:
        for number in range(self.random.randint(10, 25)):
            person = self.random.choice(self.people)
            self.tables["touchpoints"].append({
                "event_id": f"e{number}", "occurred_at": self._moment(30), "event_type": self.random.choice(["page_view", "add_to_cart", "search", "share"]), "touchpoint": self._some("mini_program"),
                "customer_id": self._some(person["customer_ids"][0], 0.6), **{kind: self._some(person[kind]) for kind in ("unionid", "openid", "external_userid", "device_id", "phone_hash")},
                "category": self._word("category"), "duration_seconds": self._some(self.random.randrange(1, 900)), "rating": self._some(self.random.randrange(1, 6), 0.3)})  # fmt: skip

    def _wecom_contacts(self) -> None:
        for number, person in enumerate(person for person in self.people if person["external_userid"]):
            begun = self._moment(0, 200)
            for _ in range(self.random.choice([1, 1, 2])):  # lost and added again: one row a spell
                lost = self._some(begun + timedelta(days=self.random.randint(1, 30), seconds=5))
                self.tables["wecom_contacts"].append({
                    "userid": f"staff{number % 3}", "external_userid": person["external_userid"], "unionid": self._some(person["unionid"], 0.7), "type": 1, "gender": self.random.choice([0, 1, 2]),
                    "remark": self._word("remark"), "createtime": begun, "add_way": self.random.choice([1, 2, 201]), "state": self._some("qr_7"), "deleted_at": lost,
                    "delete_type": lost and self.random.choice(["del_follow_user", "del_external_contact", "transfer"])})  # fmt: skip
                begun += timedelta(days=45)

    def _products(self) -> None:
        for number in range(5):
            self.tables["products"].append({"sku_id": f"sku{number}", "product_name": f"{self._word('category')} {number}", "category": self._word("category"), "launched_at": self._some(self._moment()),
                                            "list_price": self._some(self._amount(), 0.8)})  # fmt: skip

    def _costs(self) -> None:
        for number in range(8):
            self.tables["costs"].append(
                {
                    "cost_date": FIRST_DAY + timedelta(days=20 * number),
                    "channel": "ads",
                    "cost_kind": self.random.choice(["traffic", "delivery"]),
                    "amount": self._amount(),
                }
            )

    def _exchange_rates(self) -> None:
        for day, rate in ((0, 7.25), (150, 7.05), (250, 7.5)):
            self.tables["exchange_rates"].append({"currency": "USD", "rate_date": FIRST_DAY + timedelta(days=day), "rate": rate})


def rate_of(order: Row, rates: list[Row]) -> Decimal:
    """Return what an amount of the order is multiplied with; 1 in CNY."""
    if order["currency"] != "USD" or not rates:
        return Decimal(1)
    day = (order["ordered_at"] + timedelta(hours=8)).date()
    return Decimal(str(max((row["rate_date"], row["rate"]) for row in rates if row["rate_date"] <= day)[1]))


def money(tables: Tables) -> dict[str, tuple[bool, Decimal, Decimal]]:
    """Return (is valid, payable, refunded) of each order."""
    refunds: dict[object, Decimal] = defaultdict(Decimal)
    for row in tables.get("refunds", []):
        refunds[row["order_id"]] += max(row["refund_amount"] - (row.get("shipping_refund_amount") or 0), Decimal(0))
    found = {}
    rates = tables.get("exchange_rates", []) if len({row["currency"] for row in tables["orders"]}) > 1 else []
    for row in tables["orders"]:
        payable = max(row["order_amount"] - (row.get("discount_amount") or 0) - (row.get("coupon_amount") or 0), Decimal(0))
        rate = rate_of(row, rates)
        is_valid = row.get("paid_at") is not None and row["status"] not in ("created", "cancelled", "closed")
        found[row["order_id"]] = (is_valid, (payable * rate).quantize(CENT / 100), (min(refunds[row["order_id"]], payable) * rate).quantize(CENT / 100))
    return found


def people(tables: Tables) -> set[frozenset[str]]:
    """Return the groups of customer_ids that are one person: joined by what is strong or medium and not of too many."""
    rows = [
        {(kind, row[kind]) for kind in IDENTIFIERS if row.get(kind)}
        for table in ("customers", "orders", "touchpoints", "wecom_contacts")
        for row in tables.get(table, [])
    ]
    owners: dict[tuple, set] = defaultdict(set)
    for row in rows:
        for node in row:
            owners[node] |= {other for other in row if other[0] == "customer_id"}
    groups: dict[tuple, set] = {}
    for row in rows:
        nodes = {node for node in row if len(owners[node]) <= LIMIT}
        joined = set().union(nodes, *(groups.get(node, set()) for node in nodes))
        groups.update(dict.fromkeys(joined, joined))
    return {frozenset(value for kind, value in group if kind == "customer_id") for group in groups.values()} - {frozenset()}
