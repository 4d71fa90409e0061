"""Who is who: which identifiers belong to one person, and which join nobody.

Strong and medium links join, up to a number of known customers a person (`components`); devices and identifiers that
too many share are judged by who uses them afterwards (`guests`).
"""

from __future__ import annotations

import hashlib

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc

from tagmart.identity.components import join
from tagmart.identity.graph import Graph, read
from tagmart.identity.guests import judge_guests


def resolve(links: pa.Table | pa.RecordBatchReader, max_customers: int) -> pa.Table:
    """Give every identifier the person it belongs to, or the reason why it joins nobody.

    Args:
        links: columns `anchor` and `node`, both text `type:identifier`, and `first_seen_date` (date, null when no row that
            shows the two together has a date). Each pair of identifiers seen together is one row, the stronger one the
            anchor; each identifier is also a row of its own, as anchor and node, with the date it was first seen.
        max_customers: how many known customers (customer_ids) one identifier or one person may have, at least 1.

    Returns:
        One row per identifier, sorted by `type:identifier`. `identifier_type`, `identifier`; `customer_id`, the person: of
        their customer_ids the one seen first, else `p_` and 16 hex digits of the MD5 of their identifier seen first; null
        when the identifier joins nobody. `reason`: `shared` (joins nobody: too many known customers, or a device of several
        people), `chain` (a link of it was refused, since it would have put too many known customers into one person) or
        null. Where there is a reason, `customers_count`: known customers it was seen with (shared) or would have put
        together (chain), and `persons_count`, the people that they are. The order of the rows changes nothing.
    """
    graph = read(links)
    overshared = (graph.customers_seen > max_customers) & ~graph.is_device
    components = join(graph, graph.is_device | overshared, max_customers)
    guests = judge_guests(graph, components.label, graph.is_device | overshared)
    joins_nobody = overshared | (graph.is_device & (guests.persons > 1))
    label = np.where(graph.is_device & (guests.persons == 1), guests.host, components.label)
    names = _names(graph, label, ~joins_nobody)
    chain = components.chain_persons > 0
    reason = np.where(joins_nobody, "shared", np.where(chain, "chain", ""))
    customers = np.where(joins_nobody, graph.customers_seen, components.chain_customers)
    persons = np.where(joins_nobody, guests.persons, components.chain_persons)
    unlisted = reason == ""
    return pa.table(
        {
            "identifier_type": graph.kinds,
            "identifier": graph.identifiers,
            "customer_id": pc.if_else(pa.array(joins_nobody), pa.scalar(None, pa.large_string()), names),
            "reason": pa.array(reason, pa.string(), mask=unlisted),
            "customers_count": pa.array(customers, pa.int64(), mask=unlisted),
            "persons_count": pa.array(persons, pa.int64(), mask=unlisted),
        }
    )


def _names(graph: Graph, label: np.ndarray, is_member: np.ndarray) -> pa.Array:
    """Name each identifier's person by the customer_id seen first, else by a hash of the identifier seen first."""
    members = np.flatnonzero(is_member)
    # One number that sorts by: customer_ids first, then the date first seen, then strength; the text decides the rest.
    seniority = (~graph.is_customer * 2**40 + graph.seen.astype(np.int64) * 4 + graph.strength)[members]
    best = np.full(len(graph.seen), np.iinfo(np.int64).max)
    np.minimum.at(best, label[members], seniority)
    seniors = members[seniority == best[label[members]]][::-1]
    name_giver = np.zeros(len(graph.seen), dtype=np.int64)
    name_giver[label[seniors]] = seniors
    is_stranger = np.zeros(len(graph.seen), dtype=bool)
    is_stranger[name_giver[label[seniors]]] = True
    is_stranger &= ~graph.is_customer
    hashed = ["p_" + hashlib.md5(text.encode(), usedforsecurity=False).hexdigest()[:16] for text in graph.nodes.filter(pa.array(is_stranger)).to_pylist()]
    names = pc.replace_with_mask(graph.identifiers, pa.array(is_stranger), pa.array(hashed, pa.large_string()))
    return names.take(pa.array(name_giver[label]))


__all__ = ["resolve"]
