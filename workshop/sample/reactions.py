"""Events that follow from something: registering, messages, groups, answers, orders that get reviewed."""

from __future__ import annotations

import numpy as np

from workshop.sample import calendar, truth, vocabulary
from workshop.sample.contacts import Contacts
from workshop.sample.draw import chance, clock, pick, seconds, spread
from workshop.sample.groups import Memberships
from workshop.sample.notes import Answers
from workshop.sample.orders import COMPLETED, GUEST, Orders
from workshop.sample.people import SECOND_BY_DEVICE, SECOND_BY_PHONE, People
from workshop.sample.plan import DAY, Plan
from workshop.sample.purchases import SENT, TREATMENT, Members
from workshop.sample.touches import SURFACE, TYPE, Touches, touches

GROUP_MESSAGES_A_DAY = 0.012
# Where each source of vocabulary.SOURCES is seen first, for people with WeChat.
ENTRY = np.array([SURFACE[name] for name in ("mini_program", "mini_program", "official_account_menu", "store",
                                             "mini_program", "mini_program", "web", "live")])  # fmt: skip
RATINGS = [3, 3, 8, 26, 60]  # weights of 1..5 stars


def referrers(plan: Plan, people: People) -> np.ndarray:
    """Return the account that referred each account, -1 for none; always an older one, shape (accounts,)."""
    rng = plan.rng("referrers", people.block)
    count = len(people.account_person)
    referrer = (rng.random(count) * np.arange(count)).astype(np.int64)
    invited = vocabulary.SOURCE_CODES.index("referral") == people.source[people.account_person]
    invited &= people.account_person[referrer] != people.account_person
    return np.where(invited & (np.arange(count) > 0), referrer, -1)


def make_arrivals(plan: Plan, people: People, contacts: Contacts) -> list[Touches]:
    """Return the page view of each registration, referrals, follows of the official account, ads before."""
    rng = plan.rng("arrivals", people.block)
    person, time = people.account_person, people.account_time
    link = people.second_link[person]
    surface = np.where(people.has_wechat[person], ENTRY[people.source[person]], SURFACE["web"])
    # A shared device must be seen with both accounts to join them.
    surface = np.where(link == SECOND_BY_DEVICE, SURFACE["app"], surface)
    surface = np.where(link == SECOND_BY_PHONE, SURFACE["store"], surface)
    staff = np.where(contacts.since[person] <= time + 600, contacts.first_staff[person], -1)
    state = np.where(staff >= 0, staff * len(vocabulary.SOURCES) + people.source[person], -1)
    registered = touches(time, person=person, account=np.arange(len(person)), type=TYPE["page_view"], surface=surface, state=state)
    referrer = referrers(plan, people)
    invited = np.flatnonzero(referrer >= 0)
    referred = touches(
        np.maximum(time[invited] - 120, people.account_time[referrer[invited]]),
        person=person[referrer[invited]],
        account=referrer[invited],
        type=TYPE["referral"],
        surface=SURFACE["mini_program"],
    )
    follower = np.flatnonzero(people.has_wechat & chance(rng, 0.35, len(people)))
    followed = touches(
        people.first_touch[follower] + seconds(rng, 20, len(follower)),
        person=follower,
        type=TYPE["follow_account"],
        surface=SURFACE["official_account_menu"],
    )
    paid = np.flatnonzero((people.source[: people.registered] < 2) & chance(rng, 0.6, people.registered))
    shown = touches(people.first_touch[paid], person=paid, type=TYPE["impression"], surface=SURFACE["ad"])
    return [registered, referred, followed, shown]


def make_messages(plan: Plan, people: People, members: Members) -> list[Touches]:
    """Return delivered, opened and clicked messages of the people that a campaign really reached."""
    rng = plan.rng("messages", people.block)
    reached = np.flatnonzero((members.variant == TREATMENT) & (members.sent_status == SENT))
    person, campaign = members.person[reached], members.campaign[reached]
    surface = np.array([SURFACE[c.touchpoint] for c in calendar.campaigns(plan)], np.int64)[campaign]
    common = {"person": person, "account": people.account[person], "surface": surface, "campaign": campaign}
    delivered = members.sent_at[reached] + rng.integers(1, 60, len(reached))
    opened = delivered + 5 + seconds(rng, 0.15, len(reached))
    clicked = opened + rng.integers(3, 120, len(reached))
    opens = chance(rng, truth.OPEN_SHARE, len(reached))
    clicks = opens & chance(rng, truth.CLICK_SHARE, len(reached))
    return [
        touches(time[rows], type=TYPE[name], **{field: values[rows] for field, values in common.items()})
        for name, time, rows in (
            ("message_delivered", delivered, slice(None)),
            ("message_opened", opened, opens),
            ("message_clicked", clicked, clicks),
        )
    ]


def make_group_life(plan: Plan, people: People, memberships: Memberships) -> list[Touches]:
    """Return an event for each join and for the messages that members send until they quit."""
    rng = plan.rng("group_life", people.block)
    common = {"person": memberships.person, "chat": memberships.chat, "surface": SURFACE["community"]}
    stay = np.minimum(memberships.quit, plan.end) - memberships.joined
    owner, _ = spread(rng.poisson(stay / DAY * GROUP_MESSAGES_A_DAY * people.activity[memberships.person]))
    raw = memberships.joined[owner] + (rng.random(len(owner)) * stay[owner]).astype(np.int64)
    said = raw // DAY * DAY + clock(rng, len(owner))
    said = np.where((said < memberships.joined[owner]) | (said > memberships.joined[owner] + stay[owner]), raw, said)
    return [
        touches(memberships.joined, type=TYPE["join_group"], **common),
        touches(said, person=common["person"][owner], chat=common["chat"][owner], surface=common["surface"],
                type=TYPE["message_sent"]),
    ]  # fmt: skip


def make_answers_and_advocacy(plan: Plan, people: People, orders: Orders, answers: Answers) -> list[Touches]:
    """Return questionnaires answered, and reviews with stars, shares and posts after orders that arrived."""
    rng = plan.rng("advocacy", people.block)
    asked = touches(
        answers.time,
        person=answers.person,
        account=people.account[answers.person],
        type=TYPE["questionnaire"],
        surface=SURFACE["wecom_chat"],
    )
    parts = [asked]
    happy = np.flatnonzero((orders.status == COMPLETED) & (orders.kind != GUEST))
    for name, share, surface in (
        ("review", 0.1, "mini_program"), ("share", 0.025, "mini_program"), ("ugc_post", 0.01, "community")
    ):  # fmt: skip
        rows = happy[chance(rng, share, len(happy))]
        time = (orders.time[rows] // DAY + 3 + rng.integers(0, 12, len(rows))) * DAY + clock(rng, len(rows))
        parts.append(
            touches(
                time,
                person=orders.person[rows],
                account=orders.account[rows],
                type=TYPE[name],
                surface=SURFACE[surface],
                sku=orders.baskets.sku[orders.baskets.first_line[rows]],
                rating=1 + pick(rng, RATINGS, len(rows)) if name == "review" else -1,
            )
        )
    return parts
