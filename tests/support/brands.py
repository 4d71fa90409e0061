"""Random small brands: valid raw data, as odd as real data gets. Hypothesis draws the shape, its seed draws the rows.

A build costs seconds, so one brand packs a few hundred people with every oddity. All days are business days
(Asia/Shanghai) turned into UTC, with a liking for midnights, month-ends and the edges of the windows.
"""

from __future__ import annotations

import itertools
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta, timezone
from decimal import Decimal
from pathlib import Path
from random import Random
from zoneinfo import ZoneInfo

import pyarrow as pa
import pyarrow.parquet as pq
from contacted import contacts_of_a_brand
from hypothesis import strategies as st
from reference import business_date
from reference.identity import IDENTIFIERS

from tagmart.contract import raw_contract

Tables = dict[str, list[dict]]

TIMEZONE = ZoneInfo("Asia/Shanghai")
HISTORY_DAYS = 560
HEARTBEAT_DAYS = 20
EDGES = (0, 1, 6, 7, 8, 14, 15, 16, 29, 30, 31, 89, 90, 91, 364, 365, 366)
NEWEST_DAYS = [
    date(2024, 6, 15),
    date(2024, 2, 29),
    date(2023, 12, 31),
    date(2024, 1, 1),
    date(2025, 3, 31),
    date(2024, 3, 30),
]
ARROW_TYPES = {
    "text": pa.string(),
    "timestamp": pa.timestamp("us"),
    "date": pa.date32(),
    "money": pa.decimal128(18, 4),
    "integer": pa.int64(),
    "number": pa.float64(),
}
STATUSES = ["completed"] * 6 + ["paid", "shipped", "refunded", "created", "cancelled", "closed"]
CHANNELS = ["store", "app", "app", "mini_program", "live", "web", "carrier_pigeon", None]
AMOUNTS = ["0", "0.01", "9.90", "50", "100", "120.50", "199.99", "200", "350", "500", "888.88", "2000"]
STAFF = ["staff_1", "staff_2", "staff_3", "staff_4"]
CHATS = ["chat_1", "chat_2", "chat_3"]
CITIES = ["上海", "成都市", "佛山", "Atlantis", None]
EVENT_TYPES = [
    "impression",
    "message_delivered",
    "moments_shown",
    "message_opened",
    "message_clicked",
    "page_view",
    "product_view",
    "product_view",
    "search",
    "favourite",
    "add_to_cart",
    "coupon_claim",
    "article_read",
    "live_view",
    "follow_account",
    "join_group",
    "message_sent",
    "message_sent",
    "menu_click",
    "questionnaire",
    "review",
    "share",
    "referral",
    "ugc_post",
]
ODD_NAMES = ["{0}", "{0}", "{0}", "{0}", "Z{0}", "客户{0}", "a:{0}", "customer_id:{0}", "c {0}"]


@dataclass(frozen=True)
class Shape:
    """What decides a brand: everything else follows from it."""

    seed: int
    people: int = 220
    newest: date = NEWEST_DAYS[0]
    oddity: float = 0.15
    merging: float = 0.3


@st.composite
def shapes(draw, people: int = 220) -> Shape:
    """Draw the shape of a brand; the seed matters most, the rates move whole brands towards or away from trouble."""
    return Shape(
        seed=draw(st.integers(0, 2**32 - 1)),
        people=people,
        newest=draw(st.sampled_from(NEWEST_DAYS) | st.dates(date(2019, 1, 1), date(2030, 12, 31))),
        oddity=draw(st.sampled_from([0.15, 0.05, 0.4])),
        merging=draw(st.sampled_from([0.3, 0.1, 0.6])),
    )


def brand(shape: Shape, words: int = 0) -> Tables:
    """Return the raw tables of a brand; with other `words` the same people said other things of being contacted."""
    return _Maker(shape).make(words)


def write(tables: Tables, folder: Path) -> Path:
    """Write one Parquet file a table, typed as the raw contract says."""
    folder.mkdir(parents=True, exist_ok=True)
    for table, rules in raw_contract().items():
        schema = pa.schema([(column, ARROW_TYPES[kind]) for column, kind in rules["columns"].items()])
        pq.write_table(pa.Table.from_pylist(tables.get(table, []), schema), folder / f"{table}.parquet")
    return folder


