"""Schemes from dbt's manifest, and `dbt parse` when there is no fresh one."""

from __future__ import annotations

import json
import os
from pathlib import Path

from tagmart.check.problem import CheckProblem
from tagmart.check.schemes import Scheme, scheme_of
from tagmart.contract import project_in_hand, project_root

CONTRACT_MODEL = "customer_tags"


def read_manifest(path: Path) -> dict:
    try:
        manifest = json.loads(path.read_text(encoding="utf-8"))
    except (OSError, ValueError) as error:
        raise CheckProblem(f"{path} cannot be read: {error}; run `dbt parse`.") from None
    if not isinstance(manifest, dict) or not isinstance(manifest.get("nodes"), dict):
        raise CheckProblem(f"{path} is no dbt manifest: it has no nodes; run `dbt parse`.")
    return manifest


def project_manifest(vars_text: str | None) -> Path:
    """Return a manifest that is true of the project, parsed now when there is none, it is old, or vars are given.

    With vars it lies in target/check: the manifest of the project keeps the project's own values.
    """
    root = project_in_hand()
    target = root / os.environ.get("DBT_TARGET_PATH", "target")
    if vars_text is not None:
        return parsed(root, target / "check", ["--vars", vars_text])
    path = target / "manifest.json"
    if path.is_file() and path.stat().st_mtime >= _last_change(root):
        return path
    return parsed(root, target, [])


def _last_change(root: Path) -> float:
    """Return when a file that dbt parses last changed; a folder's own time tells of files removed."""
    paths = []
    for project in {root, project_root()}:  # the second is the package where another project has it
        paths += [project / "dbt_project.yml", project / "packages.yml"]
        for folder in ("models", "macros", "seeds", "tests"):
            paths += [project / folder, *(project / folder).rglob("*")]
    pytests = {root / "tests" / "python", root / "tests" / "support"}  # not dbt's, and each run of pytest writes there
    return max(path.stat().st_mtime for path in paths if path.exists() and not pytests & {path, *path.parents})


def parsed(root: Path, target: Path, options: list[str]) -> Path:
    """Let dbt parse the project in `root`; return the manifest in `target`. CheckProblem with dbt's own words when it cannot."""
    from dbt.cli.main import dbtRunner  # a second to import, which a fresh manifest saves

    messages: list[str] = []
    here = Path.cwd()
    profiles = [] if os.environ.get("DBT_PROFILES_DIR") or not (root / "profiles.yml").is_file() else ["--profiles-dir", str(root)]
    try:
        outcome = dbtRunner(callbacks=[lambda event: event.info.level == "error" and messages.append(event.info.msg)]).invoke(
            ["--log-level", "none", "--log-level-file", "none", "parse", "--project-dir", str(root), *profiles, "--target-path", str(target), *options]
        )
    finally:
        os.chdir(here)
    if not outcome.success:
        reason = " ".join(str(outcome.exception or " ".join(messages)).split())
        raise CheckProblem(f"dbt cannot parse the project: {reason}")
    return target / "manifest.json"


def schemes_of(manifest: dict, select: str | None = None) -> list[Scheme | CheckProblem]:
    """Return each scheme by code, or the problem that keeps its definition from being read.

    CheckProblem when there is no scheme at all, or none of code `select`.
    """
    models = [node for node in manifest["nodes"].values() if node.get("resource_type") == "model"]
    found: dict[str, Scheme | CheckProblem] = {}
    contract = _contract(manifest, models)
    root_package = manifest.get("metadata", {}).get("project_name", "tagmart")
    for node in sorted(models, key=lambda node: (node["package_name"], node["original_file_path"])):
        definition = node.get("config", {}).get("meta", {}).get("segment_scheme")
        if definition is None:
            continue
        code = str(definition.get("code") if isinstance(definition, dict) else node["name"])
        if select is not None and code != select:
            continue
        package = node["package_name"]
        file = ("" if package == root_package else f"{package}/") + node["original_file_path"]
        try:
            if code in found:
                raise CheckProblem(f"{file}: another model has the scheme {code} already.")
            found[code] = scheme_of(definition, file, contract)
        except CheckProblem as problem:
            problem.code = code
            found[f"{code} in {node['name']}" if code in found else code] = problem
    if not found:
        raise CheckProblem(
            "No model of the manifest has a segment_scheme in config.meta" + (f" with the code {select}." if select else ": shape it as in segment_rfm.sql.")
        )
    return [found[code] for code in sorted(found)]


def _contract(manifest: dict, models: list[dict]) -> dict[str, dict]:
    """Return `{column: {"type", "values"}}` of customer_tags; values from accepted_values tests that fail a build."""
    named = [node for node in models if node["name"] == CONTRACT_MODEL]
    node = min(named, key=lambda node: node["package_name"] != "tagmart", default=None)
    if node is None:
        return {}
    columns = {name: {"type": column["data_type"]} for name, column in node["columns"].items() if column.get("data_type")}
    for test in manifest["nodes"].values():
        about = test.get("test_metadata") or {}
        if about.get("name") != "accepted_values" or test.get("attached_node") != node["unique_id"]:
            continue
        config, name = test.get("config", {}), test.get("column_name")
        values = about.get("kwargs", {}).get("values", [])
        partial = config.get("where") or str(config.get("severity", "error")).lower() == "warn"
        if not partial and name in columns and all(isinstance(value, str) for value in values):
            columns[name]["values"] = values
    return columns
