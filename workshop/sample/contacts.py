"""Staff and their WeCom contacts: added, tagged, deleted, handed over."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
import pyarrow as pa

from workshop.sample import truth, vocabulary
from workshop.sample.columns import NULL, Counts, Frame, Ids, Times, Words, words
from workshop.sample.draw import chance, clock, pick, seconds
from workshop.sample.people import FAR_FUTURE, People
from workshop.sample.plan import DAY, Plan
from workshop.sample.purchases import NEVER, Purchases

BY_CUSTOMER, BY_STAFF, BY_TRANSFER = 0, 1, 2
DELETE_TYPES = ["del_follow_user", "del_external_contact", "transfer"]
LOSSES = [BY_CUSTOMER, BY_STAFF]
QR, BY_SEARCH, ASSIGNED_BY_ADMIN = 1, 2, 202
ADD_WAYS = [QR, 3, 4, BY_SEARCH, 201, 7, 10, 0]
ADD_WAY_WEIGHTS = [58, 8, 12, 6, 5, 5, 4, 2]
REMARKS = [
    f"{surname}{('先生', '女士', '女士')[n % 3]}-{vocabulary.BREEDS[n % 10]}{vocabulary.PET_NAMES[n % 12]}" for n, surname in enumerate(vocabulary.SURNAMES * 3)
]


@dataclass
class Returns:
    """Second spells of a block: people who were lost and add the same member of staff again."""

    person: np.ndarray  # (rows,)
    staff: np.ndarray
    created: np.ndarray


@dataclass
class Contacts:
    """First spells of wecom_contacts of a block, the second ones beside them, and each person's first member of staff."""

    person: np.ndarray  # (rows,)
    staff: np.ndarray
    created: np.ndarray
    add_way: np.ndarray
    way: np.ndarray  # position of the QR code, -1 for none
    deleted: np.ndarray  # NULL while kept
    delete_type: np.ndarray  # position in DELETE_TYPES, -1 while kept
    first_staff: np.ndarray  # (people,) -1 for people who are no contact
    since: np.ndarray  # (people,) when first added, FAR_FUTURE for people who are no contact
    until: np.ndarray  # (people,) when they or staff deleted the first contact, FAR_FUTURE if never
    returns: Returns


def leaves(staff: np.ndarray) -> np.ndarray:
    """Tell who of the staff leaves the brand during the data: every tenth, never two neighbours."""
    return staff % 10 == 5


def left_at(plan: Plan) -> int:
    """Return the moment at which they leave: at 70 % of the data, 18:00."""
    return plan.start + int(plan.days * 0.7) * DAY + 18 * 3600


def staff_at(plan: Plan, staff: np.ndarray, time: np.ndarray) -> np.ndarray:
    """Return who does the work of a member of staff at a time: the neighbour once they have left."""
    return np.where((time >= left_at(plan)) & leaves(staff), (staff + 1) % plan.staff_count, staff)


