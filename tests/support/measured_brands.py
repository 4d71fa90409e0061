"""Random brands (brands.py) with all that measurement of contacts, groups, staff and referrals reads, as odd as it comes."""

from __future__ import annotations

from datetime import timedelta
"""Random dirty brands for measurement: costs and product views beside what brands.py draws, and some raw tables empty or absent."""

from __future__ import annotations

import os
from datetime import date, timedelta
from decimal import Decimal
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

BRANDS = int(os.environ.get("MEASURED_BRANDS", "200"))
BATCH = 10
OPTIONAL = [
    *("order_items", "refunds", "products", "customers", "touchpoints", "wecom_contacts", "wecom_group_chats", "wecom_group_members"),
    *("campaigns", "campaign_members", "costs", "staff", "consents", "contact_blocks", "manual_tags"),
]
TESTS = "path:tests/measurement path:models/measurement"


def shape_of(seed: int) -> brands.Shape:
    """Return the shape of a brand: small ones as well, where most channels, groups and campaigns have nobody."""
    random = Random(f"shape of measured brand {seed}")
    newest = random.choice([*brands.NEWEST_DAYS, date(2020, 1, 1) + timedelta(days=random.randrange(3000))])
    return brands.Shape(seed=seed, people=random.choice([4, 30, 60, 110]), newest=newest, oddity=random.choice([0.05, 0.15, 0.4]))


def measured_brand(shape: brands.Shape) -> brands.Tables:
    """Return the raw tables of a brand, all of them there."""
    tables, random = brands.brand(shape), Random(f"measured {shape.seed}")
    spent = {}
    for _ in range(60):
        day = shape.newest + timedelta(days=random.randrange(-brands.HISTORY_DAYS, 20))
        key = (day, random.choice(["ad", "friend", "pigeon", "unknown", "all"]), random.choice(["traffic", "delivery", "staff", "other", "bribes"]))
        spent[key] = Decimal(random.choice([0, 1, random.randrange(500000)])) / 100
    tables["costs"] = [{"cost_date": day, "channel": channel, "cost_kind": kind, "amount": amount} for (day, channel, kind), amount in spent.items()]
    buyers = [row for row in tables["orders"] if row["customer_id"]]
    for number in range(len(buyers) * 2):
        order = random.choice(buyers)
        seen = order["ordered_at"] - timedelta(days=random.choice([-1, 0, 0, 1, 5, 29, 30, 31, 200]))
        tables["touchpoints"].append(
            dict.fromkeys(tables["touchpoints"][0])
            | {
                "event_id": f"view{number}",
                "occurred_at": min(seen, order["ordered_at"]),
                "event_type": random.choice(["product_view", "product_view", "add_to_cart"]),
            }
            | {"customer_id": random.choice([order["customer_id"], order["customer_id"], None]), "sku_id": f"sku_{random.randrange(18)}"}
            | {"duration_seconds": random.choice([None, 0, 12, 300])}
        )
    return tables


def write_dirty(seed: int, folder: Path) -> tuple[Path, list[str], list[str]]:
    """Write a brand of which some raw tables are empty and some are absent; return the folder and the names of both kinds."""
    random = Random(f"gone from {seed}")
    tables = measured_brand(shape_of(seed))
    odds = random.choice([0, 0.1, 0.1, 0.6, 1])
    gone = [table for table in OPTIONAL if random.random() < odds]
    absent = [table for table in gone if random.random() < 0.5]
    brands.write(tables | {table: [] for table in gone}, folder)
    for table in absent:
        (folder / f"{table}.parquet").unlink()
    return folder, [table for table in gone if table not in absent], absent


def wrong(workshop, seeds: range) -> list[str]:
    """Build each brand up to measurement and ask every test there is of it; return what is wrong, with the seed and the tables that lack."""
    found = []
    for seed in seeds:
        folder, empty, absent = write_dirty(seed, workshop.folder / "measured" / str(seed))
        settings = {"select": "+path:models/measurement", "vars": {"max_rejected_share": 1}}
        built = workshop.build(folder, **settings)
        asked = (
            workshop.build(folder, command="test", fresh=False, exclude="resource_type:unit_test", **settings | {"select": TESTS}) if built.success else built
        )
        if not asked.success:
            found.append(f"seed {seed}, empty {empty}, absent {absent}: {asked.failed or asked.text[-2000:]}")
        elif said := silent(asked, {*empty, *absent}):
            found.append(f"seed {seed}, empty {empty}, absent {absent}: {said}")
    return found


def silent(built, gone: set[str]) -> list[str]:
    """Return the measures that do not name a table that is gone, or name one that is there."""
    needed: dict[str, set[str]] = {}
    for measure, table in built.rows("select measure, raw_table from measurement.measurement_inputs"):
        needed.setdefault(measure, set()).add(table)
    said = built.rows("select measure, coalesce(missing_inputs, '') from measurement.measurement_coverage")
    return [measure for measure, missing in said if needed[measure] & gone != set(filter(None, missing.split(", ")))]
