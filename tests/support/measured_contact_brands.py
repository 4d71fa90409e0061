"""Random brands (brands.py) with all that measurement of contacts, groups, staff and referrals reads, as odd as it comes."""

from __future__ import annotations

from datetime import timedelta
from pathlib import Path
from random import Random

import brands
from measured_contacts import Brand

from tagmart.contract import raw_contract

MARTS = "daily_contacts daily_groups daily_alerts group_survival group_log_rank group_activity staff_performance staff_crowds referral_performance"
SELECT = " ".join(f"+{mart}" for mart in [*MARTS.split(), "int_relations__held"])
SHAPE = brands.Shape(seed=14, people=160, oddity=0.3)
KEYS = {
    "daily_contacts": ("measured_date", "channel_level", "channel"),
    "daily_groups": ("measured_date", "group_level", "group_kind", "chat_id"),
    "daily_alerts": ("measured_date", "measure_code"),
    "group_activity": ("as_of_date", "chat_id"),
    "staff_performance": ("as_of_date", "holder_kind", "userid"),
    "referral_performance": ("as_of_date", "inviter_kind", "inviter_id"),
}


def asked(workshop, folder: Path, tests: bool = True, **settings) -> Path:
    """Build the marts on a folder, ask every data test of them, and return the database."""
    done = workshop.build(folder, select=SELECT, vars={"max_rejected_share": 1, **settings})
    assert done.success, done.text[-3000:]
    if tests:
        told = workshop.build(folder, fresh=False, command="test", select="path:models/measurement/contacts,test_type:data", vars=settings)
        assert told.success, f"{told.failed}\n{told.text[-1500:]}"
    return done.database


def built(workshop, shape: brands.Shape, tests: bool = True, **settings) -> Brand:
    folder = brands.write(brand(shape), workshop.folder / "delivered")
    return Brand(asked(workshop, folder, tests, **settings))


def brand(shape: brands.Shape) -> brands.Tables:
    """Return the tables of a brand: contacts handed over, taken up or not; groups of kinds, invitations, staff and their days, referrers."""
    tables, random = brands.brand(shape), Random(f"measured {shape.seed}")
    contacts(tables, random, shape)
    groups(tables, random, shape)
    staff(tables, random, shape)
    names = [row["customer_id"] for row in tables["customers"]]
    for row in tables["customers"]:
        if random.random() < 0.4:
            row["referrer_customer_id"] = random.choice([*random.sample(names, 4), row["customer_id"], "nobody_known"])
    for one, other in zip(tables["customers"][:6:2], tables["customers"][1:6:2], strict=True):
        one["referrer_customer_id"], other["referrer_customer_id"] = other["customer_id"], one["customer_id"]
    return tables


def contacts(tables: brands.Tables, random: Random, shape: brands.Shape) -> None:
    """Codes with names that change, and for most transfers a member of staff who takes the contact up, at times to hand it on."""
    for number, state in enumerate(["qr_1", "qr_1", "qr_2", "qr_3"]):
        made = random.choice([None, shape.newest - timedelta(days=random.randrange(560))])
        name = random.choice(["Shop", "Window", "all", None])
        add(tables, "wecom_contact_ways", config_id=f"way_{number}", state=state, channel_name=name, created_at=made and brands._Maker(shape).moment(made))
    known = {(row["userid"], row["external_userid"], row["createtime"]) for row in tables["wecom_contacts"]}
    moved = [row for row in tables["wecom_contacts"] if row["delete_type"] == "transfer"]
    while moved:
        row = moved.pop()
        taker = random.choice([*brands.STAFF, "staff_5"])
        begun = row["deleted_at"] + timedelta(days=random.choice([0, 0, 0, 0.01, 1, 50, -1]))
        if random.random() < 0.25 or brands._day_of(begun) > shape.newest or (taker, row["external_userid"], begun) in known or taker == row["userid"]:
            continue
        known.add((taker, row["external_userid"], begun))
        ended = begun + timedelta(days=random.choice([0, 3, 90])) if random.random() < 0.6 else None
        kind = random.choice(["transfer", "transfer", "del_follow_user"]) if ended else None
        taken = add(tables, "wecom_contacts", userid=taker, external_userid=row["external_userid"], createtime=begun, deleted_at=ended, delete_type=kind)
        moved += [taken] if kind == "transfer" else []


def groups(tables: brands.Tables, random: Random, shape: brands.Shape) -> None:
    """Groups of every kind, also one without members, one undated, one dismissed early; ways in and out, inviters of every sort."""
    tables["wecom_group_chats"].clear()
    maker = brands._Maker(brands.Shape(seed=random.randrange(10**6), newest=shape.newest))
    kinds = ["general", "segmented", "general", "segmented", "club", None]
    for number, kind in enumerate(kinds):
        made = None if number == 3 else maker.moment()
        ends = random.choice([None, maker.moment(), maker.moment(shape.newest + timedelta(days=3))])
        add(
            tables, "wecom_group_chats", chat_id=f"chat_{number}", name=f"Group {number}", owner="staff_1", create_time=made, dismissed_at=ends, group_kind=kind
        )
    people = sorted({row["userid"] for row in tables["wecom_group_members"]})
    for row in tables["wecom_group_members"]:
        row["chat_id"] = random.choice([row["chat_id"], "chat_1", "chat_4", "chat_unlisted"])
        row["join_scene"] = random.choice([1, 1, 2, 3, None])
        row["quit_scene"] = random.choice([0, 1, None]) if row["quit_time"] else None
        row["invitor_userid"] = random.choice(["staff_1", "staff_2", random.choice(people), row["userid"], None])
    again = [{**row, "join_time": row["join_time"] + timedelta(days=random.choice([1, 30]))} for row in tables["wecom_group_members"] if random.random() < 0.3]
    keys = {(row["chat_id"], row["userid"], row["join_time"]) for row in tables["wecom_group_members"]}
    for row in again:
        key = (row["chat_id"], row["userid"], row["join_time"])
        if key not in keys and brands._day_of(row["join_time"]) <= shape.newest:
            keys.add(key)
            tables["wecom_group_members"].append(row)


def staff(tables: brands.Tables, random: Random, shape: brands.Shape) -> None:
    """Members of staff with days of statistics, some of whom have no contact, no persona or no day."""
    maker = brands._Maker(brands.Shape(seed=random.randrange(10**6), newest=shape.newest))
    add(tables, "staff", userid="staff_idle", persona=None, joined_at=maker.moment())
    for userid in ["staff_1", "staff_2", "staff_unlisted"]:
        for back in range(0, 120, random.choice([1, 2, 7])):
            rate, chats = random.choice([None, 0.0, 55.5, 100.0]), random.choice([None, 0, 3, 40])
            day = maker.moment(shape.newest - timedelta(days=back))
            add(tables, "wecom_staff_daily", userid=userid, stat_time=day, chat_cnt=chats, message_cnt=random.randrange(50), reply_percentage=rate)


def add(tables: brands.Tables, table: str, **values) -> dict:
    row = dict.fromkeys(raw_contract()[table]["columns"]) | values
    tables[table].append(row)
    return row