def cut_at(tables: Tables, day: date) -> Tables:
    """Return the data as of a day: rows dated later are not there yet."""
    cut = {}
    for table, rows in tables.items():
        column = raw_contract()[table].get("event_at")
        cut[table] = [row for row in rows if column is None or row[column] is None or _day_of(row[column]) <= day]
    return cut


def as_it_was(tables: Tables, day: date, seed: int = 0) -> Tables:
    """Return what one might have had on a day: late rows missing, profiles, products and statuses still other ones."""
    random = Random(seed)
    was = {}
    for table, rows in cut_at(tables, day).items():
        change = _CHANGES.get(table, lambda row, random: {})
        rare = 0 if table in ("staff", "products", "campaigns", "exchange_rates") else 0.1
        was[table] = [{**row, **(change(row, random) if random.random() < 0.15 else {})} for row in rows if _was_there(row, rare, random)]
    return was


def days_with_orders(tables: Tables) -> list[date]:
    return sorted({_day_of(row["ordered_at"]) for row in tables["orders"]})


class _Maker:
    def __init__(self, shape: Shape):
        self.shape = shape
        self.random = Random(shape.seed)
        self.newest = shape.newest
        self.start = shape.newest - timedelta(days=HISTORY_DAYS)
        self.tables: Tables = {table: [] for table in raw_contract()}
        self.numbers = itertools.count(1)
        self.keys: set[tuple] = set()
        ends = [self.newest]
        while ends[-1] > self.start:
            ends.append(ends[-1].replace(day=1) - timedelta(days=1))
        self.ends = ends

    def make(self, words: int) -> Tables:
        self.products()
        self.campaigns()
        self.exchange_rates()
        people = [self.person(number) for number in range(self.shape.people)]
        self.public_identifiers(people)
        for person in people:
            self.register(person)
            self.contacts(person)
            self.groups(person)
            self.touches(person)
            self.orders(person)
            self.lists(person)
        self.strangers()
        self.heartbeat()
        contacts_of_a_brand(self, people, self.shape.seed, words)
        for rows in self.tables.values():
            self.random.shuffle(rows)
        self.random = Random(f"permissions {self.shape.seed}{words or ''}")  # a stream of its own: the other tables stay what they are
        self.permissions(people)
        return self.tables

    # Small helpers

    def odd(self, factor: float = 1.0) -> bool:
        return self.random.random() < self.shape.oddity * factor

    def pick(self, values):
        return self.random.choice(values)

    def is_new(self, *key) -> bool:
        """Return whether a table has no row of this key yet, and remember it."""
        is_new = key not in self.keys
        self.keys.add(key)
        return is_new

    def add(self, table: str, **values) -> dict:
        row = dict.fromkeys(raw_contract()[table]["columns"])
        row.update(values)
        self.tables[table].append(row)
        return row

    def day(self) -> date:
        """Return a business day of the history, often at a month-end or just inside or outside a window."""
        kind = self.random.random()
        if kind < 0.35:
            day = self.start + timedelta(days=self.random.randrange(HISTORY_DAYS + 1))
        elif kind < 0.55:
            day = self.pick(self.ends) + timedelta(days=self.pick([-1, 0, 0, 1]))
        else:
            day = self.pick(self.ends[:4]) - timedelta(days=self.pick(EDGES))
        return min(max(day, self.start), self.newest)

    def moment(self, day: date | None = None) -> datetime:
        """Return a UTC moment of a business day: any time, or the first or last instant of the local or the UTC day."""
        local = self.pick(
            [
                time(self.random.randrange(24), self.random.randrange(60), self.random.randrange(60)),
                time(self.random.randrange(24), self.random.randrange(60), self.random.randrange(60)),
                time(0, 0, 0),
                time(23, 59, 59),
                time(23, 59, 59, 999999),
                time(8, 0, 0),
                time(7, 59, 59),
            ]
        )
        return datetime.combine(day or self.day(), local, TIMEZONE).astimezone(timezone.utc).replace(tzinfo=None)

    def money(self) -> Decimal:
        return Decimal(self.pick(AMOUNTS)) if self.odd(3) else Decimal(self.random.randrange(100, 90000)) / 100

    # What a brand sells

    def products(self) -> None:
        for number in range(14):
            features = {
                "category": self.pick(["tea", "cake", "ink", None]),
                "style": self.pick(["plain", "rich", None]),
                "colour": self.pick(["red", "blue", "红", None]),
                "size": self.pick(["S", "M", "L", None]),
            }
            launched = self.moment() if self.random.random() < 0.7 else None
            self.add("products", sku_id=f"sku_{number}", launched_at=launched, **features)

    def campaigns(self) -> None:
        kinds = ["promotion", "promotion", "new_product", "content", "recall", "event", "bribery", None]
        for number, kind in enumerate(kinds):
            self.add("campaigns", campaign_id=f"camp_{number}", campaign_kind=kind, starts_at=self.moment())

    # Who people are

    def person(self, number: int) -> dict[str, list[str]]:
        merging = self.shape.merging
        ids = 0 if self.odd() else 1 + (self.random.random() < merging) + (self.random.random() < merging / 2)
        person = {"customer_id": [self.pick(ODD_NAMES).format(next(self.numbers)) for _ in range(ids)]}
        for kind, most in (("unionid", 1), ("openid", 1), ("external_userid", 2), ("phone_hash", 2), ("device_id", 2)):
            count = sum(self.random.random() < 0.6 for _ in range(most))
            person[kind] = [f"{kind[0]}{number}_{index}" for index in range(count)]
        if not any(person.values()):
            person["device_id"] = [f"d{number}_0"]
        return person

    def public_identifiers(self, people: list[dict]) -> None:
        """Let family phones and shop tablets be shared by 2 to 6 customers, at and around the guard's limit of 3."""
        with_id = [person for person in people if person["customer_id"]]
        for index, (kind, sharers) in enumerate(itertools.product(IDENTIFIERS[1:], (2, 3, 4, 6))):
            if self.random.random() < 0.5 and len(with_id) >= sharers:
                for person in self.random.sample(with_id, sharers):
                    person[kind].append(f"public_{index}")
                    seen = {"customer_id": self.pick(person["customer_id"]), kind: f"public_{index}"}
                    self.touch(seen, self.day())

    def some(self, person: dict, kinds, share: float = 0.5) -> dict:
        """Return one value each for a random part of the identifiers of a person."""
        return {kind: self.pick(person[kind]) for kind in kinds if person[kind] and self.random.random() < share}

    def register(self, person: dict) -> None:
        for customer_id in person["customer_id"]:
            if self.odd():
                continue
            registered = None if self.odd(0.5) else self.moment(date(2015, 5, 1)) if self.odd() else self.moment()
            birthday = self.newest.replace(year=1988, day=1)
            born = self.pick([None, date(1900, 1, 2), date(2000, 2, 29), date(2035, 1, 1), birthday])
            if self.random.random() < 0.5:
                born = date(1960, 1, 1) + timedelta(days=self.random.randrange(20000))
            self.add(
                "customers",
                customer_id=customer_id,
                registered_at=registered,
                gender=self.pick(["male", "female", "unknown", "robot", None]),
                birth_date=born,
                province=self.pick(["上海", "四川", None]),
                city=self.pick(CITIES),
                occupation=self.pick(["baker", None]),
                marital_status=self.pick(["married", "single", None]),
                member_level=self.pick(["gold", "silver", None]),
                source_channel=self.pick(["ad", "friend", None]),
                followers_count=self.pick([None, 0, 12, 99999]),
                **self.some(person, ["phone_hash", "unionid", "openid"]),
            )

    # What happens

    def contacts(self, person: dict) -> None:
        added = None
        for external_userid in person["external_userid"]:
            for staff in self.random.sample(STAFF, self.pick([0, 1, 1, 2, 3])):
                is_together = added is not None and self.odd(2)
                added = added + timedelta(seconds=self.pick([0, 0.25])) if is_together else self.moment()
                lost, delete_type = None, None
                if self.random.random() < 0.5:
                    lost = added + timedelta(self.pick([0, 0, 1, 10, 40, 100, 400]), self.pick([0, 0.5, 7, 36000]))
                    lost = self.moment() if self.odd(0.2) else lost
                    delete_type = self.pick(["del_follow_user", "del_external_contact", "transfer", "abducted", None])
                for begun, ended, how in [(added, lost, delete_type), *self.spells_after(added, lost)]:
                    if self.is_new("wecom_contacts", staff, external_userid, begun):
                        self.add(
                            "wecom_contacts",
                            userid=staff,
                            external_userid=external_userid,
                            createtime=begun,
                            deleted_at=ended,
                            delete_type=how,
                            state=self.pick(["qr_1", "qr_2", "", None]) or None,
                            add_way=1,
                            type=1,
                            **self.some(person, ["unionid"]),
                        )
                if self.odd() and self.is_new("wecom_contact_tags", staff, external_userid):
                    tagged = None if self.odd() else self.moment()
                    self.add("wecom_contact_tags", userid=staff, external_userid=external_userid, tag_id="t1", tag_name="vip", type=1, tagged_at=tagged)

    def spells_after(self, added: datetime, lost: datetime | None) -> list[tuple]:
        """Return up to two more spells of a pair: after the loss, at that very moment, or although nothing was closed."""
        spells = []
        for _ in range(self.pick([1, 1, 2]) if self.odd(2) else 0):
            begun = self.pick([lost or added, (lost or added) + timedelta(days=self.pick([0.5, 20, 90])), self.moment()])
            begun = min(begun, self.moment(self.newest))
            ended = begun + timedelta(days=self.pick([-30, 0, 1, 40])) if self.random.random() < 0.5 else None
            spells.append((begun, ended, self.pick(["del_follow_user", "transfer", None]) if ended else None))
            added, lost = begun, ended
        return spells

    def groups(self, person: dict) -> None:
        for external_userid in person["external_userid"]:
            for _ in range(self.pick([0, 0, 1, 3])):
                joined = self.moment()
                left = joined + timedelta(days=self.pick([0, 3, 60])) if self.random.random() < 0.4 else None
                left = self.moment() if self.odd(0.2) else left
                chat = self.pick(CHATS)
                if self.is_new("wecom_group_members", chat, external_userid, joined):
                    self.add(
                        "wecom_group_members",
                        chat_id=chat,
                        userid=external_userid,
                        join_time=joined,
                        type=self.pick([2, 2, 2, 2, 1, None]),
                        quit_time=left,
                        **self.some(person, ["unionid"]),
                    )

    def touch(self, seen: dict, day: date) -> None:
        event_type = self.pick(EVENT_TYPES)
        self.add(
            "touchpoints",
            event_id=f"e{next(self.numbers)}",
            occurred_at=self.moment(day),
            event_type=event_type,
            touchpoint=self.pick(["community", "wecom_chat", "app_push", "smoke_signal", None]),
            chat_id=self.pick([None, None, "chat_1"]),
            duration_seconds=self.pick([None, 0, 30, 7200]),
            sku_id=self.pick([None, "sku_1"]),
            campaign_id=self.pick([None, "camp_0"]),
            **seen,
        )

    def touches(self, person: dict) -> None:
        kinds = [kind for kind in IDENTIFIERS if person[kind]]
        for _ in range(self.pick([0, 1, 3, 8, 20])):
            seen = self.some(person, kinds, 0.35)
            if not seen and not self.odd():
                kind = self.pick(kinds)
                seen = {kind: self.pick(person[kind])}
            self.touch(seen, self.day())

    def orders(self, person: dict) -> None:
        day = self.day()
        for _ in range(self.pick([0, 0, 1, 1, 2, 3, 5, 9, 22])):
            if self.random.random() > 0.2:
                day = self.day()
            customer_id = self.pick(person["customer_id"]) if person["customer_id"] and not self.odd(0.3) else None
            self.order(customer_id, day, **self.some(person, ["phone_hash", "device_id"], 0.4))

    def order(self, customer_id: str | None, day: date, **seen) -> None:
        amount, discount, coupon = self.money(), None, None
        if self.random.random() < 0.4:
            discount = self.pick([Decimal(0), Decimal("0.01"), amount / 10, amount])
        if self.random.random() < 0.3:
            coupon = self.pick([Decimal(0), Decimal(5), amount / 4, amount, amount + 60])
        ordered_at = self.moment(day)
        order = self.add(
            "orders",
            order_id=f"o{next(self.numbers)}",
            customer_id=customer_id,
            ordered_at=ordered_at,
            paid_at=None if self.odd(0.5) else ordered_at + timedelta(minutes=self.pick([0, 5, 5000])),
            status=self.pick(STATUSES),
            channel=self.pick(CHANNELS),
            order_amount=amount,
            discount_amount=_cents(discount),
            coupon_amount=_cents(coupon),
            shipping_amount=self.pick([None, Decimal(8)]),
            coupon_code=self.pick([None, None, None, "WELCOME"]),
            currency=self.currency(),
            campaign_id=self.pick([None, None, *(f"camp_{number}" for number in range(9))]),
            **seen,
        )
        self.items(order["order_id"])
        if self.random.random() < 0.3:
            self.refunds(order, day)

    def currency(self) -> str | None:
        return self.pick(["JPY", "usd", " USD "]) if self.odd(0.5) else self.pick(["CNY", "CNY", " cny", "RMB", None])

    def exchange_rates(self) -> None:
        """Rates on some days, one of them a slip, from before the first order on, also where it was moved (_was_order)."""
        for currency, near in (("JPY", 0.0481), ("USD", 7.1)):
            days = {self.start - timedelta(days=40), *(self.day() for _ in range(12))}
            for day in sorted(days):
                rate = round(near * self.random.uniform(0.9, 1.1), 10)
                slip = self.odd(0.2) and day > self.start
                self.add("exchange_rates", currency=currency, rate_date=day, rate=0.0 if slip else rate)

    def items(self, order_id: str) -> None:
        for line in range(self.pick([0, 1, 1, 2, 3])):
            quantity = self.pick([1, 1, 1, 2, 3, 5, 0, -1])
            self.add("order_items", order_id=order_id, line_no=line, sku_id=f"sku_{self.random.randrange(16)}", quantity=quantity, unit_price=self.money())

    def refunds(self, order: dict, day: date) -> None:
        payable = order["order_amount"] - (order["discount_amount"] or 0) - (order["coupon_amount"] or 0)
        payable = max(payable, Decimal(0))
        part = _cents(payable / 3)
        amounts = self.pick(
            [
                [payable],
                [part],
                [part, payable - part],
                [part, part],
                [payable + 1],
                [Decimal(0)],
                [Decimal("0.01")],
                [part, part, part, Decimal("0.02")],
                [payable, payable],
            ]
        )
        for amount in amounts:
            later = day + timedelta(days=self.pick([0, 0, 1, 3, 30, 45, 120, -1, -20]))
            shipping = self.pick([None, None, Decimal(0), Decimal(8)])
            # Beside the goods as a rule, at times a part of the amount, at times more than all of it.
            amount += (shipping or 0) if not self.odd() else 0
            self.add(
                "refunds",
                refund_id=f"r{next(self.numbers)}",
                order_id=order["order_id"],
                shipping_refund_amount=shipping,
                refunded_at=self.moment(min(later, self.newest)),
                refund_amount=amount,
            )

    def lists(self, person: dict) -> None:
        for customer_id in person["customer_id"]:
            if self.odd():
                for number in self.random.sample(range(9), 2):
                    assigned = None if self.odd(0.3) else self.moment()
                    self.add(
                        "campaign_members",
                        campaign_id=f"camp_{number}",
                        customer_id=customer_id,
                        variant=self.pick(["treatment", "holdout"]),
                        assigned_at=assigned,
                        sent_status=1,
                    )
            if self.odd():
                tagged = None if self.odd(0.3) else self.moment()
                self.add("manual_tags", customer_id=customer_id, tag_group="skin", tag_name="dry", tag_value="yes", tagged_at=tagged)

    def permissions(self, people: list[dict]) -> None:
        """Consents and blocks by any identifiers: of one person, of two, of a phone that many share, of nobody known; with and without days."""
        public = sorted({(kind, value) for person in people for kind in IDENTIFIERS for value in person[kind] if value.startswith("public_")})
        self.add("consents", customer_id="never_seen", status="withdrawn", changed_at=self.moment(self.start))
        for person in [*people, *({kind: [value]} for kind, value in public * 8)]:
            named = {kind: self.pick(values) for kind, values in person.items() if values and self.random.random() < 0.5}
            for _ in range(self.pick([0, 1, 1, 3]) if named else 0):
                if self.odd():
                    named |= self.some(self.pick(people), IDENTIFIERS, 0.3)
                moment = None if self.odd() else datetime(1970, 1, 1) if self.odd(0.5) else self.moment()
                if self.random.random() < 0.7:
                    status = self.pick(["granted", "withdrawn", "withdrawn"])
                    said = {
                        "channel": self.pick(["sms", "all", "email", "smoke_signal", None]),
                        "purpose": self.pick(["marketing", "marketing", "service", "fun", None]),
                    }
                    self.add("consents", **said, status=status, changed_at=moment, **named)
                else:
                    until = self.pick([None, self.day(), self.day(), date(1970, 1, 1)])
                    reason = self.pick(["complaint", "legal", "bad mood", None])
                    self.add(
                        "contact_blocks",
                        channel=self.pick(["sms", "all", "smoke_signal", None]),
                        reason=reason,
                        blocked_at=moment,
                        blocked_until=until,
                        **named,
                    )

    def strangers(self) -> None:
        """People of whom one list or one touch is all there is."""
        self.add("campaign_members", campaign_id="camp_1", customer_id="only_listed", variant="holdout", assigned_at=self.moment())
        self.add("manual_tags", customer_id="only_noted", tag_group="skin", tag_name="dry", tagged_at=None)
        self.add("customers", customer_id="only_registered", registered_at=None, city="上海")
        self.touch({"openid": "only_openid", "device_id": "only_device"}, self.day())
        # Until this one is delivered, only_noted and only_listed have done and said the same: nothing.
        self.add("touchpoints", event_id="late", customer_id="only_noted", occurred_at=self.moment(self.newest - timedelta(days=100)), event_type="share")
        self.add("wecom_group_members", chat_id="chat_1", userid="only_member", join_time=self.moment(), type=2)
        self.add("wecom_group_members", chat_id="chat_1", userid="staff_1", join_time=self.moment(), type=1, unionid="staff_union")

    def heartbeat(self) -> None:
        """Anonymous orders all along: no gap can make the data look implausible, and some day is the newest."""
        for number, days in enumerate(range(0, HISTORY_DAYS, HEARTBEAT_DAYS)):
            self.add(
                "orders",
                order_id=f"heartbeat_{number}",
                ordered_at=self.moment(self.newest - timedelta(days=days)),
                status="completed",
                order_amount=Decimal(10),
            )


