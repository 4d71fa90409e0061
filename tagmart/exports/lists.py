"""The activation lists, and the SQL that says which of their rows go out, why the others do not, and which columns are private."""

from __future__ import annotations

from collections.abc import Sequence

# list -> the columns that tell its rows apart, which are also their order in the files
LISTS = {
    "next_best_action": ("customer_id",),
    "touch_calendar": ("customer_id", "due_date"),
    "recall_list": ("customer_id",),
    "lost_contacts": ("customer_id",),
    "repurchase_due": ("customer_id",),
    "birthday_and_anniversary": ("customer_id", "occasion"),
    "research_pool": ("customer_id",),
}
IDENTIFIERS = ("phone_hash", "external_userid", "openid", "unionid")
SCHEMA = "activation"
DATES = "intermediate.int_as_of_dates"
IDENTITY = "intermediate.int_identity__resolved"
PERMISSIONS = f"{SCHEMA}.contact_permissions"
JOINT = ";"  # between several identifiers of one customer
HELD = "held_back_because"


def tables_of(lists: Sequence[str], private: Sequence[str]) -> list[str]:
    """Return the tables that an export of these lists reads, as schema.name."""
    return [DATES, PERMISSIONS, *([IDENTITY] if private else []), *(f"{SCHEMA}.{name}" for name in lists)]


def judged_rows(name: str, columns: Sequence[str]) -> str:
    """Return SQL for all rows of a list with `held_back_because`, which is null where the row goes out.

    The channel is looked up in contact_permissions once more: after a build that stopped half-way a list may be older than
    what the customers have said since.
    """
    capacity = "when list.is_over_staff_capacity then 'over_staff_capacity'" if "is_over_staff_capacity" in columns else ""
    return f"""
        select
            list.*,
            case
                when list.blocked_reason is not null then list.blocked_reason
                when list.is_over_cap then 'over_cap'
                {capacity}
                when list.is_usable is not true then 'not_usable'
                when permissions.is_allowed is not true then 'no_longer_allowed'
            end as {HELD}
        from {SCHEMA}.{name} as list
        left join {PERMISSIONS} as permissions on list.customer_id = permissions.customer_id and list.channel = permissions.channel
    """


def sent_rows(name: str, columns: Sequence[str], private: Sequence[str]) -> str:
    """Return SQL for the rows that go out, in the order of the key, `private` identifiers last."""
    wanted = [column for column in columns if column not in IDENTIFIERS]
    held = "".join(
        f"""
        left join (
            select customer_id, string_agg(identifier, '{JOINT}' order by identifier) as {identifier}
            from {IDENTITY}
            where identifier_type = '{identifier}' and customer_id in (select customer_id from sent)
            group by customer_id
        ) as {identifier}s on sent.customer_id = {identifier}s.customer_id"""
        for identifier in private
    )
    selected = ", ".join([*(f"sent.{column}" for column in wanted), *(f"{identifier}s.{identifier}" for identifier in private)])
    order = ", ".join(f"sent.{column} nulls last" for column in LISTS[name])
    return f"with sent as (select * from ({judged_rows(name, columns)}) where {HELD} is null) select {selected} from sent {held} order by {order}"
