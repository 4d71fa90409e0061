"""The list of tags in docs/definitions.md, from the manifest: every column of customer_tags with its names and its meaning.

`python -m workshop tag-docs` writes it after `dbt parse`; `--check` says whether it is stale instead.
"""

from __future__ import annotations

from pathlib import Path

import click

from workshop.verdicts import between, read_manifest, write_or_check

PAGE = Path("docs/definitions.md")
BEGIN = "<!-- Written by `python -m workshop tag-docs` from models/tags/customer_tags.yml; edit that. -->\n"
END = "<!-- End of what is written. -->\n"


@click.command(context_settings={"help_option_names": ["-h", "--help"]})
@click.option("--check", is_flag=True, help="Write nothing; fail when the page is not what would be written.")
@click.option("--manifest", default="target/manifest.json", show_default=True, type=click.Path(path_type=Path))
def tag_docs_command(check: bool, manifest: Path) -> None:
    """Write the list of tags in docs/definitions.md from the manifest."""
    before = PAGE.read_text(encoding="utf-8")
    text = page(before, read_manifest(manifest))
    write_or_check(PAGE, text, check, "python -m workshop tag-docs after dbt parse")


def page(text: str, manifest: dict) -> str:
    """Return the page with the list of tags as the manifest has them."""
    return between(text, BEGIN, END, _table(manifest))


def _table(manifest: dict) -> str:
    """One row a tag, in the order of the mart's columns."""
    mart = next(node for node in manifest["nodes"].values() if node["resource_type"] == "model" and node["name"] == "customer_tags")
    lines = ["| tag | name | 名称 | life stage, kind | type | means |", "|---|---|---|---|---|---|"]
    for name, column in mart["columns"].items():
        tag = column["config"]["meta"].get("tag")
        if tag:
            about = f"{tag['life_stage']}, {tag['kind']}"
            means = " ".join(column["description"].split()).replace("|", "\\|")
            lines.append(f"| `{name}` | {tag['name_en']} | {tag['name_zh']} | {about} | {column['data_type']} | {means} |")
    return "\n".join(lines) + "\n"
