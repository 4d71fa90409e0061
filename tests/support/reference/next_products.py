"""What to offer next, one customer and one as-of date at a time, from the definitions in docs/scoring-evidence.md."""

from __future__ import annotations

from collections import Counter, defaultdict
from datetime import date
from math import floor, sqrt

from reference.tags import Person

PLACES, NEIGHBOURS, LATEST, CATEGORIES, SHRINKAGE, HALF_LIFE = 10, 30, 50, 4, 10, 180
Habits = dict[str, dict[str, list[date]]]
Offer = tuple[str, str, float, str, str]  # kind, product, score, because, reason


def habits_at(people: dict[str, Person], at: date) -> Habits:
    """Return the days on which each customer bought each product, as known at the date."""
    habits: Habits = {}
    for customer_id, person in people.items():
        days = defaultdict(set)
        for order in person.orders:
            if order.is_purchase(at):
                for item in order.items:
                    days[item["sku_id"]].add(order.day)
        if days:
            habits[customer_id] = {sku: sorted(of_sku) for sku, of_sku in days.items()}
    return habits


def neighbours_at(habits: Habits, at: date) -> dict[str, dict[str, tuple[int, float]]]:
    """Return for each product its neighbours, the customers in common and the pull."""
    buyers, recent, common = Counter(), Counter(), Counter()
    for bought in habits.values():
        latest = _latest(bought)
        buyers.update(latest)
        recent.update(sku for sku in latest if (at - bought[sku][-1]).days < 30)
        common.update((one, other) for one in latest for other in latest if one != other)
    pulls: dict[str, dict[str, tuple[int, float]]] = defaultdict(dict)
    for (one, other), count in common.items():
        if count > 1 and recent[other]:
            similarity = count / buyers[one] / buyers[other] * count / (count + SHRINKAGE)
            pulls[one][other] = (count, similarity * sqrt(recent[other]))
    return {one: dict(sorted(of_one.items(), key=lambda pair: (-_whole(1e11 * pair[1][1]), pair[0]))[:NEIGHBOURS]) for one, of_one in pulls.items()}


def next_products(people: dict[str, Person], upgrades: dict[str, str], at: date) -> dict[str, list[Offer]]:
    """Return the offers of each customer in the order of their places; `upgrades` is {product: what it is the step up from}."""
    habits = habits_at(people, at)
    neighbours = neighbours_at(habits, at)
    offers = {}
    for customer_id, bought in habits.items():
        weights = {sku: sum(_whole(1e9 * 0.5 ** ((at - day).days / HALF_LIFE)) for day in days) for sku, days in bought.items()}
        habit = [("habit", sku, weights[sku] / 1e9, sku, _habit_reason(bought[sku], at)) for sku in bought]
        upgrade = [
            ("upgrade", sku, weights[base] / 1e9, base, f"the step up from {base}, bought {_times(bought[base])}")
            for sku, base in upgrades.items()
            if base in bought and sku not in bought
        ]
        parts = defaultdict(dict)
        for sku in _latest(bought):
            for other, (_, pull) in neighbours.get(sku, {}).items():
                if other not in bought:
                    parts[other][sku] = _whole(weights[sku] * pull / 10)
        novel = []
        for other, of_other in parts.items():
            because = min(of_other, key=lambda sku: (-of_other[sku], sku))
            novel.append(("novel", other, sum(of_other.values()) / 1e8, because, f"often bought by those who buy {because}"))
        offers[customer_id] = [offer for kind in (habit, novel, upgrade) for offer in sorted(kind, key=lambda offer: (-offer[2], offer[1]))[:PLACES]]
    return offers


def popular_new(habits: Habits, categories: dict[str, str], at: date) -> dict[str, tuple[list[str], list[tuple[str, str]]]]:
    """Return the ten most popular products that are new to each customer: of all, and of their latest four categories with the reason."""
    recent = Counter(sku for bought in habits.values() for sku, days in bought.items() if (at - days[-1]).days < 30)
    popular = sorted(recent, key=lambda sku: (-recent[sku], sku))
    found = {}
    for customer_id, bought in habits.items():
        because: dict[str, str] = {}
        for sku in _latest(bought):
            if sku in categories:
                because.setdefault(categories[sku], sku)
        new = [sku for sku in popular if sku not in bought]
        asked = list(because)[:CATEGORIES]
        theirs = [(sku, because[categories[sku]]) for sku in new if categories.get(sku) in asked]
        found[customer_id] = (new[:PLACES], theirs[:PLACES])
    return found


def _latest(bought: dict[str, list[date]]) -> list[str]:
    return sorted(sorted(bought), key=lambda sku: bought[sku][-1], reverse=True)[:LATEST]


def _whole(number: float) -> int:
    return floor(number + 0.5)


def _times(days: list[date]) -> str:
    return "once" if len(days) == 1 else f"{len(days)} times"


def _habit_reason(days: list[date], at: date) -> str:
    if len(days) == 1:
        ago = (at - days[0]).days
        return f"bought once, {['today', '1 day ago'][ago] if ago < 2 else f'{ago} days ago'}"
    rhythm = _whole((days[-1] - days[0]).days / (len(days) - 1))
    return f"bought {len(days)} times, usually every {'day' if rhythm == 1 else f'{rhythm} days'}"
