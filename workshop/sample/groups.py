"""WeCom group chats and who joins and quits them."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
import pyarrow as pa

from workshop.sample.columns import NULL, Counts, Frame, Times, Words, drawn_ids, stack, words
from workshop.sample.contacts import Contacts, staff_at, staff_ids
from workshop.sample.draw import chance, seconds
from workshop.sample.people import FAR_FUTURE, People
from workshop.sample.plan import DAY, Plan

STAFF_MEMBER, EXTERNAL_MEMBER = 1, 2
INVITED, LINK, QR = 1, 2, 3
NAMES = ["鲜粮福利", "科学喂养交流", "新手养猫互助", "老客专享"]


@dataclass(frozen=True)
class Chats:
    """All group chats, one entry each; times are seconds, Shanghai wall clock."""

    created: np.ndarray
    dismissed: np.ndarray  # FAR_FUTURE while it lives
    owner: np.ndarray
    is_segmented: np.ndarray

    def texts(self) -> pa.Array:
        """Return the chat_id of each chat."""
        return drawn_ids("chat_id", np.arange(len(self.created)))


@dataclass
class Memberships:
    """External members of a block, one entry each time somebody joins a chat."""

    chat: np.ndarray
    person: np.ndarray
    joined: np.ndarray
    quit: np.ndarray  # FAR_FUTURE while a member


def make_chats(plan: Plan) -> Chats:
    """Draw the chats: half of them from the first weeks, one in ten dismissed later."""
    rng = plan.rng("wecom_group_chats")
    count = plan.chat_count
    share = np.where(np.arange(count) % 2 == 0, rng.random(count) * 0.08, rng.random(count) * 0.75)
    created = np.sort(plan.start + (share * plan.days * DAY).astype(np.int64) // DAY * DAY + 11 * 3600)
    dismissed = created + 60 * DAY + seconds(rng, 120, count)
    dismissed = np.where(chance(rng, 0.1, count) & (dismissed < plan.end), dismissed, FAR_FUTURE)
    owner = staff_at(plan, rng.integers(0, plan.staff_count, count), created)
    return Chats(created, dismissed, owner, chance(rng, 0.4, count))


def make_memberships(plan: Plan, people: People, contacts: Contacts, chats: Chats) -> Memberships:
    """Draw who joins which chat; a few people are in two."""
    rng = plan.rng("wecom_group_members", people.block)
    added = np.flatnonzero(contacts.since < FAR_FUTURE)
    person = added[chance(rng, 0.5, len(added))]
    chat = rng.integers(0, len(chats.created), len(person))
    two = chance(rng, 0.1, len(person))
    person, chat = np.append(person, person[two]), np.append(chat, (chat[two] + 1) % len(chats.created))
    joined = np.maximum(contacts.since[person], chats.created[chat]) + 120 + seconds(rng, 12, len(person))
    # Segmented groups keep people longer: what a group survival curve should find.
    stay = 3600 + seconds(rng, 60, len(person)) * np.where(chats.is_segmented[chat], 2, 1)
    quits = chance(rng, 0.45, len(person)) & (joined + stay < np.minimum(plan.end, chats.dismissed[chat]))
    kept = joined < np.minimum(plan.end, chats.dismissed[chat])
    order = np.flatnonzero(kept)[np.argsort(joined[kept], kind="stable")]
    quit_time = np.where(quits, joined + stay, FAR_FUTURE)
    return Memberships(chat[order], person[order], joined[order], quit_time[order])


def chats_frame(plan: Plan, chats: Chats) -> Frame:
    """Return the table wecom_group_chats."""
    count = len(chats.created)
    rows = np.arange(count)
    return {
        "chat_id": Words(rows, words=chats.texts()),
        "name": words(rows, [f"{NAMES[row % len(NAMES)]}{row // len(NAMES) + 1}群" for row in rows]),
        "owner": staff_ids(chats.owner),
        "create_time": Times(chats.created),
        "dismissed_at": Times(np.where(chats.dismissed == FAR_FUTURE, NULL, chats.dismissed)),
        "group_kind": words(chats.is_segmented.astype(np.int64), ["general", "segmented"]),
    }


def members_frame(plan: Plan, people: People, chats: Chats, memberships: Memberships, texts: dict[str, pa.Array]) -> Frame:
    """Return the table wecom_group_members; the owners stand in the first block."""
    rng = plan.rng("wecom_group_members.words", people.block)
    staff = staff_ids(np.arange(plan.staff_count)).arrow()
    userids = pa.concat_arrays([texts["external_userid"], staff])
    size = len(memberships.chat)
    scene = rng.choice([INVITED, LINK, QR], size, p=[0.3, 0.1, 0.6])
    gone = memberships.quit < FAR_FUTURE
    external: Frame = {
        "chat_id": Words(memberships.chat, words=chats.texts()),
        "userid": Words(memberships.person, words=userids),
        "join_time": Times(memberships.joined),
        "type": Counts(np.full(size, EXTERNAL_MEMBER)),
        "unionid": Words(memberships.person, words=texts["unionid"]),
        "join_scene": Counts(scene),
        "invitor_userid": Words(np.where(scene == INVITED, chats.owner[memberships.chat], -1), words=staff),
        "quit_time": Times(np.where(gone, memberships.quit, NULL)),
        "quit_scene": Counts(np.where(gone, chance(rng, 0.15, size), NULL)),
    }
    if people.block > 0:
        return external
    count = len(chats.created)
    owners: Frame = {
        "chat_id": Words(np.arange(count), words=chats.texts()),
        "userid": Words(len(people) + chats.owner, words=userids),
        "join_time": Times(chats.created),
        "type": Counts(np.full(count, STAFF_MEMBER)),
        "unionid": Words(np.full(count, -1), words=texts["unionid"]),
        "join_scene": Counts(np.full(count, INVITED)),
        "invitor_userid": Words(np.full(count, -1), words=staff),
        "quit_time": Times(np.full(count, NULL)),
        "quit_scene": Counts(np.full(count, NULL)),
    }
    return stack([owners, external])
