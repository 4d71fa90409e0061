"""The printed table of the bench: a column a phase."""

from __future__ import annotations

import os

from workshop.bench.builds import Built
from workshop.bench.days import Delivery
from workshop.bench.passes import Floor
from workshop.bench.results import ORDER

SLOWEST = 12
NONE = "-"


def lines(customers: int, delivery: Delivery, plain: float, floor: Floor | None, built: dict[str, Built]) -> list[str]:
    """All lines, those of what was not measured (a build failed) left out or with a dash."""
    return [*_brand(customers, delivery), *_units(plain, floor), *_measures(plain, floor, built), *_layers(built), *_nodes(built), *_faults(built)]


def _brand(customers: int, delivery: Delivery) -> list[str]:
    return [
        "",
        f"{customers:,} customers, {delivery.orders:,} orders, {delivery.touchpoints:,} touchpoints; newest day {delivery.newest}",
        f"a day later: {delivery.new_orders:,} orders and {delivery.new_touchpoints:,} touchpoints of the newest day, "
        f"{delivery.late} late orders with {delivery.late_lines} lines, {delivery.merged} merged pairs, {delivery.corrected} corrected orders",
        *(f"{name}={value}" for name, value in sorted(os.environ.items()) if name.startswith("TAGMART_") and name != "TAGMART_DATABASE"),
    ]


def _units(plain: float, floor: Floor | None) -> list[str]:
    units = [f"plain pass {plain:.2f} s: orders and touchpoints grouped by customer and day, stored"]
    if floor:
        split = ", ".join(f"{layer} {floor.layers[layer]:.1f}" for layer in ORDER if layer in floor.layers)
        units.append(f"floor {floor.seconds:.1f} s: the plain pass, and {floor.rows:,} rows of {floor.marts} public tables written once, {floor.size:,.0f} MB")
        units.append(f"    writing by layer: {split} s")
    return units


def _measures(plain: float, floor: Floor | None, built: dict[str, Built]) -> list[str]:
    phases = built.values()
    return [
        "",
        _row("", list(built)),
        _row("wall time, s", [f"{phase.wall:,.1f}" for phase in phases]),
        _row("  in plain passes", [f"{phase.wall / plain:,.1f}" for phase in phases]),
        _row("  in floors", [f"{phase.wall / floor.seconds:,.1f}" if floor else NONE for phase in phases]),
        _row("  of it dbt's start, s", [NONE if phase.start is None else f"{phase.start:,.1f}" for phase in phases]),
        _row("CPU, s", [f"{phase.cpu:,.1f}" for phase in phases]),
        _row("peak memory, MB", [f"{phase.peak:,.0f}" for phase in phases]),
        _row("largest spill, MB", [f"{phase.spill:,.0f}" for phase in phases]),
        _row("database after it, MB", [f"{phase.file:,.0f}" for phase in phases]),
    ]


def _layers(built: dict[str, Built]) -> list[str]:
    named = {layer for phase in built.values() for layer in phase.layers}
    rows = [
        _row(f"  {layer}", [f"{phase.layers[layer]:,.1f}" if layer in phase.layers else NONE for phase in built.values()])
        for layer in [*ORDER, *sorted(named - set(ORDER))]
        if layer in named
    ]
    return ["seconds of nodes by layer (dbt runs several side by side: the sum may be more than the wall time)", *rows] if rows else []


def _nodes(built: dict[str, Built]) -> list[str]:
    """Each phase's own slowest nodes, in seconds."""
    found = []
    for title, phase in built.items():
        if phase.slowest:
            found += ["", f"{title}: the {SLOWEST} slowest of {len(phase.slowest)} nodes, s"]
            found += [f"  {name[:90]:90}{seconds:9.1f}" for name, seconds in phase.slowest[:SLOWEST]]
    return found


def _faults(built: dict[str, Built]) -> list[str]:
    return [line for title, phase in built.items() if phase.faults for line in ("", f"{title} FAILED", *(f"  {fault}" for fault in phase.faults))]


def _row(title: str, cells: list[str]) -> str:
    return f"{title:26}" + "".join(f"{cell:>15}" for cell in cells)
