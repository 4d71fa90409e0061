"""Touchpoints: one structure that every source of events fills, and the table made of them."""

from __future__ import annotations

from dataclasses import dataclass, fields

import numpy as np
import pyarrow as pa

from workshop.sample import calendar, vocabulary
from workshop.sample.catalogue import Catalogue, sku_ids
from workshop.sample.columns import NULL, Counts, DrawnIds, Frame, Times, Words, words
from workshop.sample.contacts import Contacts, staff_at, staff_ids, state_texts
from workshop.sample.draw import chance
from workshop.sample.groups import Chats
from workshop.sample.people import People
from workshop.sample.plan import DAY, Plan

PASSIVE = ["impression", "message_delivered", "moments_shown"]
ACTIVE = ["message_opened", "message_clicked", "page_view", "product_view", "search", "favourite", "add_to_cart",
          "coupon_claim", "article_read", "live_view", "follow_account", "join_group", "message_sent", "menu_click",
          "questionnaire"]  # fmt: skip
ADVOCACY = ["review", "share", "referral", "ugc_post"]
EVENT_TYPES = PASSIVE + ACTIVE + ADVOCACY
UNKNOWN_TYPE = "scan_code"  # only in dirty rows
TYPE = {name: number for number, name in enumerate(EVENT_TYPES)}

CUSTOMER, UNION, OPEN, EXTERNAL, DEVICE, PHONE = 1, 2, 4, 8, 16, 32
# What each surface can see of a person.
SURFACE_IDS = {
    "app_push": CUSTOMER | DEVICE, "sms": CUSTOMER | PHONE, "official_account_menu": OPEN | UNION,
    "official_account_article": OPEN | UNION, "moments": EXTERNAL | UNION, "wecom_chat": EXTERNAL | UNION | CUSTOMER,
    "community": EXTERNAL, "mini_program": OPEN | UNION | CUSTOMER, "live": OPEN | CUSTOMER, "ad": DEVICE,
    "store": CUSTOMER | PHONE, "web": DEVICE | CUSTOMER, "app": CUSTOMER | DEVICE,
}  # fmt: skip
SURFACES = list(SURFACE_IDS)
SURFACE = {name: number for number, name in enumerate(SURFACES)}
_SURFACE_FLAGS = np.array(list(SURFACE_IDS.values()), np.uint8)
_OFFICIAL_ACCOUNT = [SURFACE["official_account_menu"], SURFACE["official_account_article"]]

_WITH_SKU = np.isin(EVENT_TYPES, ["product_view", "favourite", "add_to_cart", "review", "ugc_post"])
_WITH_CATEGORY = _WITH_SKU | (np.array(EVENT_TYPES) == "search")
# Mean seconds spent, 0 where an event has no duration.
_SECONDS = np.array([{"page_view": 18, "product_view": 35, "article_read": 80, "live_view": 260}.get(name, 0)
                     for name in EVENT_TYPES])  # fmt: skip
_WITH_SCENE = np.isin(EVENT_TYPES, ["impression", "page_view", "search", "article_read", "live_view"])
# Scene by hour of the day: commute 7-9 and 17-19, lunch 11-13, sport 19-20, evening from 20, else work.
_SCENE_OF_HOUR = np.array([4] * 7 + [0] * 2 + [1] * 2 + [2] * 2 + [1] * 4 + [0] * 2 + [3] + [4] * 4)
_WEEKEND_FAMILY, _TRAVEL = 5, 6


@dataclass
class Touches:
    """Events, one entry each; positions are -1 where an event has none."""

    time: np.ndarray  # seconds, Shanghai
    person: np.ndarray
    account: np.ndarray  # customer row, -1 where not logged in
    type: np.ndarray  # position in EVENT_TYPES
    surface: np.ndarray  # position in SURFACES
    device: np.ndarray  # 0 or 1: which device of the person
    campaign: np.ndarray
    state: np.ndarray  # position of the QR code
    sku: np.ndarray
    content: np.ndarray
    chat: np.ndarray
    rating: np.ndarray  # 1..5, -1 for none


_DTYPES = {"time": np.int64, "type": np.int8, "surface": np.int8, "device": np.int8, "rating": np.int8}
_DEFAULTS = {"device": 0}


def touches(time: np.ndarray, **given: np.ndarray | int) -> Touches:
    """Return touches with the given fields; fields not given are none."""
    columns = {}
    for field in fields(Touches):
        value = time if field.name == "time" else given.get(field.name, _DEFAULTS.get(field.name, -1))
        dtype = _DTYPES.get(field.name, np.int32)
        columns[field.name] = np.broadcast_to(np.asarray(value, dtype), time.shape)
    return Touches(**columns)


def in_order(plan: Plan, parts: list[Touches]) -> Touches:
    """Return the events of all parts that lie within the data, in order of time."""
    time = np.concatenate([part.time for part in parts])
    inside = np.flatnonzero((time >= plan.start) & (time < plan.end))
    order = inside[np.argsort(time[inside], kind="stable")]
    return Touches(**{
        field.name: np.concatenate([getattr(part, field.name) for part in parts])[order] for field in fields(Touches)
    })  # fmt: skip


