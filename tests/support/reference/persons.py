"""The rules of identity: who is one person, whom they are named after, and which identifiers join nobody."""

from __future__ import annotations

import hashlib
from collections import defaultdict
from collections.abc import Iterable
from datetime import date
from itertools import combinations

Node = tuple[str, str]
Sighting = tuple[list[Node], date | None]
Listed = tuple[str, int, int]
NEVER = date.max


def who_is_who(sightings: list[Sighting], limit: int) -> tuple[dict[Node, str], dict[Node, Listed]]:
    """Return the person of each identifier that has one, and the listed ones: reason, customers and people counted.

    All links are put in one order and added one by one; a person is a plain set of identifiers.
    """
    first_seen, first_together, with_customers, neighbours = {}, {}, defaultdict(set), defaultdict(set)
    for nodes, day in sightings:
        for node in nodes:
            first_seen[node] = min(first_seen.get(node, NEVER), day or NEVER)
        for pair in combinations(nodes, 2):
            first_together[pair] = min(first_together.get(pair, NEVER), day or NEVER)
            neighbours[pair[0]].add(pair[1])
            neighbours[pair[1]].add(pair[0])
            if pair[0][0] == "customer_id":
                with_customers[pair[1]].add(pair[0])
    too_public = {node for node, customers in with_customers.items() if len(customers) > limit and node[0] != "device_id"}

    person_of = {node: {node} for node in first_seen if node[0] != "device_id" and node not in too_public}
    refused = []
    for pair in sorted(first_together, key=lambda pair: (max(map(weakness, pair)), first_together[pair], *map(":".join, pair))):
        if all(node in person_of for node in pair) and person_of[pair[0]] is not person_of[pair[1]]:
            together = person_of[pair[0]] | person_of[pair[1]]
            if len(customers_in(together)) > limit:
                refused.append(pair)
            else:
                person_of.update(dict.fromkeys(together, together))

    listed = {}
    for weaker in {pair[1] for pair in refused}:
        people = different(person_of[node] for pair in refused if pair[1] == weaker for node in pair)
        listed[weaker] = ("chain", sum(len(customers_in(person)) for person in people), len(people))
    guests = first_seen.keys() - person_of.keys()
    hosts = {guest: different(person_of[node] for node in neighbours[guest] - guests) for guest in guests}
    for guest, people in hosts.items():
        if guest in too_public or len(people) > 1:
            listed[guest] = ("shared", len(with_customers[guest]), len(people))
        else:
            person_of[guest] = people[0] if people else set()
            person_of[guest].add(guest)
    return {node: name_of(person, first_seen) for node, person in person_of.items()}, listed


def weakness(node: Node) -> int:
    return {"customer_id": 0, "phone_hash": 2, "device_id": 3}.get(node[0], 1)


def customers_in(person: set[Node]) -> list[Node]:
    return [node for node in person if node[0] == "customer_id"]


def different(people: Iterable[set[Node]]) -> list[set[Node]]:
    return list({id(person): person for person in people}.values())


def name_of(person: set[Node], first_seen: dict[Node, date]) -> str:
    customers = customers_in(person)
    if customers:
        return min(customers, key=lambda node: (first_seen[node], node))[1]
    oldest = min(person, key=lambda node: (first_seen[node], weakness(node), ":".join(node)))
    return "p_" + hashlib.md5(":".join(oldest).encode()).hexdigest()[:16]
