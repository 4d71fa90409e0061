"""What is known of contacting each customer: consents, blocks, addresses, contacts, chats and messages as delivered."""

from __future__ import annotations

from collections import defaultdict
from datetime import date, datetime, timedelta

from reference.channels import CHANNEL_OF, SEVERITY
from reference.contacts import spells
from reference.identity import People, business_date, identifiers_of
from reference.permissions import blocks, consents


class Known:
    """What is known at the newest date of each customer, as far as contacting them is concerned."""

    def __init__(self, tables: dict[str, list[dict]], newest: date):
        self.tables, self.newest, self.people = tables, newest, People(tables, newest)
        self.touches = defaultdict(list)
        for row in self.up_to_newest("touchpoints", "occurred_at"):
            self.touches[self.people.of(identifiers_of("touchpoints", row))].append(row)
        self.consents, self.blocks, self.addresses = defaultdict(list), defaultdict(list), defaultdict(set)
        self._read_consents()
        self._read_blocks()
        self.held_out = self._held_out()
        self.relations = self._relations()
        self._read_addresses()

    def up_to_newest(self, table: str, column: str) -> list[dict]:
        return [row for row in self.tables.get(table, []) if row[column] is None or business_date(row[column]) <= self.newest]

    def is_over(self, moment: datetime | None) -> bool:
        return moment is not None and business_date(moment) <= self.newest

    def _read_consents(self) -> None:
        """Keep (moment, is withdrawn, channel) of marketing."""
        for customer_id, channel, purpose, status, moment, _ in consents(self.tables, self.newest):
            if purpose == "marketing":
                self.consents[customer_id].append((moment, status == "withdrawn", channel))

    def _read_blocks(self) -> None:
        for customer_id, channel, reason, _, _, until in blocks(self.tables, self.newest):
            if until is None or until >= self.newest:
                self.blocks[customer_id].append((SEVERITY[reason or "other"], reason or "other", channel))

    def _held_out(self) -> set[str | None]:
        """Return who is in the hold-out of a global campaign that runs on the day after the newest one."""
        tomorrow = self.newest + timedelta(days=1)
        running = {
            row["campaign_id"]
            for row in self.tables.get("campaigns", [])
            if row["campaign_kind"] == "global"
            and (row["starts_at"] is None or business_date(row["starts_at"]) <= tomorrow)
            and (row["ends_at"] is None or business_date(row["ends_at"]) >= tomorrow)
        }
        members = self.up_to_newest("campaign_members", "assigned_at")
        return {self.people.of_customer(row["customer_id"]) for row in members if row["variant"] == "holdout" and row["campaign_id"] in running}

    def _relations(self) -> dict[str, list[dict]]:
        """Return who is held by whom: contacts that have not ended, of members of staff who have not left."""
        left = {row["userid"] for row in self.tables.get("staff", []) if self.is_over(row["left_at"])}
        held = defaultdict(dict)
        for spell in spells(self.up_to_newest("wecom_contacts", "createtime")):
            customer_id = self.people.of([("external_userid", spell["external_userid"]), ("unionid", spell["unionid"])])
            if customer_id is not None and not self.is_over(spell["ended_at"]) and spell["userid"] not in left:
                pair = spell["userid"], spell["external_userid"]
                held[customer_id][pair] = max(held[customer_id].get(pair, date.min), business_date(spell["createtime"]))
        return held

    def _read_addresses(self) -> None:
        for (kind, _), customer_id in self.people.customer_of.items():
            self.addresses[customer_id].add(kind)
        for customer_id, addresses in self.addresses.items():
            addresses.discard("external_userid")
            if self.relations.get(customer_id):
                addresses.add("external_userid")
        dismissed = {row["chat_id"] for row in self.tables.get("wecom_group_chats", []) if self.is_over(row["dismissed_at"])}
        for row in self.up_to_newest("wecom_group_members", "join_time"):
            has_quit = self.is_over(row["quit_time"]) and row["quit_time"] >= row["join_time"]
            if row["type"] == 2 and not has_quit and row["chat_id"] not in dismissed:
                customer_id = self.people.of([("external_userid", row["userid"]), ("unionid", row["unionid"])])
                self.addresses[customer_id].add("chat_id")

    def messages(self, customer_id: str, channel: str) -> int:
        """Return how many messages were delivered over a channel in the week of the day after the newest date."""
        tomorrow = self.newest + timedelta(days=1)
        monday = tomorrow - timedelta(days=tomorrow.weekday())
        return sum(
            row["event_type"] == "message_delivered" and CHANNEL_OF.get(row["touchpoint"]) == channel and business_date(row["occurred_at"]) >= monday
            for row in self.touches[customer_id]
        )

    def sender(self, customer_id: str) -> str | None:
        """Return the member of staff who last chatted with the customer, else who added them last."""
        chats = {}
        for row in self.touches[customer_id]:
            if row["touchpoint"] == "wecom_chat" and row["staff_userid"] is not None:
                chats[row["staff_userid"]] = max(chats.get(row["staff_userid"], datetime.min), row["occurred_at"])
        pairs = self.relations.get(customer_id, {})
        ranked = sorted(pairs, key=lambda pair: (-_seconds(chats.get(pair[0], datetime.min)), -pairs[pair].toordinal(), pair))
        return ranked[0][0] if ranked else None


def _seconds(moment: datetime) -> float:
    return (moment - datetime.min).total_seconds()
