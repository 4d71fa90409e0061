"""Tags that people gave: WeCom contact tags, staff notes and questionnaire answers."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
import pyarrow as pa

from workshop.sample import vocabulary
from workshop.sample.columns import Counts, DrawnIds, Frame, Ids, Times, Words, words
from workshop.sample.contacts import Contacts, staff_ids
from workshop.sample.draw import chance, clock, seconds
from workshop.sample.people import FAR_FUTURE, People
from workshop.sample.plan import DAY, Plan

QUESTIONS = [("宠物种类", vocabulary.PET_KINDS), ("宠物年龄", vocabulary.PET_AGES), ("过敏源", vocabulary.ALLERGIES)]


@dataclass
class Answers:
    """People of a block who answered the questionnaire."""

    person: np.ndarray
    time: np.ndarray


def make_answers(plan: Plan, people: People, contacts: Contacts) -> Answers:
    """Draw who of the registered contacts answers, some days after both registering and being added."""
    rng = plan.rng("answers", people.block)
    known = np.flatnonzero((people.registered_at < FAR_FUTURE) & (contacts.since < FAR_FUTURE))
    person = known[chance(rng, 0.35, len(known))]
    ready = np.maximum(people.registered_at[person], contacts.since[person])
    time = (ready + seconds(rng, 15, len(person))) // DAY * DAY + DAY + clock(rng, len(person))
    kept = time < plan.end
    return Answers(person[kept], time[kept])


def contact_tags_frame(plan: Plan, people: People, contacts: Contacts, texts: dict[str, pa.Array]) -> Frame:
    """Return the table wecom_contact_tags: the true kind of pet, and one or two more tags."""
    rng = plan.rng("wecom_contact_tags", people.block)
    corporate = [(group, tag) for group, tags in vocabulary.CONTACT_TAGS for tag in tags]
    groups = [group for group, _ in corporate] + ["个人标签"] * len(vocabulary.PERSONAL_TAGS)
    names = [tag for _, tag in corporate] + vocabulary.PERSONAL_TAGS
    size = len(contacts.person)
    tagged = np.flatnonzero(chance(rng, 0.7, size))
    more = np.flatnonzero(chance(rng, 0.5, size))
    row = np.concatenate([tagged, more])
    tag = np.concatenate([people.pet[contacts.person[tagged]], 3 + rng.integers(0, len(names) - 3, len(more))])
    time = contacts.created[row] + 300 + seconds(rng, 4, len(row))
    kept = time < plan.end
    row, tag, time = row[kept], tag[kept], time[kept]
    order = np.argsort(time, kind="stable")
    row, tag, time = row[order], tag[order], time[order]
    return {
        "userid": staff_ids(contacts.staff[row]),
        "external_userid": Words(contacts.person[row], words=texts["external_userid"]),
        "tag_id": Ids(tag + 1, prefix="et", width=4),
        "group_name": words(tag, groups),
        "tag_name": words(tag, names),
        "type": Counts(np.where(tag < len(corporate), 1, 2)),
        "tagged_at": Times(time),
    }


def manual_tags_frame(plan: Plan, people: People, contacts: Contacts, answers: Answers) -> Frame:
    """Return the table manual_tags: three answers a questionnaire, and notes of staff."""
    rng = plan.rng("manual_tags", people.block)
    values = vocabulary.PET_KINDS + vocabulary.PET_AGES + vocabulary.ALLERGIES + vocabulary.NOTES
    ages, allergies = len(vocabulary.PET_KINDS), len(vocabulary.PET_KINDS) + len(vocabulary.PET_AGES)
    notes = allergies + len(vocabulary.ALLERGIES)
    size = len(answers.person)
    parts = [
        (answers.person, 0, people.pet[answers.person], answers.time),
        (answers.person, 1, ages + rng.integers(0, len(vocabulary.PET_AGES), size), answers.time),
        (answers.person, 2, allergies + rng.integers(0, len(vocabulary.ALLERGIES), size), answers.time),
    ]
    known = np.flatnonzero((people.registered_at < FAR_FUTURE) & (contacts.since < FAR_FUTURE))
    noted = known[chance(rng, 0.2, len(known))]
    time = np.maximum(people.registered_at[noted], contacts.since[noted]) + 600 + seconds(rng, 30, len(noted))
    kept = time < np.minimum(plan.end, contacts.until[noted])
    note = notes + rng.integers(0, len(vocabulary.NOTES), len(noted))
    parts.append((noted[kept], 3, note[kept], time[kept]))

    person = np.concatenate([part[0] for part in parts])
    kind = np.concatenate([np.full(len(part[0]), part[1]) for part in parts])
    value, time = (np.concatenate([part[place] for part in parts]) for place in (2, 3))
    order = np.argsort(time, kind="stable")
    person, kind, value, time = person[order], kind[order], value[order], time[order]
    by_staff = kind == len(QUESTIONS)
    tagger = np.where(by_staff, contacts.first_staff[person], plan.staff_count)
    taggers = pa.concat_arrays([staff_ids(np.arange(plan.staff_count)).arrow(), pa.array(["questionnaire"])])
    return {
        "customer_id": DrawnIds(people.first_account + people.account[person] + 1, kind="customer_id"),
        "tag_group": words(by_staff.astype(np.int64), ["问卷", "员工备注"]),
        "tag_name": words(kind, [name for name, _ in QUESTIONS] + ["沟通记录"]),
        "tag_value": words(value, values + vocabulary.AWKWARD_NOTES),
        "tagged_by": Words(tagger, words=taggers),
        "tagged_at": Times(time),
    }
