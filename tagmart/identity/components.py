"""People: identifiers joined by strong and medium links, at most so many known customers in one."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from scipy.sparse import coo_array
from scipy.sparse.csgraph import connected_components

from tagmart.identity.graph import Graph, distinct_pairs


@dataclass(frozen=True)
class Components:
    """The person of each of N identifiers, and what refused links would have put together.

    `label`: N numbers below N, equal where the person is the same. `chain_persons`, `chain_customers`: N counts, people and
    known customers that the identifier would have joined with its own, had no link been refused; 0 where none was.
    """

    label: np.ndarray
    chain_persons: np.ndarray
    chain_customers: np.ndarray


def join(graph: Graph, is_guest: np.ndarray, max_customers: int) -> Components:
    """Join the identifiers that are no guests (N truths); where a person would hold too many known customers, link by link."""
    joining = ~is_guest[graph.anchor] & ~is_guest[graph.node]
    anchor, node, since = graph.anchor[joining], graph.node[joining], graph.since[joining]
    size = len(graph.nodes)
    matrix = coo_array((np.ones(len(anchor), dtype=np.int8), (anchor, node)), shape=(size, size))
    label = connected_components(matrix, directed=False)[1] if size else np.zeros(0, dtype=np.int64)
    too_many = np.bincount(label[graph.is_customer], minlength=size) > max_customers
    careful = np.flatnonzero(too_many[label[anchor]])
    strength = np.maximum(graph.strength[anchor], graph.strength[node])[careful]
    # Strongest first, then oldest, then by value: numbers of identifiers are in the order of their texts.
    careful = careful[np.lexsort((node[careful], anchor[careful], since[careful], strength))]
    label, refused = _link_by_link(label, too_many, anchor[careful], node[careful], graph.is_customer, max_customers)
    return Components(label, *_put_together(label, anchor[careful[refused]], node[careful[refused]], graph.is_customer))


def _link_by_link(
    label: np.ndarray, too_many: np.ndarray, anchor: np.ndarray, node: np.ndarray, is_customer: np.ndarray, max_customers: int
) -> tuple[np.ndarray, np.ndarray]:
    """Join the members of too large components again by the links in their order; return labels and the refused links."""
    members = np.flatnonzero(too_many[label])
    root = {member: member for member in members.tolist()}
    customers = dict(zip(root, is_customer[members].tolist(), strict=True))
    refused = []

    def find(member: int) -> int:
        while root[member] != member:
            root[member] = root[root[member]]
            member = root[member]
        return member

    for place, (one, other) in enumerate(zip(anchor.tolist(), node.tolist(), strict=True)):
        one, other = find(one), find(other)
        if one == other:
            continue
        if customers[one] + customers[other] > max_customers:
            refused.append(place)
        else:
            root[other] = one
            customers[one] += customers[other]
    # The other components are numbered anew by one of their members too, so that no number is taken twice.
    first_member = np.zeros(len(label), dtype=np.int64)
    first_member[label[::-1]] = np.arange(len(label))[::-1]
    label = first_member[label]
    label[members] = [find(member) for member in members.tolist()]
    return label, np.array(refused, dtype=np.int64)


def _put_together(label: np.ndarray, anchor: np.ndarray, node: np.ndarray, is_customer: np.ndarray) -> tuple[np.ndarray, np.ndarray]:
    """Count the people and the known customers whom the refused links of each weaker identifier reach, its own included."""
    size = len(label)
    customers = np.bincount(label[is_customer], minlength=size)
    listed, reached = distinct_pairs(np.concatenate([node, node]), np.concatenate([label[anchor], label[node]]), size)
    return (np.bincount(listed, minlength=size), np.bincount(listed, weights=customers[reached], minlength=size).astype(np.int64))
