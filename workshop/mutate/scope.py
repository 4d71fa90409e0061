"""What a mutant can touch: the models that its file makes, and what of them is built and compared."""

from __future__ import annotations

from dataclasses import dataclass

from workshop.mutate.workspace import BASE, EARLIER

MART = "customer_tags"
HISTORY, MEASURES = "macros/history", "models/intermediate"
KEPT = ("--select", f"+{MART}", f"path:{MEASURES}", "--exclude-resource-type", "test", "unit_test", "--exclude", "path:models/staging")
TAG_MARTS = ("customer_tag_values", "tag_dictionary", "tag_health", "tag_overlaps", "tag_sizes", "tag_uses")


def touched(manifest: dict, file: str, name: str) -> list[str]:
    """Return the models that a file makes: itself, or those that use its macro of that name."""
    macros = {key for key, macro in manifest["macros"].items() if macro["original_file_path"] == file and macro["name"] == name}
    while True:
        users = {key for key, macro in manifest["macros"].items() if macros & set(macro["depends_on"]["macros"])}
        if users <= macros:
            break
        macros |= users
    return [
        node["name"]
        for node in manifest["nodes"].values()
        if node["resource_type"] == "model" and (node["original_file_path"] == file or macros & set(node["depends_on"]["macros"]))
    ]


@dataclass(frozen=True)
class Step:
    """What dbt builds, and what is then compared: "mart", "tag marts", "base" or nothing; `restored` names the database it starts from."""

    selected: tuple[str, ...]
    compared: str = ""
    restored: str = ""


def keeps_history(file: str, text: str) -> bool:
    """Say whether mutants of a file are also built upon a database as an earlier day left it."""
    return file.startswith(HISTORY) or (file.startswith(MEASURES) and "materialized='incremental'" in text)


def steps(models: list[str], file: str = "", text: str = "") -> list[Step]:
    """Return what is built one after the other, and what the reference knows of the result.

    What reads the tag mart is not built after it: where the mart is as the reference says, all else is as before. The
    second build of the mart is a daily run on the same data, which must find nothing to do. What keeps history is also built
    upon what an earlier day left (EARLIER in copies.py), and must be as the base is.
    """
    after = ("--select", *(f"{model}+" for model in models))
    later = [Step(KEPT, "base", EARLIER)] if keeps_history(file, text) else []
    if file.startswith(HISTORY):
        return [*later, Step(("--full-refresh", *KEPT), "base")]
    if any(model.startswith("int_") for model in models):
        way = ("--full-refresh", "--select", *(f"{model}+,+{MART}" for model in models), "--exclude", "scoring")
        return [Step(("--full-refresh", "--select", *models), restored=BASE), Step(way, "mart"), *later]
    if any(model in TAG_MARTS for model in models):
        return [Step(after, "tag marts", BASE)]
    if any(model.startswith(MART) for model in models):
        daily = [Step(("--select", MART), "mart")] if MART in models else []
        return [Step(("--full-refresh", "--select", *dict.fromkeys([*models, MART])), "mart", BASE), *daily]
    return [Step(after, "mart" if "segment_rfm" in models else "", BASE)]
