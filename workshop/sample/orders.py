"""Orders: the purchases, what campaigns add, what never gets paid, what comes back."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
import pyarrow as pa

from workshop.sample import calendar, truth
from workshop.sample.baskets import Baskets, make_baskets
from workshop.sample.catalogue import Catalogue
from workshop.sample.columns import NULL, DrawnIds, Frame, Ids, Money, Times, Words, words
from workshop.sample.contacts import Contacts, staff_at, staff_ids
from workshop.sample.draw import chance, clock, pick
from workshop.sample.people import SECOND_BY_DEVICE, People
from workshop.sample.plan import DAY, Plan
from workshop.sample.purchases import NEVER, Members, Purchases

PURCHASE, EXTRA, SAME_DAY, UNPAID, FULL_REFUND, GUEST = range(6)  # why an order is there
STATUSES = ["created", "paid", "shipped", "completed", "cancelled", "refunded", "closed"]
CREATED, PAID, SHIPPED, COMPLETED, CANCELLED, REFUNDED, CLOSED = range(7)
UNKNOWN_STATUS = "待处理"  # only in dirty rows
CHANNELS = ["store", "app", "mini_program", "marketplace", "wecom", "live", "web"]
STORE, APP, MINI_PROGRAM, MARKETPLACE, WECOM, LIVE, WEB = range(7)
CHANNEL_WEIGHTS = [10, 18, 38, 18, 8, 5, 3]
BANDS = np.array([[7, 11], [11, 14], [14, 19], [19, 23]])  # preferred hours to order
COUPONS = ["CP5", "CP15", "CP30", "CP50"]
COUPON_CENTS = np.array([500, 1500, 3000, 5000])
COUPON_FROM = np.array([9_900, 19_900, 29_900])  # order amounts in cents that give the next larger coupon


@dataclass
class Orders:
    """Orders of a block in order of time, one entry an order; money in cents, times Shanghai seconds."""

    person: np.ndarray
    kind: np.ndarray
    time: np.ndarray
    account: np.ndarray  # -1 for guests
    device: np.ndarray  # 0 or 1: which device of the person
    channel: np.ndarray
    status: np.ndarray
    paid_at: np.ndarray  # NULL if unpaid
    campaign: np.ndarray
    coupon: np.ndarray  # position in COUPONS, -1 for none
    baskets: Baskets
    discount: np.ndarray
    coupon_amount: np.ndarray

    def __len__(self) -> int:
        return len(self.person)

    @property
    def net(self) -> np.ndarray:
        """Goods after discounts and coupon, before refunds."""
        return self.baskets.order_amount - self.discount - self.coupon_amount

    @property
    def shipping(self) -> np.ndarray:
        """Shipping of small orders that are sent."""
        return np.where((self.baskets.order_amount < 9_900) & (self.channel != STORE), 800, 0)


def make_orders(plan: Plan, people: People, purchases: Purchases, members: Members, catalogue: Catalogue) -> Orders:
    """Draw the orders of a block."""
    rng = plan.rng("orders", people.block)
    person, day, kind, campaign = _occasions(plan, rng, people, purchases, members)
    size = len(person)
    # Most orders fall into the person's own hours; a first order follows registration on the same day.
    low, high = BANDS[people.band[person]].T * 3600
    own = low + (rng.random(size) * (high - low)).astype(np.int64)
    time = day * DAY + np.where(chance(rng, 0.6, size), own, clock(rng, size))
    registered = people.registered_at[person]
    room = np.clip((day + 1) * DAY - registered, 0, None)
    after = registered + (rng.random(size) * room).astype(np.int64)
    time = np.where((kind != GUEST) & (time <= registered), after, time)
    order = np.argsort(time, kind="stable")
    person, day, kind, campaign, time = (values[order] for values in (person, day, kind, campaign, time))

    account = people.account_at(person, time, rng.random(size) < 0.5)
    channel = np.where(chance(rng, 0.7, size), people.channel[person], pick(rng, CHANNEL_WEIGHTS, size))
    channel = np.where(~people.has_wechat[person] & np.isin(channel, [MINI_PROGRAM, WECOM]), APP, channel)
    sensitive = people.price_sensitivity[person]
    promotion = calendar.promotion_by_day(plan)[day - plan.first_day]
    promoted = (promotion >= 0) & chance(rng, sensitive, size)
    campaign = np.where(campaign >= 0, campaign, np.where(promoted, promotion, -1))

    baskets = make_baskets(plan, people, catalogue, person, day)
    settled = time < plan.end - 16 * DAY  # late enough that what comes back has come back
    baskets.returned &= settled & np.isin(kind, [PURCHASE, EXTRA, SAME_DAY, GUEST])
    amount = baskets.order_amount
    discount = np.where(promoted, amount // 10, 0)
    with_coupon = chance(rng, sensitive, size)
    tier = np.searchsorted(COUPON_FROM, amount, side="right")
    # A coupon never makes an order free.
    coupon_amount = np.where(with_coupon, np.minimum(COUPON_CENTS[tier], (amount - discount) // 2), 0)
    status, paid_at = _states(plan, rng, kind, time)
    return Orders(
        person=person,
        kind=kind,
        time=time,
        account=account,
        device=chance(rng, 0.3, size) & (people.devices[person] == 2),
        channel=channel,
        status=status,
        paid_at=paid_at,
        campaign=campaign,
        coupon=np.where(with_coupon, tier, -1),
        baskets=baskets,
        discount=discount,
        coupon_amount=coupon_amount,
    )


def _occasions(
    plan: Plan, rng: np.random.Generator, people: People, purchases: Purchases, members: Members
) -> tuple[np.ndarray, np.ndarray, np.ndarray, np.ndarray]:
    """Return `(person, day, kind, campaign)` of each order.

    Unpaid and fully refunded orders stand beside the purchases, they do not replace any: so the valid
    purchase days of a person are those of the BG/NBD process and of campaigns, and the truth stays exact.
    """
    caused = members.extra_day != NEVER
    guests = np.flatnonzero((np.arange(len(people)) >= people.registered) & people.is_buyer)
    guests = np.repeat(guests, rng.integers(1, 3, len(guests)))
    first_day = people.first_touch[guests] // DAY
    guest_day = first_day + (rng.random(len(guests)) * (plan.last_day + 1 - first_day)).astype(np.int64)
    parts = [
        (purchases.person, purchases.day, PURCHASE, -1),
        (members.person[caused], members.extra_day[caused], EXTRA, members.campaign[caused]),
        (guests, guest_day, GUEST, -1),
    ]
    # Days after a purchase, and how long before the end such an order must lie to be settled in the data.
    for kind, share, latest, settled in (
        (SAME_DAY, truth.SAME_DAY_SHARE, 0, 0),
        (UNPAID, truth.UNPAID_SHARE, 20, 0),
        (FULL_REFUND, truth.FULL_REFUND_SHARE, 20, 16),
    ):
        beside = np.flatnonzero(chance(rng, share, len(purchases.person)))
        day = purchases.day[beside] + rng.integers(0, latest + 1, len(beside))
        kept = day <= plan.last_day - settled
        parts.append((purchases.person[beside][kept], day[kept], kind, -1))
    sizes = [len(part[0]) for part in parts]
    person, day = (np.concatenate([part[place] for part in parts]) for place in (0, 1))
    kind, campaign = (np.concatenate([np.broadcast_to(part[place], size) for part, size in zip(parts, sizes, strict=True)]) for place in (2, 3))
    return person, day, kind, campaign


def _states(plan: Plan, rng: np.random.Generator, kind: np.ndarray, time: np.ndarray) -> tuple[np.ndarray, np.ndarray]:
    """Return `(status, paid_at)`: valid orders ripen with age, unpaid ones never do."""
    size = len(kind)
    age = (plan.end - time) / DAY
    status = np.where(age > 10, COMPLETED, np.where(age > 3, SHIPPED, PAID))
    unpaid = np.where(age < 1, CREATED, np.array([CANCELLED, CLOSED, CREATED])[pick(rng, [60, 25, 15], size)])
    status = np.where(kind == UNPAID, unpaid, np.where(kind == FULL_REFUND, REFUNDED, status))
    paid_at = np.minimum(time + rng.integers(5, 900, size), plan.end - 1)
    # One cancelled order in five had been paid: paid_at alone does not make an order valid.
    unpaid = (kind == UNPAID) & ~((status == CANCELLED) & chance(rng, 0.2, size))
    return status, np.where(unpaid, NULL, paid_at)


def orders_frame(plan: Plan, people: People, contacts: Contacts, orders: Orders, first: int, texts: dict[str, pa.Array]) -> Frame:
    """Return the table orders; `first` is the number of orders in the blocks before."""
    rng = plan.rng("orders.words", people.block)
    size, person, channel = len(orders), orders.person, orders.channel
    staff = np.where(orders.time >= contacts.since[person], contacts.first_staff[person], -1)
    staff = np.where(staff >= 0, staff_at(plan, staff, orders.time), -1)
    by_device = np.isin(channel, [APP, WEB, LIVE]) | ((channel == MINI_PROGRAM) & chance(rng, 0.4, size))
    by_phone = (np.isin(channel, [MARKETPLACE, STORE]) | chance(rng, 0.4, size)) & (people.phone[person] >= 0)
    # Nothing but the one shared phone or device may join a second account to the first.
    second = (orders.account >= 0) & (orders.account == people.second_account[person])
    by_device = np.where(second, people.second_link[person] == SECOND_BY_DEVICE, by_device)
    by_phone &= ~(second & (people.second_link[person] == SECOND_BY_DEVICE))
    device = 2 * person + np.where(second, 0, orders.device)
    # Some guests leave nothing that says who they are.
    nameless = (orders.kind == GUEST) & chance(rng, 0.3, size)
    return {
        "order_id": order_ids(first + np.arange(size)),
        "customer_id": Words(orders.account, words=texts["customer_id"]),
        "ordered_at": Times(orders.time),
        "paid_at": Times(orders.paid_at),
        "status": words(orders.status, [*STATUSES, UNKNOWN_STATUS]),
        "channel": words(channel, CHANNELS),
        "order_amount": Money(orders.baskets.order_amount),
        "discount_amount": Money(orders.discount),
        "coupon_amount": Money(orders.coupon_amount),
        "shipping_amount": Money(orders.shipping),
        "currency": words(np.zeros(size, np.int64), ["CNY"]),
        "coupon_code": words(orders.coupon, COUPONS),
        "campaign_id": calendar.campaign_ids(orders.campaign),
        "staff_userid": staff_ids(np.where(np.isin(channel, [STORE, WECOM]), staff, -1)),
        "device_id": Words(np.where(by_device & ~nameless, device, -1), words=texts["device_id"]),
        "phone_hash": Words(np.where(by_phone & ~nameless, people.phone[person], -1), words=texts["phone_hash"]),
    }


def order_ids(numbers: np.ndarray) -> Ids:
    """Return the order_id column for positions among all orders."""
    return DrawnIds(numbers + 1, kind="order_id")
