"""The table customers, and the truth about people that no model reads."""

from __future__ import annotations

import numpy as np
import pyarrow as pa

from workshop.sample import vocabulary
from workshop.sample.catalogue import sku_ids
from workshop.sample.columns import NULL, Counts, Dates, DrawnIds, Flags, Frame, Numbers, Times, Words, words
from workshop.sample.contacts import Contacts
from workshop.sample.draw import chance, pick
from workshop.sample.orders import EXTRA, Orders
from workshop.sample.people import FAR_FUTURE, SECOND_BY_DEVICE, People, person_ids
from workshop.sample.plan import Plan
from workshop.sample.purchases import NEVER, Purchases
from workshop.sample.reactions import referrers

LEVEL_FROM = np.array([3, 10, 20])  # purchase days for silver, gold, black gold


def customers_frame(plan: Plan, people: People, purchases: Purchases, texts: dict[str, pa.Array]) -> Frame:
    """Return the table customers, one row an account, in order of registration."""
    rng = plan.rng("customers", people.block)
    person = people.account_person
    count = len(person)
    second = np.arange(count) == people.second_account[person]
    shows_wechat = people.has_wechat[person] & ~second & chance(rng, 0.8, count)
    shows_phone = (people.phone[person] >= 0) & ~(second & (people.second_link[person] == SECOND_BY_DEVICE))
    age_days = (18 * 365 + rng.beta(2, 3.2, count) * 45 * 365).astype(np.int64)
    # Most have some hundred followers at most, one in fifty is followed by thousands.
    followers = np.exp(rng.normal(np.where(chance(rng, 0.02, count), 9.0, 4.2), 1.2)).astype(np.int64)
    days = np.where(purchases.first_day[person] == NEVER, 0, purchases.repeats[person] + 1)
    city = people.city[person]
    provinces, cities = ([entry[place] for entry in vocabulary.CITIES] for place in (0, 1))
    located = np.where(chance(rng, 0.9, count), city, -1)
    return {
        "customer_id": DrawnIds(people.first_account + np.arange(count) + 1, kind="customer_id"),
        "registered_at": Times(people.account_time),
        "gender": words(np.where(chance(rng, 0.85, count), people.gender[person], 2), [*vocabulary.GENDERS, "保密"]),
        "birth_date": Dates(np.where(chance(rng, 0.7, count), plan.last_day - age_days, NULL)),
        "province": words(located, provinces),
        "city": words(located, cities),
        "occupation": words(_some(rng, 0.4, pick(rng, [9, 4, 4, 6, 4, 8, 5, 4, 3, 3], count)), vocabulary.OCCUPATIONS),
        "marital_status": words(_some(rng, 0.4, pick(rng, [5, 6, 1], count)), vocabulary.MARITAL_STATUSES),
        "member_level": words(np.searchsorted(LEVEL_FROM, days, side="right"), vocabulary.MEMBER_LEVELS),
        "phone_hash": Words(np.where(shows_phone, people.phone[person], -1), words=texts["phone_hash"]),
        "unionid": Words(np.where(shows_wechat, person, -1), words=texts["unionid"]),
        "openid": Words(np.where(shows_wechat, 2 * person, -1), words=texts["openid"]),
        "source_channel": words(people.source[person], vocabulary.SOURCE_CODES),
        "referrer_customer_id": Words(referrers(plan, people), words=texts["customer_id"]),
        "followers_count": Counts(np.where(chance(rng, 0.3, count), followers, NULL)),
    }


def _some(rng: np.random.Generator, share: float, values: np.ndarray) -> np.ndarray:
    """Return the values with all but a share of them set to none."""
    return np.where(chance(rng, share, len(values)), values, -1)


def people_truth(plan: Plan, people: People, contacts: Contacts, purchases: Purchases, orders: Orders) -> Frame:
    """Return truth/people: one row a person, with the parameters that the behaviour was drawn from."""
    count = len(people)
    known = np.arange(count) < people.registered
    bought = purchases.first_day != NEVER
    dropped = purchases.dropped_day != NEVER
    customers = {
        name: DrawnIds(np.where(account >= 0, people.first_account + account + 1, -1), kind="customer_id")
        for name, account in (("customer_id", people.account), ("second_customer_id", people.second_account))
    }
    return {
        "person_id": person_ids(people.numbers),
        **customers,
        "second_account_link": words(people.second_link - 1, ["phone", "device"]),
        "is_contact": Flags(contacts.since < FAR_FUTURE),
        "is_buyer": Flags(bought),
        "purchase_rate": Numbers(np.where(known, people.purchase_rate.round(6), np.nan)),
        "dropout_probability": Numbers(np.where(known, people.dropout.round(6), np.nan)),
        "price_sensitivity": Numbers(people.price_sensitivity.round(6)),
        "novelty": Numbers(people.novelty.round(6)),
        "pet": words(people.pet, ["cat", "dog", "both"]),
        "habit_sku_id": sku_ids(people.habit_sku),
        "first_purchase_date": Dates(np.where(bought, purchases.first_day, NULL)),
        "repeat_purchase_days": Counts(np.where(bought, purchases.repeats, NULL)),
        "extra_orders": Counts(np.bincount(orders.person[orders.kind == EXTRA], minlength=count)),
        "dropped_date": Dates(np.where(dropped, purchases.dropped_day, NULL)),
        "is_alive": Flags(bought & ~dropped),
    }


def identifiers_truth(people: People, contacts: Contacts, texts: dict[str, pa.Array]) -> Frame:
    """Return truth/identifiers: one row an identifier and person who uses it; shared phones have several."""
    count = len(people)
    everybody = np.arange(count)
    wechat = np.flatnonzero(people.has_wechat)
    contact = np.flatnonzero(contacts.since < FAR_FUTURE)
    two = np.flatnonzero(people.devices == 2)
    phoned = np.flatnonzero(people.phone >= 0)
    users = np.bincount(people.phone[phoned], minlength=count + 1)
    # kind -> people, positions among the block's texts of that kind
    owned = {
        "customer_id": (people.account_person, np.arange(len(people.account_person))),
        "unionid": (wechat, wechat),
        "openid": (np.repeat(wechat, 2), np.repeat(2 * wechat, 2) + np.tile([0, 1], len(wechat))),
        "external_userid": (contact, contact),
        "device_id": (np.append(everybody, two), np.append(2 * everybody, 2 * two + 1)),
        "phone_hash": (phoned, people.phone[phoned]),
    }
    starts = np.cumsum([0] + [len(texts[kind]) for kind in owned])
    shared = [np.zeros(len(person), bool) for person, _ in owned.values()]
    shared[-1] = users[people.phone[phoned]] > 1
    return {
        "identifier_kind": words(np.repeat(np.arange(len(owned)), [len(p) for p, _ in owned.values()]), list(owned)),
        "identifier": Words(
            np.concatenate([start + place for start, (_, place) in zip(starts, owned.values(), strict=False)]),
            words=pa.concat_arrays([texts[kind] for kind in owned]),
        ),
        "person_id": person_ids(people.first_number + np.concatenate([person for person, _ in owned.values()])),
        "is_shared": Flags(np.concatenate(shared)),
    }
