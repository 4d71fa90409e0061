"""What a mutant can touch: the models that its file makes, and what of them is built and compared."""

from __future__ import annotations

MART = "customer_tags"
TAG_MARTS = ("customer_tag_values", "tag_dictionary", "tag_health", "tag_overlaps", "tag_sizes")


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


def steps(models: list[str]) -> list[tuple[list[str], str]]:
    """Return what dbt is to build, and what the reference knows of the result.

    What reads the tag mart is not built after it: where the mart is as the reference says, all else is as before. The
    second build of the mart is a daily run on the same data, which must find nothing to do.
    """
    after = ["--select", *(f"{model}+" for model in models)]
    if any(model in TAG_MARTS for model in models):
        return [(after, "tag marts")]
    if any(model.startswith(MART) for model in models):
        return [(["--full-refresh", "--select", *dict.fromkeys([*models, MART])], "mart"), (["--select", MART], "mart")][: 1 + (MART in models)]
    return [(after, "mart" if "segment_rfm" in models else "")]
