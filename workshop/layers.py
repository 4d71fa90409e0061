"""The direction of the project, checked on dbt's manifest: `python -m workshop layers`."""

from __future__ import annotations

from pathlib import Path

import click

from workshop.verdicts import judge

LAYERS = ["staging", "intermediate", "scoring", "tags", "segments", "activation", "measurement", "semantic"]
BOUNDARY = LAYERS.index("tags")


def violations(manifest: dict) -> list[str]:
    """Return one sentence for each model that reads what it must not.

    A model reads its own folder and folders to its left. Right of `tags`, customers come from `tags` only
    and events only from `intermediate` models with `access: public`. The group of a model is its folder.
    """
    models = {key: node for key, node in manifest["nodes"].items() if node["resource_type"] == "model"}
    found = []
    for node in models.values():
        folder = node["fqn"][1]
        if folder not in LAYERS:
            found.append(f"{node['name']} stands in models/{folder}, which is no layer: move it to one of {', '.join(LAYERS)}.")
            continue
        if node.get("group") != folder:
            found.append(f"{node['name']} is in group {node.get('group')} but stands in models/{folder}: the group is the folder.")
        for key in node["depends_on"]["nodes"]:
            found += _wrong_read(node["name"], folder, models[key]) if key in models else []
            if key.startswith("source.") and folder != "staging":
                found.append(f"{node['name']} ({folder}) reads the raw source {key.split('.')[-1]}: only staging may.")
    return sorted(found)


def _wrong_read(name: str, folder: str, read: dict) -> list[str]:
    other = read["fqn"][1]
    if other not in LAYERS:
        return []
    position, other_position = LAYERS.index(folder), LAYERS.index(other)
    if other_position > position:
        return [f"{name} ({folder}) reads {read['name']} ({other}), which lies to its right."]
    if position > BOUNDARY and other_position < BOUNDARY and not (other == "intermediate" and read["access"] == "public"):
        return [
            f"{name} ({folder}) reads {read['name']} ({other}) past the tag mart: read customers from tags/, "
            "events from an intermediate model with access: public."
        ]
    return []


@click.command("layers")
@click.option("--manifest", default="target/manifest.json", show_default=True, type=click.Path(path_type=Path))
def layers_command(manifest: Path) -> None:
    """Say which models read what they must not. Exit status: 0 none, 1 some, 2 no manifest."""
    judge(manifest, violations, lambda _: "Layers: every model reads its own folder and folders to its left.")
