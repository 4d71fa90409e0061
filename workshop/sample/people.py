"""Who the brand's people are: accounts, identifiers and the true parameters of their behaviour."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
import pyarrow as pa

from workshop.sample import truth, vocabulary
from workshop.sample.catalogue import Catalogue
from workshop.sample.columns import Ids, drawn_ids
from workshop.sample.draw import chance, clock, pick, seconds
from workshop.sample.pace import alpha, registration_day
from workshop.sample.plan import BLOCK_CUSTOMERS, DAY, Plan

SECOND_BY_NONE, SECOND_BY_PHONE, SECOND_BY_DEVICE = 0, 1, 2
FAR_FUTURE = 2**50  # seconds; "never"


@dataclass
class People:
    """The people of one block: registered ones first, then those who never register.

    Arrays have shape (people,) unless stated; times are seconds, Shanghai wall clock.
    """

    block: int
    first_number: int  # position of the block's first person among all people
    first_account: int  # position of the block's first customer row among all
    registered: int  # people who register
    account_person: np.ndarray  # (accounts,) person of each customer row, in order of registration
    account_time: np.ndarray  # (accounts,) registered_at
    account: np.ndarray  # customer row in the block, -1 for none
    second_account: np.ndarray  # the same for the second one
    second_link: np.ndarray  # SECOND_BY_*: what joins the second account to the first
    second_time: np.ndarray  # registration of the second account, FAR_FUTURE without one
    registered_at: np.ndarray  # FAR_FUTURE for those who never register
    first_touch: np.ndarray
    phone: np.ndarray  # position among the block's phones (own: the person's position), -1 for none
    has_wechat: np.ndarray
    devices: np.ndarray  # 1 or 2
    purchase_rate: np.ndarray  # a day
    dropout: np.ndarray  # chance after each repeat purchase
    price_sensitivity: np.ndarray
    novelty: np.ndarray
    is_buyer: np.ndarray
    activity: np.ndarray  # relative rate of sessions
    budget: np.ndarray  # relative size of baskets
    pet: np.ndarray  # 0 cat, 1 dog, 2 both
    habit_sku: np.ndarray  # daily food that they buy again
    channel: np.ndarray  # preferred order channel
    band: np.ndarray  # preferred hours to order
    source: np.ndarray  # position in vocabulary.SOURCES
    city: np.ndarray
    gender: np.ndarray

    def __len__(self) -> int:
        return len(self.account)

    @property
    def numbers(self) -> np.ndarray:
        """Positions of the block's people among all people."""
        return self.first_number + np.arange(len(self))

    def account_at(self, person: np.ndarray, time: np.ndarray, coin: np.ndarray) -> np.ndarray:
        """Return the account used: the first; once there is a second, either (`coin` says); before, -1."""
        used = np.where(coin & (time >= self.second_time[person]), self.second_account[person], self.account[person])
        return np.where(time >= self.registered_at[person], used, -1)

    def identifiers(self) -> dict[str, pa.Array]:
        """Return the id texts of the block; one for each person, two for openids and devices."""
        numbers = self.numbers
        pairs = np.repeat(2 * numbers, 2) + np.tile([0, 1], len(numbers))
        office = np.array([2**40 + self.block])  # the phone that the people of one shop share
        return {
            "customer_id": drawn_ids("customer_id", self.first_account + np.arange(len(self.account_person)) + 1),
            "unionid": drawn_ids("unionid", numbers),
            "openid": drawn_ids("openid", pairs),
            "external_userid": drawn_ids("external_userid", numbers),
            "device_id": drawn_ids("device_id", pairs),
            "phone_hash": drawn_ids("phone_hash", np.append(numbers, office)),
        }


def person_ids(numbers: np.ndarray) -> Ids:
    """Return the person_id column of the truth tables."""
    return Ids(np.where(numbers >= 0, numbers + 1, -1), prefix="P", width=8)