def make_contacts(plan: Plan, people: People, purchases: Purchases) -> Contacts:
    """Draw the contacts of a block."""
    rng = plan.rng("wecom_contacts", people.block)
    count, team = len(people), plan.staff_count
    known = np.arange(count) < people.registered
    adds = people.has_wechat & chance(rng, np.where(known, truth.CONTACT_SHARE, truth.ANONYMOUS_CONTACT_SHARE), count)
    # Contacts come with registration, some days before it, or later.
    when = pick(rng, [40, 20, 40], count)
    shift = np.choose(when, [rng.integers(60, 600, count), -seconds(rng, 5, count), seconds(rng, 25, count)])
    moment = np.where(known, people.registered_at, people.first_touch) + shift
    moment = np.where(when == 0, moment, moment // DAY * DAY + clock(rng, count)).clip(people.first_touch)
    adds &= moment < plan.end

    person = np.flatnonzero(adds)
    created = moment[person]
    staff = staff_at(plan, rng.integers(0, team, len(person)), created)
    add_way = np.array(ADD_WAYS)[pick(rng, ADD_WAY_WEIGHTS, len(person))]
    dropped = purchases.dropped_day[person] != NEVER
    by_customer = chance(rng, np.where(dropped, *truth.LOST_BY_CUSTOMER_SHARE[::-1]), len(person))
    lost = np.where(by_customer, BY_CUSTOMER, -1)
    lost = np.where(~by_customer & chance(rng, truth.LOST_BY_STAFF_SHARE, len(person)), BY_STAFF, lost)
    lost = np.where((lost < 0) & chance(rng, truth.TRANSFER_SHARE, len(person)), BY_TRANSFER, lost)
    deleted = created + 3600 + seconds(rng, 60, len(person))
    deleted, lost = _hand_over(plan, staff, created, deleted, lost)

    # Some people add a second member of staff: three places on, so that no hand-over meets the same pair.
    second = np.flatnonzero(chance(rng, 0.08, len(person)) & (created < plan.end - 2 * DAY))
    second_created = created[second] + 1 + (rng.random(len(second)) * (plan.end - created[second] - 1)).astype(np.int64)
    second_staff = (staff[second] + 3 + rng.integers(0, team - 4, len(second))) % team
    second_staff = staff_at(plan, second_staff, second_created)
    none = np.full(len(second), -1)
    second_deleted, second_lost = _hand_over(plan, second_staff, second_created, none + FAR_FUTURE, none)

    rows = [
        (person, staff, created, add_way, deleted, lost),
        (person[second], second_staff, second_created, np.full(len(second), 201), second_deleted, second_lost),
    ]
    # What is transferred starts again with the neighbour, and once more if that one leaves later: the list grows.
    for row_person, row_staff, _, _, row_deleted, row_lost in rows:
        moved = np.flatnonzero(row_lost == BY_TRANSFER)
        if len(moved):
            at, nobody = row_deleted[moved], np.full(len(moved), -1)
            to = staff_at(plan, (row_staff[moved] + 1) % team, at)
            again = _hand_over(plan, to, at, nobody + FAR_FUTURE, nobody)
            rows.append((row_person[moved], to, at, np.full(len(moved), ASSIGNED_BY_ADMIN), *again))
    columns = [np.concatenate(parts) for parts in zip(*rows, strict=True)]
    order = np.argsort(columns[2], kind="stable")
    person_, staff_, created_, add_way_, deleted_, lost_ = (column[order] for column in columns)

    first_staff, since, until = np.full(count, -1), np.full(count, FAR_FUTURE), np.full(count, FAR_FUTURE)
    first_staff[person], since[person] = staff, created
    until[person] = np.where(lost == BY_TRANSFER, FAR_FUTURE, np.where(lost < 0, FAR_FUTURE, deleted))
    return Contacts(
        person=person_,
        staff=staff_,
        created=created_,
        add_way=add_way_,
        way=np.where(add_way_ == QR, staff_ * len(vocabulary.SOURCES) + people.source[person_], -1),
        deleted=np.where(lost_ < 0, NULL, deleted_),
        delete_type=lost_,
        first_staff=first_staff,
        since=since,
        until=until,
        returns=_returns(plan, people.block, person_, staff_, np.where(np.isin(lost_, LOSSES), deleted_, FAR_FUTURE)),
    )


def _returns(plan: Plan, block: int, person: np.ndarray, staff: np.ndarray, lost_at: np.ndarray) -> Returns:
    """Draw who adds the member of staff again weeks after the loss; of those who stay with the brand."""
    rng = plan.rng("wecom_contacts.returns", block)  # its own stream: the first spells stay the same
    back = chance(rng, truth.ADDED_AGAIN_SHARE, len(person)) & ~leaves(staff)
    created = lost_at + DAY + seconds(rng, 45, len(person))
    rows = np.flatnonzero(back & (created < plan.end))
    return Returns(person[rows], staff[rows], created[rows])


def _hand_over(plan: Plan, staff: np.ndarray, created: np.ndarray, deleted: np.ndarray, lost: np.ndarray) -> tuple[np.ndarray, np.ndarray]:
    """Return `(deleted, lost)`: contacts of staff who leave are transferred, deletions after the data unseen."""
    leaving = leaves(staff) & (created < left_at(plan)) & ((lost < 0) | (deleted >= left_at(plan)))
    deleted = np.where(leaving, left_at(plan), deleted)
    lost = np.where(leaving, BY_TRANSFER, lost)
    return deleted, np.where(deleted < plan.end, lost, -1)


def staff_ids(numbers: np.ndarray) -> Ids:
    """Return the userid column; -1 is null."""
    return Ids(np.where(numbers >= 0, numbers + 1, -1), prefix="staff", width=4)


def state_texts(plan: Plan) -> pa.Array:
    """Return the state (channel code, at most 30 characters) of each QR code, one a member of staff and source."""
    return pa.array([f"{code}_{staff + 1:04d}" for staff in range(plan.staff_count) for code in vocabulary.SOURCE_CODES])


def contacts_frame(plan: Plan, people: People, contacts: Contacts, texts: dict[str, pa.Array]) -> Frame:
    """Return the table wecom_contacts, a row a spell: who comes back comes by search, and keeps the remark."""
    rng = plan.rng("wecom_contacts.words", people.block)
    size, again = len(contacts.person), contacts.returns
    remark = np.where(chance(rng, 0.6, size), rng.integers(0, len(REMARKS), size), -1)
    kind = 1 + chance(rng, 0.02, size)
    first = {pair: row for row, pair in enumerate(zip(contacts.person.tolist(), contacts.staff.tolist(), strict=True))}
    of_first = np.array([first[pair] for pair in zip(again.person.tolist(), again.staff.tolist(), strict=True)], int)
    none = np.full(len(of_first), -1)
    created = np.append(contacts.created, again.created)
    order = np.argsort(created, kind="stable")

    def both(of_spell: np.ndarray, of_return: np.ndarray) -> np.ndarray:
        return np.append(of_spell, of_return)[order]

    person = both(contacts.person, again.person)
    return {
        "userid": staff_ids(both(contacts.staff, again.staff)),
        "external_userid": Words(person, words=texts["external_userid"]),
        "unionid": Words(person, words=texts["unionid"]),
        "type": Counts(both(kind, kind[of_first])),
        "gender": Counts(np.array([2, 1, 0])[people.gender[person]]),
        "remark": words(both(remark, remark[of_first]), REMARKS + vocabulary.AWKWARD_NOTES),
        "createtime": Times(created[order]),
        "add_way": Counts(both(contacts.add_way, np.full(len(of_first), BY_SEARCH))),
        "state": Words(both(contacts.way, none), words=state_texts(plan)),
        "deleted_at": Times(both(contacts.deleted, np.full(len(of_first), NULL))),
        "delete_type": words(both(contacts.delete_type, none), DELETE_TYPES),
    }


def staff_frame(plan: Plan) -> Frame:
    """Return the table staff."""
    rng = plan.rng("staff")
    staff = np.arange(plan.staff_count)
    personas = list(dict.fromkeys(vocabulary.PERSONAS))
    round_robin = np.array([personas.index(name) for name in vocabulary.PERSONAS])
    return {
        "userid": staff_ids(staff),
        "persona": words(round_robin[staff % len(round_robin)], personas),
        "joined_at": Times((plan.first_day - rng.integers(10, 400, len(staff))) * DAY + 9 * 3600),
        "left_at": Times(np.where(leaves(staff), left_at(plan), NULL)),
    }


def contact_ways_frame(plan: Plan) -> Frame:
    """Return the table wecom_contact_ways: every member of staff has a QR code for each source."""
    rng = plan.rng("wecom_contact_ways")
    way = np.arange(plan.staff_count * len(vocabulary.SOURCES))
    names = [name for _, name, _, _ in vocabulary.SOURCES]
    return {
        "config_id": Ids(way + 1, prefix="qr", width=6),
        "state": Words(way, words=state_texts(plan)),
        "channel_name": words(way % len(names), names),
        "userid": staff_ids(way // len(names)),
        "created_at": Times((plan.first_day - rng.integers(1, 30, len(way))) * DAY + 10 * 3600),
    }
