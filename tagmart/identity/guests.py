"""Identifiers that join nobody by themselves: devices, and what too many known customers share."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from tagmart.identity.graph import Graph, distinct_pairs


@dataclass(frozen=True)
class Guests:
    """With whom each of N identifiers was seen.

    `persons`: N counts of different people, 0 where it is no guest. `host`: N labels, the person of a guest seen with one
    only; elsewhere the largest label of several, or -1.
    """

    persons: np.ndarray
    host: np.ndarray


def judge_guests(graph: Graph, label: np.ndarray, is_guest: np.ndarray) -> Guests:
    """Count the people (by `label`, N numbers) with whom each guest (N truths) was seen; other guests are nobody."""
    ends = np.concatenate([graph.anchor, graph.node]), np.concatenate([graph.node, graph.anchor])
    with_people = is_guest[ends[0]] & ~is_guest[ends[1]]
    guest, person = distinct_pairs(ends[0][with_people], label[ends[1][with_people]], len(label))
    host = np.full(len(label), -1, dtype=np.int64)
    host[guest] = person
    return Guests(np.bincount(guest, minlength=len(label)), host)
