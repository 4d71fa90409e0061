"""What people said about being contacted: consents given, withdrawn and given again, and those who must not be contacted."""

from __future__ import annotations

import numpy as np
import pyarrow as pa

from workshop.sample.columns import NULL, Dates, Frame, Times, Words, words
from workshop.sample.contacts import Contacts
from workshop.sample.draw import chance, clock, pick, seconds
from workshop.sample.people import FAR_FUTURE, People
from workshop.sample.plan import DAY, Plan

GRANTED_SHARE = 0.25  # registered people who agree when they register
WITHDRAWN_SHARE = 0.06  # who withdraw a channel some day
AGAIN_SHARE = 0.35  # of these, who grant it again later, where the data last
SERVICE_SHARE = 0.1  # of what is said, for service and not for marketing
BLOCKED_SHARE = 0.01
FEWEST = 4  # so many at least withdraw, and are blocked, in the smallest brand

CHANNELS = ["all", "sms", "phone", "email", "app_push", "wecom_chat", "moments", "community", "official_account", "mini_program"]
ALL, SMS = 0, 1
WITHDRAWN_WEIGHTS = [12, 28, 14, 6, 14, 8, 4, 6, 4, 4]
BLOCKED_WEIGHTS = [50, 15, 20, 3, 3, 6, 1, 2, 0, 0]
REASONS = ["complaint", "do_not_contact", "legal", "deceased"]
REASON_WEIGHTS = [50, 35, 8, 7]
DECEASED = 3
ENDS_SHARE = 0.6  # of blocks, but for those of the deceased

# How somebody is named who speaks on a channel; a person without that identifier is named by their account.
IDENTIFIERS = ["customer_id", "unionid", "openid", "external_userid", "device_id", "phone_hash"]
BY_ACCOUNT, BY_UNION, BY_OPEN, BY_CONTACT, BY_DEVICE, BY_PHONE = range(6)
NAMED_BY = np.array([BY_ACCOUNT, BY_PHONE, BY_PHONE, BY_ACCOUNT, BY_DEVICE, BY_CONTACT, BY_CONTACT, BY_CONTACT, BY_OPEN, BY_UNION])


def consents_frame(plan: Plan, people: People, contacts: Contacts, texts: dict[str, pa.Array]) -> Frame:
    """Return the table consents: what people agree to when they register, withdraw some day, and grant again."""
    rng = plan.rng("consents", people.block)
    known = _registered(people)
    agreed = known[chance(rng, GRANTED_SHARE, len(known))]
    withdrew = _some(rng, known, WITHDRAWN_SHARE)
    time = _some_day(plan, rng, people, withdrew)
    channel = pick(rng, WITHDRAWN_WEIGHTS, len(withdrew))
    is_service = chance(rng, SERVICE_SHARE, len(withdrew))
    again = time + DAY + seconds(rng, 60, len(withdrew))
    returned = chance(rng, AGAIN_SHARE, len(withdrew)) & (again < plan.end)

    person = np.concatenate([agreed, withdrew, withdrew[returned]])
    said = np.concatenate([people.registered_at[agreed], time, again[returned]])
    channel = np.concatenate([np.where(chance(rng, 0.5, len(agreed)), ALL, SMS), channel, channel[returned]])
    service = np.concatenate([chance(rng, SERVICE_SHARE, len(agreed)), is_service, is_service[returned]])
    is_withdrawn = np.repeat([False, True, False], [len(agreed), len(withdrew), int(returned.sum())])
    order = np.argsort(said, kind="stable")
    person, said, channel, service, is_withdrawn = (values[order] for values in (person, said, channel, service, is_withdrawn))
    return {
        **_named(people, contacts, person, said, channel, texts),
        "channel": words(channel, CHANNELS),
        "purpose": words(service.astype(np.int64), ["marketing", "service"]),
        "status": words(is_withdrawn.astype(np.int64), ["granted", "withdrawn"]),
        "changed_at": Times(said),
    }


def blocks_frame(plan: Plan, people: People, contacts: Contacts, texts: dict[str, pa.Array]) -> Frame:
    """Return the table contact_blocks: some for ever, some that are over, some that will end."""
    rng = plan.rng("contact_blocks", people.block)
    person = _some(rng, _registered(people), BLOCKED_SHARE)
    begun = _some_day(plan, rng, people, person)
    order = np.argsort(begun, kind="stable")
    person, begun = person[order], begun[order]
    reason = pick(rng, REASON_WEIGHTS, len(person))
    channel = np.where(reason == DECEASED, ALL, pick(rng, BLOCKED_WEIGHTS, len(person)))
    ends = chance(rng, ENDS_SHARE, len(person)) & (reason != DECEASED)
    last = begun // DAY + pick(rng, [1, 1, 1], len(person)) * 90 + 30
    return {
        **_named(people, contacts, person, begun, channel, texts),
        "channel": words(channel, CHANNELS),
        "reason": words(reason, REASONS),
        "blocked_at": Times(begun),
        "blocked_until": Dates(np.where(ends, last, NULL)),
    }


def _registered(people: People) -> np.ndarray:
    return np.flatnonzero(people.registered_at < FAR_FUTURE)


def _some(rng: np.random.Generator, people: np.ndarray, share: float) -> np.ndarray:
    """Return a share of the people, FEWEST at least."""
    return np.sort(rng.choice(people, min(len(people), max(FEWEST, round(share * len(people)))), replace=False))


def _some_day(plan: Plan, rng: np.random.Generator, people: People, person: np.ndarray) -> np.ndarray:
    """Return a moment of a day between registration and the end of the data, or of the day of registration itself."""
    first = people.registered_at[person] // DAY + 1
    day = first + (rng.random(len(person)) * (plan.last_day + 1 - first)).astype(np.int64)
    return np.where(first > plan.last_day, people.registered_at[person], day * DAY + clock(rng, len(person)))


def _named(people: People, contacts: Contacts, person: np.ndarray, time: np.ndarray, channel: np.ndarray, texts: dict[str, pa.Array]) -> Frame:
    """Return the columns of identifiers: one a row, the one that the channel knows people by."""
    places = [people.account[person], person, 2 * person, person, 2 * person, people.phone[person]]
    by = NAMED_BY[channel]
    lacks = (by == BY_CONTACT) & (contacts.since[person] > time) | (by == BY_PHONE) & (people.phone[person] < 0)
    lacks |= np.isin(by, [BY_UNION, BY_OPEN]) & ~people.has_wechat[person]
    by = np.where(lacks, BY_ACCOUNT, by)
    return {name: Words(np.where(by == place, places[place], -1), words=texts[name]) for place, name in enumerate(IDENTIFIERS)}
