"""Runs the steps: draws the brand block by block and writes the tables that are wanted."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

import numpy as np
import pyarrow as pa
from tqdm import tqdm

from tagmart.contract import raw_contract
from workshop.sample import accounts, calendar, contacts, dirt, groups, notes, orders, permissions, purchases, rates, reactions, refunds, truth
from workshop.sample.baskets import items_frame
from workshop.sample.catalogue import Catalogue, make_catalogue, products_frame
from workshop.sample.columns import Frame, words
from workshop.sample.ledger import Ledger
from workshop.sample.pace import alpha
from workshop.sample.people import People, make_people
from workshop.sample.plan import Plan
from workshop.sample.sessions import make_sessions
from workshop.sample.touches import Touches, in_order, touchpoints_frame
from workshop.sample.writer import Writer

Listed = list[tuple[str, str, str]]  # (table, key, kind) of a dirty row


@dataclass
class Block:
    """All that is drawn for the people of one block."""

    people: People
    purchases: purchases.Purchases
    members: purchases.Members
    contacts: contacts.Contacts
    orders: orders.Orders
    refunds: refunds.Refunds
    memberships: groups.Memberships
    answers: notes.Answers


def generate(plan: Plan, folder: Path, form: str, tables: list[str], show_progress: bool = True) -> dict[str, int]:
    """Write the tables (names of the raw contract) and the truth; return `{table: rows}`."""
    catalogue, chats, ledger = make_catalogue(plan), groups.make_chats(plan), Ledger(plan)
    known_dirt: Listed = []
    first = {"orders": 0, "refunds": 0, "touchpoints": 0}  # rows of the blocks before: ids go on from there
    with Writer(folder, form) as writer:

        def write(table: str, frame: Frame, block: int = 0) -> None:
            if table not in tables:
                return
            if plan.dirt:
                frame, listed = dirt.soil(plan, table, block, frame, form == "csv")
                known_dirt.extend(listed)
            # The contract's order of columns, whatever the order they were made in.
            writer.write(table, {name: frame[name] for name in raw_contract()[table]["columns"]})

        for number in tqdm(range(plan.blocks), desc="sample", unit="block", disable=None if show_progress else True):
            block = _draw(plan, catalogue, chats, number)
            ledger.book(block.people, block.contacts, block.orders, block.members)
            texts = block.people.identifiers()
            for table, frame in _frames(plan, block, chats, first, texts).items():
                if table == "customers" and plan.dirt and table in tables:
                    known_dirt += dirt.shared_phones(frame, len(block.people))
                write(table, frame, number)
            if "touchpoints" in tables:
                events = _events(plan, block, catalogue)
                frame = touchpoints_frame(plan, block.people, block.contacts, chats, catalogue, events, first["touchpoints"], texts)
                write("touchpoints", frame, number)
                first["touchpoints"] += len(events.time)
            first["orders"] += len(block.orders)
            first["refunds"] += len(block.refunds)
            _write_people_truth(plan, block, writer, texts)

        for table, frame in _brand_frames(plan, catalogue, chats, ledger).items():
            write(table, frame)
        writer.write("truth/campaign_effects", ledger.campaign_effects_truth())
        writer.write("truth/dirt", _dirt_truth(known_dirt))
        writer.write_json("truth/constants", _constants(plan))
        return dict(writer.rows)


def _draw(plan: Plan, catalogue: Catalogue, chats: groups.Chats, number: int) -> Block:
    """Draw what the people of a block decide and what follows for the records."""
    people = make_people(plan, catalogue, number)
    bought = purchases.make_purchases(plan, people)
    members = purchases.make_members(plan, people, bought)
    added = contacts.make_contacts(plan, people, bought)
    ordered = orders.make_orders(plan, people, bought, members, catalogue)
    return Block(
        people=people,
        purchases=bought,
        members=members,
        contacts=added,
        orders=ordered,
        refunds=refunds.make_refunds(plan, people, ordered),
        memberships=groups.make_memberships(plan, people, added, chats),
        answers=notes.make_answers(plan, people, added),
    )


def _frames(plan: Plan, block: Block, chats: groups.Chats, first: dict[str, int], texts: dict[str, pa.Array]) -> dict[str, Frame]:
    """Return the tables of a block, all but touchpoints."""
    returned = refunds.has_return_line(block.orders)
    return {
        "orders": orders.orders_frame(plan, block.people, block.contacts, block.orders, first["orders"], texts),
        "order_items": items_frame(block.orders.baskets, block.orders.discount, returned, first["orders"]),
        "refunds": refunds.refunds_frame(block.refunds, first["refunds"], first["orders"]),
        "customers": accounts.customers_frame(plan, block.people, block.purchases, texts),
        "wecom_contacts": contacts.contacts_frame(plan, block.people, block.contacts, texts),
        "wecom_contact_tags": notes.contact_tags_frame(plan, block.people, block.contacts, texts),
        "wecom_group_members": groups.members_frame(plan, block.people, chats, block.memberships, texts),
        "campaign_members": purchases.members_frame(block.people, block.members),
        "consents": permissions.consents_frame(plan, block.people, block.contacts, texts),
        "contact_blocks": permissions.blocks_frame(plan, block.people, block.contacts, texts),
        "manual_tags": notes.manual_tags_frame(plan, block.people, block.contacts, block.answers),
    }


def _events(plan: Plan, block: Block, catalogue: Catalogue) -> Touches:
    """Return the events of a block: those that follow from something, then sessions up to the wanted number."""
    parts = [
        *reactions.make_arrivals(plan, block.people, block.contacts),
        *reactions.make_messages(plan, block.people, block.members),
        *reactions.make_group_life(plan, block.people, block.memberships),
        *reactions.make_answers_and_advocacy(plan, block.people, block.orders, block.answers),
    ]
    already = sum(int((part.time < plan.end).sum()) for part in parts)
    parts += make_sessions(plan, block.people, block.contacts, block.purchases, block.orders, catalogue, already)
    return in_order(plan, parts)


def _brand_frames(plan: Plan, catalogue: Catalogue, chats: groups.Chats, ledger: Ledger) -> dict[str, Frame]:
    """Return the tables of the brand as a whole."""
    return {
        "products": products_frame(plan, catalogue),
        "wecom_contact_ways": contacts.contact_ways_frame(plan),
        "wecom_group_chats": groups.chats_frame(plan, chats),
        "wecom_staff_daily": ledger.staff_daily_frame(),
        "campaigns": calendar.campaigns_frame(plan),
        "costs": ledger.costs_frame(),
        "staff": contacts.staff_frame(plan),
        "exchange_rates": rates.exchange_rates_frame(plan),
    }


def _write_people_truth(plan: Plan, block: Block, writer: Writer, texts: dict[str, pa.Array]) -> None:
    people = block.people
    writer.write("truth/people", accounts.people_truth(plan, people, block.contacts, block.purchases, block.orders))
    writer.write("truth/identifiers", accounts.identifiers_truth(people, block.contacts, texts))


def _dirt_truth(listed: Listed) -> Frame:
    """Return truth/dirt: one row a dirty row and kind."""
    rows = np.arange(len(listed))
    columns = zip(*listed, strict=True) if listed else ([], [], [])
    return {name: words(rows, list(column)) for name, column in zip(("table_name", "row_key", "kind"), columns, strict=True)}


def _constants(plan: Plan) -> dict:
    """Return truth/constants.json: what was asked for and every constant drawn from."""
    asked = {
        "customers": plan.customers, "days": plan.days, "seed": plan.seed, "dirt": plan.dirt,
        "orders_per_customer": plan.orders_per_customer, "touchpoints_per_customer": plan.touchpoints_per_customer,
        "last_date": plan.last_date.isoformat(), "alpha": alpha(plan),
    }  # fmt: skip
    return {**truth.constants(), **asked}