def make_people(plan: Plan, catalogue: Catalogue, block: int) -> People:
    """Draw the people of a block."""
    rng = plan.rng("people", block)
    accounts = plan.block_customers(block)
    account_time = np.sort(plan.start + np.floor(registration_day(rng.random(accounts), plan.days)).astype(np.int64) * DAY + clock(rng, accounts))
    # Second accounts come late in the block, their people from the early half: so the first is older.
    seconds_count = round(accounts * truth.SECOND_ACCOUNT_SHARE)
    late = np.sort(rng.choice(np.arange(accounts // 2, accounts), seconds_count, replace=False))
    is_first = np.ones(accounts, bool)
    is_first[late] = False
    registered = accounts - seconds_count
    count = registered + round(accounts * truth.ANONYMOUS_SHARE)
    owners = rng.permutation(accounts // 2)[:seconds_count]
    account_person = np.empty(accounts, np.int64)
    account_person[is_first] = np.arange(registered)
    account_person[late] = owners
    account, second_account, second_link = (np.full(count, value) for value in (-1, -1, SECOND_BY_NONE))
    account[:registered] = np.flatnonzero(is_first)
    second_account[owners] = late
    second_link[owners] = np.where(chance(rng, truth.SECOND_BY_PHONE_SHARE, seconds_count), SECOND_BY_PHONE, SECOND_BY_DEVICE)
    registered_at, second_time = np.full(count, FAR_FUTURE), np.full(count, FAR_FUTURE)
    registered_at[:registered] = account_time[is_first]
    second_time[owners] = account_time[late]
    known = np.arange(count) < registered
    arrival = plan.start + (registration_day(rng.random(count), plan.days) * DAY).astype(np.int64)
    earlier = np.where(chance(rng, 0.7, count), seconds(rng, 10, count), 0)
    since_start = np.where(known, registered_at, arrival) - plan.start
    # Nobody was touched before the brand opened.
    earlier = np.where(earlier > since_start, (rng.random(count) * since_start).astype(np.int64), earlier)
    pet = pick(rng, [5, 4, 1], count)
    return People(
        block=block,
        first_number=_people_before(block),
        first_account=block * BLOCK_CUSTOMERS,
        registered=registered,
        account_person=account_person,
        account_time=account_time,
        account=account,
        second_account=second_account,
        second_link=second_link,
        second_time=second_time,
        registered_at=registered_at,
        first_touch=np.where(known, registered_at - earlier, arrival),
        phone=_phones(rng, known, second_link),
        has_wechat=chance(rng, np.where(known, 0.92, 0.75), count),
        devices=1 + chance(rng, 0.3, count),
        purchase_rate=np.maximum(rng.standard_gamma(truth.R, count) / alpha(plan), 1e-9),
        dropout=rng.beta(truth.A, truth.B, count).clip(1e-9, 1),
        price_sensitivity=rng.beta(truth.PRICE_SENSITIVITY_A, truth.PRICE_SENSITIVITY_B, count),
        novelty=rng.beta(truth.NOVELTY_A, truth.NOVELTY_B, count),
        is_buyer=chance(rng, np.where(known, truth.BUYER_SHARE, truth.GUEST_BUYER_SHARE), count),
        activity=rng.standard_gamma(2.0, count) / 2,
        budget=rng.standard_gamma(4.0, count) / 4,
        pet=pet,
        habit_sku=_habit(rng, catalogue, pet),
        channel=pick(rng, [10, 18, 38, 18, 8, 5, 3], count),
        band=pick(rng, [12, 22, 20, 46], count),
        source=pick(rng, [weight for _, _, weight, _ in vocabulary.SOURCES], count),
        city=pick(rng, [weight for _, _, weight in vocabulary.CITIES], count),
        gender=pick(rng, [62, 30, 8], count),
    )


def _people_before(block: int) -> int:
    """Return the number of people in the blocks before this one, all of which are full."""
    seconds_count = round(BLOCK_CUSTOMERS * truth.SECOND_ACCOUNT_SHARE)
    return block * (BLOCK_CUSTOMERS - seconds_count + round(BLOCK_CUSTOMERS * truth.ANONYMOUS_SHARE))


def _phones(rng: np.random.Generator, known: np.ndarray, second_link: np.ndarray) -> np.ndarray:
    """Return whose phone each person uses: their own, one of the family, the shop's (position people), none."""
    count = len(known)
    has_phone = chance(rng, np.where(known, 0.94, 0.25), count) | (second_link == SECOND_BY_PHONE)
    phone = np.where(has_phone, np.arange(count), -1)
    # One account each, so that a family phone joins two customers and stays under the over-merge guard.
    single = rng.permutation(np.flatnonzero(known & has_phone & (second_link == SECOND_BY_NONE)))
    shop = min(truth.OFFICE_PEOPLE, len(single) // 5)
    family = round(len(single) * truth.FAMILY_SHARE)
    phone[single[:shop]] = count
    phone[single[shop : shop + family]] = phone[single[shop + family : shop + 2 * family]]
    return phone


def _habit(rng: np.random.Generator, catalogue: Catalogue, pet: np.ndarray) -> np.ndarray:
    """Return the daily food of each person; people with both kinds of pet buy cat food by habit."""
    habit = np.empty(len(pet), np.int64)
    for kind in (0, 1):
        skus = catalogue.staples_for(kind)
        mine = (pet == 1) == (kind == 1)
        habit[mine] = skus[pick(rng, catalogue.popularity[skus], mine.sum())]
    return habit
