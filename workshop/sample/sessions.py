"""Sessions: people look around, and look at what they then order."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from workshop.sample import truth, vocabulary
from workshop.sample.catalogue import Catalogue
from workshop.sample.contacts import Contacts
from workshop.sample.draw import chance, clock, pick, spread
from workshop.sample.orders import APP, LIVE, MINI_PROGRAM, WEB, WECOM, Orders
from workshop.sample.pace import alpha
from workshop.sample.people import People
from workshop.sample.plan import DAY, Plan
from workshop.sample.purchases import NEVER, Purchases
from workshop.sample.touches import SURFACE, TYPE, Touches, touches

ANYBODY, WECHAT, CONTACT = range(3)  # who can have such a session
MOST_STEPS = 5


@dataclass(frozen=True)
class Template:
    """A kind of session: how often, where, for whom, which events in their order."""

    weight: float
    surface: str
    needs: int
    steps: str


TEMPLATES = [
    Template(14, "mini_program", WECHAT, "page_view product_view"),
    Template(10, "mini_program", WECHAT, "impression page_view product_view add_to_cart"),
    Template(6, "mini_program", WECHAT, "page_view search product_view product_view favourite"),
    Template(4, "mini_program", WECHAT, "page_view coupon_claim product_view"),
    Template(16, "ad", ANYBODY, "impression"),
    Template(8, "moments", CONTACT, "moments_shown"),
    Template(5, "official_account_article", WECHAT, "impression article_read"),
    Template(3, "official_account_menu", WECHAT, "menu_click page_view"),
    Template(4, "live", WECHAT, "live_view product_view"),
    Template(3, "wecom_chat", CONTACT, "message_sent"),
    Template(6, "app", ANYBODY, "page_view search product_view add_to_cart"),
    Template(4, "app_push", ANYBODY, "message_delivered message_opened page_view"),
    Template(7, "web", ANYBODY, "impression page_view product_view"),
    Template(2, "store", ANYBODY, "product_view"),
]
_INSTEAD = 12  # the web session that people have who cannot have the drawn one
_LENGTH = np.array([len(template.steps.split()) for template in TEMPLATES])
_STEPS = np.array([[TYPE[step] for step in template.steps.split()] + [0] * (MOST_STEPS - len(template.steps.split()))
                   for template in TEMPLATES], np.int8)  # fmt: skip
_SURFACES = np.array([SURFACE[template.surface] for template in TEMPLATES], np.int8)
_NEEDS = np.array([template.needs for template in TEMPLATES])
_ARTICLE, _LIVE_VIEW = TYPE["article_read"], TYPE["live_view"]
_WEIGHTS = np.array([template.weight for template in TEMPLATES])
MEAN_LENGTH = float((_LENGTH * _WEIGHTS).sum() / _WEIGHTS.sum())

# Sessions that end in an order: at most this share of all events of the block.
ORDER_SESSION_SHARE = 0.35
ORDER_STEPS = np.array([TYPE["page_view"], TYPE["product_view"], TYPE["add_to_cart"]])
# surface of the session before an order, by channel; -1 where none is seen (store, marketplace)
_BEFORE_ORDER = np.full(7, -1)
_BEFORE_ORDER[[APP, MINI_PROGRAM, WECOM, LIVE, WEB]] = [SURFACE[name] for name in ("app", "mini_program", "mini_program", "live", "web")]


def make_sessions(
    plan: Plan, people: People, contacts: Contacts, purchases: Purchases, orders: Orders,
    catalogue: Catalogue, already: int,
) -> list[Touches]:  # fmt: skip
    """Return the sessions of a block: as many as bring it, with the events there `already`, to the wanted number."""
    wanted = plan.touchpoints_per_customer * len(people.account_person) - already
    before = _sessions_before_orders(plan, people, orders, wanted * ORDER_SESSION_SHARE)
    left = max(wanted - len(before.time), 0) / MEAN_LENGTH
    return [before, _browsing(plan, people, contacts, purchases, catalogue, left)]


def _sessions_before_orders(plan: Plan, people: People, orders: Orders, at_most: float) -> Touches:
    """Return sessions that end a minute or some before an order, of as many orders as `at_most` events allow."""
    rng = plan.rng("order_sessions", people.block)
    surface = _BEFORE_ORDER[orders.channel]
    digital = np.flatnonzero(surface >= 0)
    share = min(max(at_most, 0) / max(len(digital) * len(ORDER_STEPS), 1), 0.9)
    order = digital[chance(rng, share, len(digital))]
    session, step = spread(np.full(len(order), len(ORDER_STEPS)))
    gaps = rng.integers(15, 240, (len(order), len(ORDER_STEPS)))
    time = orders.time[order][session] - np.cumsum(gaps[:, ::-1], axis=1)[:, ::-1].ravel()
    person = orders.person[order][session]
    account = orders.account[order][session]
    registered = np.where(account >= 0, people.account_time[account], 0)
    return touches(
        time,
        person=person,
        account=np.where(time >= registered, account, -1),
        type=ORDER_STEPS[step],
        surface=surface[order][session],
        device=orders.device[order][session],
        sku=orders.baskets.sku[orders.baskets.first_line[order]][session],
    )


def _browsing(plan: Plan, people: People, contacts: Contacts, purchases: Purchases, catalogue: Catalogue, wanted: float) -> Touches:
    """Return about `wanted` sessions; people who buy often look often, people who dropped out seldom."""
    rng = plan.rng("browsing", people.block)
    start = people.first_touch
    dropped = purchases.dropped_day != NEVER
    until = np.where(dropped, (purchases.dropped_day + 1) * DAY, plan.end)
    full = until - start
    later = (plan.end - until) * truth.ACTIVITY_AFTER_DROPOUT
    keen = 0.4 + 0.6 * np.minimum(people.purchase_rate * alpha(plan) / truth.R, 3)
    rate = people.activity * keen * (full + later)
    person, _ = spread(rng.poisson(rate * (wanted / rate.sum())))
    size = len(person)

    point = rng.random(size) * (full + later)[person]
    past = np.maximum(point - full[person], 0) / truth.ACTIVITY_AFTER_DROPOUT
    raw = start[person] + np.minimum(point, full[person]).astype(np.int64) + past.astype(np.int64)
    time = raw // DAY * DAY + clock(rng, size)
    time = np.where(time < start[person], raw, time)

    template = pick(rng, _WEIGHTS, size)
    needs = _NEEDS[template]
    able = (needs == ANYBODY) | ((needs == WECHAT) & people.has_wechat[person])
    able |= (needs == CONTACT) & (time >= contacts.since[person]) & (time < contacts.until[person])
    template = np.where(able, template, _INSTEAD)
    account = people.account_at(person, time, rng.random(size) < 0.5)
    account = np.where(chance(rng, 0.65, size), account, -1)
    sku = _looked_at(rng, people, catalogue, person, time // DAY)

    session, step = spread(_LENGTH[template])
    kind = _STEPS[template[session], step]
    at = time[session] + step * 20 + rng.integers(0, 18, len(session))
    content = rng.integers(0, vocabulary.ARTICLES, size)[session]
    live = vocabulary.ARTICLES + content % vocabulary.LIVES
    return touches(
        at,
        person=person[session],
        account=account[session],
        type=kind,
        surface=_SURFACES[template][session],
        device=(chance(rng, 0.4, size) & (people.devices[person] == 2))[session],
        sku=sku[session],
        content=np.where(kind == _ARTICLE, content, np.where(kind == _LIVE_VIEW, live, -1)),
    )


def _looked_at(rng: np.random.Generator, people: People, catalogue: Catalogue, person: np.ndarray, day: np.ndarray) -> np.ndarray:
    """Return the SKU of each session: the daily food, or something for the pet that is on sale by then."""
    size = len(person)
    sku = np.empty(size, np.int64)
    pet = np.where(people.pet[person] == 2, chance(rng, 0.5, size), people.pet[person])
    for kind in (0, 1):
        mine = np.flatnonzero(pet == kind)
        every = np.flatnonzero((catalogue.pet == kind) | (catalogue.pet == 2))
        sku[mine] = every[pick(rng, catalogue.popularity[every], len(mine))]
    unknown = (catalogue.launch_day[sku] > day) | chance(rng, 0.35, size)
    return np.where(unknown, people.habit_sku[person], sku)
