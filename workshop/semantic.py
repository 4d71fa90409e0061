"""Does the manifest hold every metric that the files say? `python -m workshop semantic`.

dbt 1.11 reads `semantic_models:` and `metrics:` at the top of a file. The newer style, written under a model, it passes over without a word.
"""

from __future__ import annotations

from functools import partial
from pathlib import Path

import click
import yaml

from tagmart.contract import project_root
from workshop.verdicts import judge

KINDS = ("semantic_models", "metrics")
INLINE = ("semantic_model", "metrics", "derived_semantics", "agg_time_dimension")
LOADER = getattr(yaml, "CSafeLoader", yaml.SafeLoader)  # written in C where PyYAML was built so: a tenth of the time
INLINE_OF_COLUMNS = ("entity", "dimension")


def faults(root: Path, semantic_manifest: dict) -> list[str]:
    """A sentence for each name that the files under models/ and a semantic manifest do not both have once, and for each metric of the newer style."""
    files = {path.relative_to(root).as_posix(): _read(path) for folder in ("*.yml", "*.yaml") for path in sorted((root / "models").rglob(folder))}
    found = []
    for kind in KINDS:
        word = kind[:-1].replace("_", " ")
        said = {(name, file) for file, text in files.items() for name in _names(text, kind)}
        taken = _names(semantic_manifest, kind)
        found += [
            f"{file}: the {word} {name} is not in the semantic manifest: see what dbt parse says of it." for name, file in sorted(said) if name not in taken
        ]
        found += [f"The semantic manifest has the {word} {name}, which no file has: run dbt parse." for name in sorted({*taken} - {name for name, _ in said})]
    return found + [sentence for file, text in files.items() for sentence in _passed_over(file, text)]


def _passed_over(file: str, text: dict) -> list[str]:
    """What is written under a model, where dbt 1.11 does not look for metrics."""
    found = []
    for model in text.get("models") or []:
        keys = [key for key in INLINE if key in model]
        keys += [f"{column['name']}: {key}" for column in model.get("columns") or [] for key in INLINE_OF_COLUMNS if key in column]
        found += [f"{file}: dbt 1.11 passes over `{key}` under the model {model['name']}: write it under {' and '.join(KINDS)} at the top." for key in keys]
    return found


def _names(text: dict, kind: str) -> list[str]:
    return [each["name"] for each in text.get(kind) or []]


def _read(path: Path) -> dict:
    return yaml.load(path.read_text(encoding="utf-8"), Loader=LOADER) or {}


@click.command("semantic")
@click.option("--manifest", default="target/semantic_manifest.json", show_default=True, type=click.Path(path_type=Path))
def semantic_command(manifest: Path) -> None:
    """Say which metrics of the files the manifest does not hold. Exit status: 0 none, 1 some, 2 no manifest."""
    counted = "Semantic: {} semantic models, {} metrics, all of the files."
    judge(manifest, partial(faults, project_root()), lambda held: counted.format(len(held["semantic_models"]), len(held["metrics"])))
