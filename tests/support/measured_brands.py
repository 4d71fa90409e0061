"""Random dirty brands for measurement: costs and product views beside what brands.py draws, and some raw tables empty or absent."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, timedelta
from decimal import Decimal
from pathlib import Path
from random import Random

import brands
from draws import drawn, portions

from tagmart.contract import raw_contract

FIRST = portions(drawn(range(100), least=4), 2)  # half a minute of a core each
MORE = portions(drawn(range(100, 200), least=4), 2)
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
            empty_row("touchpoints")
            | {
                "event_id": f"view{number}",
                "occurred_at": min(seen, order["ordered_at"]),
                "event_type": random.choice(["product_view", "product_view", "add_to_cart"]),
            }
            | {"customer_id": random.choice([order["customer_id"], order["customer_id"], None]), "sku_id": f"sku_{random.randrange(18)}"}
            | {"duration_seconds": random.choice([None, 0, 12, 300])}
        )
    for number in range(3):
        tables["wecom_contact_ways"].append(
            empty_row("wecom_contact_ways") | {"config_id": f"way{number}", "state": f"qr_{number}", "channel_name": f"way {number}"}
        )
    return tables


def empty_row(table: str) -> dict:
    return dict.fromkeys(raw_contract()[table]["columns"])


def write_dirty(seed: int, folder: Path) -> tuple[Path, set[str]]:
    """Write a brand of which some raw tables are empty and some are absent; return the folder and the names of both."""
    random = Random(f"gone from {seed}")
    tables = measured_brand(shape_of(seed))
    odds = random.choice([0, 0.1, 0.1, 0.6, 1])
    gone = sorted(table for table in OPTIONAL if random.random() < odds)
    brands.write(tables | {table: [] for table in gone}, folder)
    for table in gone:
        if random.random() < 0.5:
            (folder / f"{table}.parquet").unlink()
    return folder, {*gone, *(table for table, rows in tables.items() if not rows)}


def wrong(workshop, seeds: Sequence[int]) -> list[str]:
    """Build each brand up to measurement and ask every test there is of it; return what is wrong, with the seed and the tables that lack."""
    found = []
    for seed in seeds:
        folder, gone = write_dirty(seed, workshop.folder / "measured" / str(seed))
        settings = {"select": "+path:models/measurement +path:tests/measurement", "vars": {"max_rejected_share": 1}}
        built = workshop.build(folder, **settings)
        asked = (
            workshop.build(folder, command="test", fresh=False, exclude="resource_type:unit_test", **settings | {"select": TESTS}) if built.success else built
        )
        said = [str(asked.failed or asked.text[-2000:])] if not asked.success else silent(asked, gone)
        if said:
            found.append(f"seed {seed}, without {', '.join(sorted(gone))}: {'; '.join(said)}")
    return found


def silent(built, gone: set[str]) -> list[str]:
    """Return the measures that do not name a table that is gone, or name one that is there."""
    needed: dict[str, set[str]] = {}
    for measure, table in built.rows("select measure, raw_table from measurement.measurement_inputs"):
        needed.setdefault(measure, set()).add(table)
    said = built.rows("select measure, coalesce(missing_inputs, '') from measurement.measurement_coverage")
    lacks = {measure: set(filter(None, missing.split(", "))) for measure, missing in said}
    return [
        f"{measure} misses {sorted(lacks[measure])} and not {sorted(needed[measure] & gone)}" for measure in lacks if lacks[measure] != needed[measure] & gone
    ]
