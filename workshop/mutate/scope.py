"""What a mutant can touch: the models that its file makes, and what of them is built and compared."""

from __future__ import annotations

from dataclasses import dataclass

MART = "customer_tags"
HISTORY = "macros/history"
# A day of the mutants' brand that is not its newest, and another price of money, so that scores of closed dates change.
EARLIER = {"as_of_date": "2024-05-31", "clv_discount_rate": 0.5}
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
    """What dbt builds, with which vars, and what is then compared: "mart", "tag marts", "base" or nothing."""

    selected: tuple[str, ...]
    compared: str = ""
    vars: dict | None = None


def steps(models: list[str], file: str = "") -> list[Step]:
    """Return what is built one after the other, and what the reference knows of the result.

    What reads the tag mart is not built after it: where the mart is as the reference says, all else is as before. The
    second build of the mart is a daily run on the same data, which must find nothing to do. What keeps history (`file` in
    macros/history) is built as of an earlier day and then as of the newest one, which must be as if it were built at once.
    """
    after = ("--select", *(f"{model}+" for model in models))
    if file.startswith(HISTORY):
        rows = ("--select", f"+{MART}", *(() if "scores" in file else ("--exclude", "scoring")))
        return [Step(("--full-refresh", *rows), vars=EARLIER), Step(rows, "base")]
    if any(model.startswith("int_") for model in models):
        way = ("--full-refresh", "--select", *(f"{model}+,+{MART}" for model in models), "--exclude", "scoring")
        return [Step(("--full-refresh", "--select", *models)), Step(way, "mart")]
    if any(model in TAG_MARTS for model in models):
        return [Step(after, "tag marts")]
    if any(model.startswith(MART) for model in models):
        daily = [Step(("--select", MART), "mart")] if MART in models else []
        return [Step(("--full-refresh", "--select", *dict.fromkeys([*models, MART])), "mart"), *daily]
    return [Step(after, "mart" if "segment_rfm" in models else "")]