def _seen_ids(rng: np.random.Generator, people: People, contacts: Contacts, events: Touches) -> np.ndarray:
    """Return which identifiers each event carries, as flags; every event carries one at least."""
    person, count = events.person, len(events.time)
    flags = _SURFACE_FLAGS[events.surface]
    # One mini-program session in three also tells the device: what joins devices to WeChat identifiers.
    flags = flags | np.where((events.surface == SURFACE["mini_program"]) & chance(rng, 0.33, count), DEVICE, 0)
    known = events.account >= 0
    has = np.where(known, CUSTOMER, 0) | np.where(people.has_wechat[person], UNION | OPEN, 0) | DEVICE
    has |= np.where(events.time >= contacts.since[person], EXTERNAL, 0)
    has |= np.where(known & (people.phone[person] >= 0), PHONE, 0)
    # Whoever is written to by a campaign is known as a customer, whatever the surface.
    flags = (flags | np.where(events.campaign >= 0, CUSTOMER, 0)) & has
    # A second account shows only what joins it to the first.
    second = known & (events.account == people.second_account[person])
    link = np.array([0, CUSTOMER | PHONE, CUSTOMER | DEVICE])[people.second_link[person]]
    flags = np.where(second, (flags & link) | CUSTOMER, flags)
    return np.where(flags == 0, np.where(known, CUSTOMER, DEVICE), flags)


def touchpoints_frame(
    plan: Plan, people: People, contacts: Contacts, chats: Chats, catalogue: Catalogue,
    events: Touches, first: int, texts: dict[str, pa.Array],
) -> Frame:  # fmt: skip
    """Return the table touchpoints; `first` is the number of events in the blocks before."""
    rng = plan.rng("touchpoints.words", people.block)
    count, person, kind = len(events.time), events.person, events.type
    flags = _seen_ids(rng, people, contacts, events)
    mean = _SECONDS[kind]
    duration = np.where(mean > 0, 1 + (rng.standard_exponential(count) * mean).astype(np.int64), NULL)
    hour = events.time % DAY // 3600
    weekend = (events.time // DAY + 3) % 7 >= 5  # 1970-01-01 was a Thursday; Monday is 0
    scene = np.where(weekend & (hour >= 9) & (hour < 18), _WEEKEND_FAMILY, _SCENE_OF_HOUR[hour])
    scene = np.where(chance(rng, 0.04, count), _TRAVEL, scene)
    scene = np.where(_WITH_SCENE[kind] & chance(rng, 0.2, count), scene, -1)
    second = (events.account >= 0) & (events.account == people.second_account[person])
    device = 2 * person + np.where(second, 0, events.device)
    openid = 2 * person + np.isin(events.surface, _OFFICIAL_ACCOUNT)
    with_staff = (events.surface == SURFACE["wecom_chat"]) & (events.time >= contacts.since[person])
    staff = np.where(with_staff, staff_at(plan, contacts.first_staff[person], events.time), -1)
    content = [f"A{number + 1:03d}" for number in range(vocabulary.ARTICLES)]
    content += [f"L{number + 1:03d}" for number in range(vocabulary.LIVES)]

    def seen(flag: int, position: np.ndarray, name: str) -> Words:
        return Words(np.where(flags & flag, position, -1), words=texts[name])

    return {
        "event_id": DrawnIds(first + np.arange(count) + 1, kind="event_id"),
        "occurred_at": Times(events.time),
        "event_type": words(kind, [*EVENT_TYPES, UNKNOWN_TYPE]),
        "touchpoint": words(events.surface, SURFACES),
        "customer_id": seen(CUSTOMER, events.account, "customer_id"),
        "unionid": seen(UNION, person, "unionid"),
        "openid": seen(OPEN, openid, "openid"),
        "external_userid": seen(EXTERNAL, person, "external_userid"),
        "device_id": seen(DEVICE, device, "device_id"),
        "phone_hash": seen(PHONE, people.phone[person], "phone_hash"),
        "campaign_id": calendar.campaign_ids(events.campaign),
        "state": Words(events.state, words=state_texts(plan)),
        "sku_id": sku_ids(np.where(_WITH_SKU[kind], events.sku, -1)),
        "category": words(
            np.where(_WITH_CATEGORY[kind] & (events.sku >= 0), catalogue.category[events.sku], -1),
            vocabulary.CATEGORY_NAMES,
        ),
        "scene": words(scene, vocabulary.SCENES),
        "content_id": words(events.content, content),
        "duration_seconds": Counts(duration),
        "chat_id": Words(events.chat, words=chats.texts()),
        "rating": Counts(np.where(events.rating >= 0, events.rating.astype(np.int64), NULL)),
        "staff_userid": staff_ids(staff),
    }
