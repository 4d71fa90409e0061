"""The dictionary in docs/metrics.md, from the manifest: every metric with its names, its meaning and its formula, and what it can be grouped by.

`python -m workshop metric-docs` writes it after `dbt parse`; `--check` says whether it is stale instead.
"""

from __future__ import annotations

import re
from pathlib import Path

import click

from workshop.verdicts import between, read_manifest, write_or_check

PAGE = Path("docs/metrics.md")
BEGIN = "<!-- Written by `python -m workshop metric-docs` from models/semantic; edit that. -->\n"
END = "<!-- End of what is written. -->\n"


@click.command("metric-docs", context_settings={"help_option_names": ["-h", "--help"]})
@click.option("--check", is_flag=True, help="Write nothing; fail when the page is not what would be written.")
@click.option("--manifest", default="target/manifest.json", show_default=True, type=click.Path(path_type=Path))
def metric_docs_command(check: bool, manifest: Path) -> None:
    """Write the dictionary of metrics in docs/metrics.md from the manifest."""
    before = PAGE.read_text(encoding="utf-8")
    text = page(before, read_manifest(manifest))
    write_or_check(PAGE, text, check, "python -m workshop metric-docs after dbt parse")


def page(text: str, manifest: dict) -> str:
    """Return the page with the dictionary as the manifest has it, a section a semantic model that has metrics."""
    models = sorted(manifest["semantic_models"].values(), key=lambda model: (model["original_file_path"].count("/"), model["original_file_path"]))
    sections = [*_joined_sections(models).values()] + [section for model in models if (section := _section(model, models, manifest["metrics"].values()))]
    return between(text, BEGIN, END, "\n".join(sections))


def joined(models: list[dict]) -> dict[str, list[dict]]:
    """By entity: the semantic models with a row for each of its values, so that others can be grouped by what they say."""
    found: dict[str, list[dict]] = {}
    for model in models:
        for entity in model["entities"]:
            if entity["type"] == "primary":
                found.setdefault(entity["name"], []).append(model)
    return found


def _joined_sections(models: list[dict]) -> dict[str, str]:
    """By entity that leads from one semantic model to another: the names to group by."""
    leading = {entity["name"] for model in models for entity in model["entities"] if entity["type"] == "foreign"}
    named = {entity: [name for model in reached for name in _names(entity, model)] for entity, reached in sorted(joined(models).items())}
    return {entity: "\n".join([f"### By {entity}", "", *(f"- {name}" for name in names), ""]) for entity, names in named.items() if names and entity in leading}


def _names(entity: str, model: dict) -> list[str]:
    named = [dimension for dimension in model["dimensions"] if dimension["type"] != "time"]
    return [f"`{entity}__{dimension['name']}` {dimension['label']} {_name_zh(dimension)}" for dimension in named]


def _grouping(model: dict, models: list[dict]) -> str:
    """What the metrics of a model can be grouped by: its own dimensions, and entities of the sections above."""
    own = next((entity["name"] for entity in model["entities"] if entity["type"] == "primary"), model["primary_entity"])
    led = [entity["name"] for entity in model["entities"] if entity["name"] in _joined_sections(models)]
    links = [f"whatever stands [by {entity}](#by-{entity})" for entity in led]
    return "; ".join(["`metric_time`", *([] if own in led else _names(own, model)), *links])


def _section(model: dict, models: list[dict], metrics: list[dict]) -> str:
    own = sorted((metric for metric in metrics if metric["original_file_path"] == model["original_file_path"]), key=lambda metric: metric["name"])
    if not own:
        return ""
    lines = [f"### {model['label']} {_name_zh(model)}", "", _line(model["description"]), ""]
    lines += ["| metric | name | 名称 | unit | means | formula |", "|---|---|---|---|---|---|"]
    for metric in own:
        cells = [f"`{metric['name']}`", metric["label"], _name_zh(metric), metric["config"]["meta"]["unit"], _line(metric["description"])]
        lines.append(f"| {' | '.join([*cells, f'`{_formula(metric, model)}`'])} |")
    return "\n".join([*lines, "", f"Group by {_grouping(model, models)}.", ""])


def _formula(metric: dict, model: dict) -> str:
    """What is computed, in the words of the columns of the model, or of other metrics."""
    asked = metric["type_params"]
    if metric["type"] == "ratio":
        return f"{asked['numerator']['name']} / {asked['denominator']['name']}"
    if metric["type"] == "derived":
        return _line(_spelled_out(asked))
    measure = next(each for each in model["measures"] if each["name"] == asked["measure"]["name"])
    said = f"{measure['agg']}({_line(measure['expr'] or measure['name'])})"
    looks_back = asked["cumulative_type_params"]
    if metric["type"] == "cumulative":
        window = looks_back["window"]
        said += f", {window['count']} {window['granularity']}s back" if window else ", from the first day on"
    return said + (", at the last date" if measure["non_additive_dimension"] else "")


def _spelled_out(asked: dict) -> str:
    """The expression of a derived metric, its aliases replaced by what they stand for."""
    text = asked["expr"]
    for given in asked["metrics"]:
        offset = given["offset_window"]
        said = given["name"] + (f" {offset['count']} {offset['granularity']} before" if offset else "")
        text = re.sub(rf"\b{given['alias'] or given['name']}\b", said, text)
    return text


def _name_zh(node: dict) -> str:
    return node["config"]["meta"]["name_zh"]


def _line(text: str) -> str:
    return " ".join(str(text).split()).replace("|", "\\|")