def _was_there(row: dict, rare: float, random: Random) -> bool:
    return row.get("event_id") != "late" and (_is_heartbeat(row) or random.random() >= rare)


def _is_heartbeat(row: dict) -> bool:
    return str(row.get("order_id")).startswith("heartbeat")


def _day_of(moment: date | datetime) -> date:
    return business_date(moment) if isinstance(moment, datetime) else moment


def _cents(amount: Decimal | None) -> Decimal | None:
    return None if amount is None else amount.quantize(Decimal("0.01"))


def _was_customer(row: dict, random: Random) -> dict:
    return random.choice(
        [
            {"city": "成都"},
            {"city": None, "member_level": "none"},
            {"phone_hash": None, "unionid": None, "openid": None},
            {"birth_date": date(1999, 9, 9)},
            {"followers_count": 7},
            {"gender": None},
            {"registered_at": None},
            {"registered_at": row["registered_at"] and row["registered_at"] - timedelta(days=50)},
        ]
    )


def _was_order(row: dict, random: Random) -> dict:
    if _is_heartbeat(row):
        return {}
    return random.choice(
        [
            {"status": "created"},
            {"status": "completed"},
            {"paid_at": None},
            {"channel": "web"},
            {"customer_id": None},
            {"order_amount": row["order_amount"] + 5},
            {"campaign_id": None},
            {"phone_hash": None, "device_id": None},
            {"ordered_at": row["ordered_at"] - timedelta(days=33)},
        ]
    )


_CHANGES = {
    "customers": _was_customer,
    "orders": _was_order,
    "products": lambda row, random: random.choice([{"category": "tea"}, {"launched_at": None}, {"size": "XL"}]),
    "campaigns": lambda row, random: {"campaign_kind": random.choice(["promotion", "content"])},
    "wecom_contacts": lambda row, random: random.choice(
        [
            {"deleted_at": None},
            {"state": "qr_9"},
            {"unionid": None},
            {"delete_type": "transfer"},
        ]
    ),
    "touchpoints": lambda row, random: random.choice(
        [
            {"customer_id": None},
            {"duration_seconds": 1},
            {"event_type": "review"},
            {"device_id": "other"},
        ]
    ),
    "order_items": lambda row, random: random.choice([{"quantity": 9}, {"sku_id": "sku_0"}]),
    "refunds": lambda row, random: random.choice([{"refund_amount": row["refund_amount"] / 2}, {"shipping_refund_amount": None}]),
    "exchange_rates": lambda row, random: {"rate": row["rate"] * 1.25},
    "campaign_members": lambda row, random: {"assigned_at": None},
    "manual_tags": lambda row, random: {"tagged_at": None},
}
