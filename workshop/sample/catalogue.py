"""Products: an assortment at the start, and launches that follow the new-product campaigns."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from workshop.sample import calendar, truth, vocabulary
from workshop.sample.columns import Frame, Ids, Money, Times, words
from workshop.sample.plan import DAY, Plan

OLD_SKUS = 66


@dataclass(frozen=True)
class Catalogue:
    """All products, one entry a SKU; the first OLD_SKUS are sold from the first day."""

    category: np.ndarray
    pet: np.ndarray  # 0 cat, 1 dog, 2 either
    price: np.ndarray  # cents
    launch_day: np.ndarray
    upgrade_of: np.ndarray  # position of the SKU that this one replaces, -1 for none
    popularity: np.ndarray  # weight
    series: np.ndarray
    style: np.ndarray
    colour: np.ndarray
    size: np.ndarray

    def sold_for(self, pet: int) -> np.ndarray:
        """Return the positions of the old SKUs for a cat (0) or a dog (1)."""
        old = np.arange(len(self.pet)) < OLD_SKUS
        return np.flatnonzero(old & ((self.pet == pet) | (self.pet == 2)))

    def staples_for(self, pet: int) -> np.ndarray:
        """Return the positions of the old daily foods for a cat (0) or a dog (1)."""
        skus = self.sold_for(pet)
        return skus[self.category[skus] == vocabulary.STAPLES[pet]]

    def newest_by_day(self, plan: Plan) -> np.ndarray:
        """Return the newest SKU launched within NEW_PRODUCT_DAYS, -1 for none, shape (2 pets, days)."""
        newest = np.full((2, plan.days), -1)
        for sku in range(OLD_SKUS, len(self.pet)):
            first = max(self.launch_day[sku] - plan.first_day, 0)
            for pet in (0, 1) if self.pet[sku] == 2 else (self.pet[sku],):
                newest[pet, first : first + truth.NEW_PRODUCT_DAYS] = sku
        return newest

    def upgrade_by_sku(self) -> np.ndarray:
        """Return for each SKU the one that replaces it, -1 for none."""
        replaced = np.full(len(self.pet), -1)
        new = np.flatnonzero(self.upgrade_of[OLD_SKUS:] >= 0) + OLD_SKUS
        replaced[self.upgrade_of[new]] = new
        return replaced


def make_catalogue(plan: Plan) -> Catalogue:
    """Draw the catalogue; two products, one for cats and one for dogs, go with a new-product campaign."""
    rng = plan.rng("products")
    launches = [c.start_day for c in calendar.campaigns(plan) if c.kind == "new_product"]
    count = OLD_SKUS + 2 * len(launches)
    number = np.arange(count)
    new = number - OLD_SKUS
    # Old ones go round the categories; new ones are daily food and treats, cat and dog in turn.
    category = np.where(new < 0, number % len(vocabulary.CATEGORIES), np.array([0, 1, 4, 5])[new % 4])
    size = (number // len(vocabulary.CATEGORIES)) % 3
    series = (number // 3) % len(vocabulary.SERIES)
    price = np.array([entry[2] for entry in vocabulary.CATEGORIES])[category]
    multiple = np.array([[times for _, times in entry[3]] for entry in vocabulary.CATEGORIES])[category, size]
    price = price * multiple * np.array([times for _, times in vocabulary.SERIES])[series]
    price = (price * rng.uniform(0.94, 1.06, count) / 100).astype(np.int64) * 100 + 90
    launch_day = np.where(
        new < 0,
        plan.first_day - rng.integers(30, 900, count),
        np.repeat([0, *launches], [OLD_SKUS, *[2] * len(launches)]),
    )
    upgrade_of = np.full(count, -1)
    for sku in range(OLD_SKUS, count):
        if new[sku] % 4 < 2:  # daily food: the new one replaces an old one, each old one once
            replaceable = np.setdiff1d(np.flatnonzero((category == category[sku]) & (new < 0)), upgrade_of)
            if len(replaceable):
                upgrade_of[sku] = replaceable[rng.integers(len(replaceable))]
                size[sku], price[sku] = size[upgrade_of[sku]], price[upgrade_of[sku]] + 1000
    return Catalogue(
        category=category,
        pet=np.array([entry[1] for entry in vocabulary.CATEGORIES])[category],
        price=price,
        launch_day=launch_day,
        upgrade_of=upgrade_of,
        popularity=1 / (1 + rng.permutation(count) % OLD_SKUS) ** 0.6,
        series=series,
        style=rng.integers(0, len(vocabulary.STYLES), count),
        colour=rng.integers(0, len(vocabulary.COLOURS), count),
        size=size,
    )


def sku_ids(numbers: np.ndarray) -> Ids:
    """Return the sku_id column for positions in the catalogue; -1 is null."""
    return Ids(np.where(numbers >= 0, numbers + 1, -1), prefix="SKU", width=4)


def products_frame(plan: Plan, catalogue: Catalogue) -> Frame:
    """Return the table products."""
    rng = plan.rng("unit_cost")
    count = len(catalogue.pet)
    rows = np.arange(count)
    series = [name for name, _ in vocabulary.SERIES]
    sizes = [vocabulary.CATEGORIES[c][3][s][0] for c, s in zip(catalogue.category, catalogue.size, strict=True)]
    names = [
        f"{series[catalogue.series[sku]]}{vocabulary.STYLES[catalogue.style[sku]]}"
        f"{vocabulary.CATEGORY_NAMES[catalogue.category[sku]]}{sizes[sku]}"
        f"{'升级版' if sku >= OLD_SKUS and catalogue.upgrade_of[sku] >= 0 else ''}"
        for sku in rows
    ]
    return {
        "sku_id": sku_ids(rows),
        "product_name": words(rows, names),
        "category": words(catalogue.category, vocabulary.CATEGORY_NAMES),
        "series": words(catalogue.series, series),
        "style": words(catalogue.style, vocabulary.STYLES),
        "colour": words(catalogue.colour, vocabulary.COLOURS),
        "size": words(rows, sizes),
        "launched_at": Times(catalogue.launch_day * DAY + 8 * 3600),
        "list_price": Money(catalogue.price),
        "unit_cost": Money((catalogue.price * rng.uniform(0.38, 0.55, count)).astype(np.int64)),
        "upgrade_of_sku_id": sku_ids(catalogue.upgrade_of),
    }
