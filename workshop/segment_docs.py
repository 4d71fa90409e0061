"""docs/segments.md from the manifest: every scheme and class with its names in two languages and its rule.

`python -m workshop segment-docs` writes the file after `dbt parse`; `--check` says whether it is stale instead.
"""

from __future__ import annotations

from pathlib import Path

import click

from workshop.verdicts import read_manifest, write_or_check

PAGE = Path("docs/segments.md")
HEAD = """# Segments 客户分层

Every scheme with all its classes, as the project defines them with the vars of `dbt_project.yml`. Written by
`python -m workshop segment-docs` from the definitions at the top of the models in `models/segments/`; edit those.
What a scheme means, and what its columns are, stands in its description (`dbt docs`, or the YAML beside it). Each
customer known at a date is in exactly one class of each scheme: `tagmart check` proves it.

本页由各分层模型顶部的定义自动生成。每位客户在每个分层体系中恰好属于一个类别，由 `tagmart check` 证明。
"""


@click.command("segment-docs", context_settings={"help_option_names": ["-h", "--help"]})
@click.option("--check", is_flag=True, help="Write nothing; fail when the page is not what would be written.")
@click.option("--manifest", default="target/manifest.json", show_default=True, type=click.Path(path_type=Path))
def segment_docs_command(check: bool, manifest: Path) -> None:
    """Write docs/segments.md from the manifest."""
    text = page(read_manifest(manifest))
    write_or_check(PAGE, text, check, "python -m workshop segment-docs after dbt parse")


def page(manifest: dict) -> str:
    """Return the page for the schemes of a manifest, in the order of their codes."""
    schemes = [
        {**node["config"]["meta"]["segment_scheme"], "model": node["name"]}
        for node in manifest["nodes"].values()
        if node["resource_type"] == "model" and node["config"].get("meta", {}).get("segment_scheme")
    ]
    schemes.sort(key=lambda scheme: scheme["code"])
    contents = [f"- [{scheme['code']}](#{_anchor(scheme)}): {scheme['name_en']}, {len(scheme['segments'])} classes" for scheme in schemes]
    return "\n".join([HEAD, *contents, "", *("\n".join(_scheme(scheme)) for scheme in schemes)]).rstrip() + "\n"


def _scheme(scheme: dict) -> list[str]:
    inputs = f" Inputs: {scheme['inputs'].strip()}." if scheme.get("inputs") else ""
    lines = [f"## {_title(scheme)}", "", f"Model `{scheme['model']}`.{inputs}", "", "| code | name | 名称 | rule |", "|---|---|---|---|"]
    for segment in scheme["segments"]:
        rule = " ".join(segment["when"].split()).replace("|", "\\|")
        lines.append(f"| `{segment['code']}` | {segment['name_en']} | {segment['name_zh']} | `{rule}` |")
    return [*lines, "", "Premises: " + "; ".join(f"`{premise}`" for premise in scheme.get("assumes", [])) + ".", ""]


def _title(scheme: dict) -> str:
    return f"{scheme['code']} {scheme['name_en']} {scheme['name_zh']}"


def _anchor(scheme: dict) -> str:
    """As GitHub makes it of a heading."""
    kept = "".join(letter for letter in _title(scheme).lower() if letter.isalnum() or letter in " -_")
    return kept.replace(" ", "-")
