"""Copies of the project with a small built brand in them. Mutants are put there; the checkout stays as it is."""

from __future__ import annotations

import hashlib
import shutil
import sys
from collections.abc import Callable
from datetime import date
from pathlib import Path

from workshop.mutate.scope import MART, MEASURES
from workshop.mutate.workspace import BASE, EARLIER, Workspace

SEED = 20240615  # of the brand: 220 people with every oddity that raw data is allowed to have
EARLIER_DAY = date(2024, 5, 31)
PARTS = ("dbt_project.yml", ".dbtignore", "profiles.yml", "models", "macros", "seeds", "tests")
JUDGES = ("tagmart/check", "tests/support/reference", "tests/support/brands.py", "tests/support/compared.py")
# What costs time in every run of a copy and decides nothing there: the raw files never change, nobody reads the comments.
LEFT_OUT = {'  - "{{ raw_check() }}"\n': "", "+persist_docs: {relation: true, columns: true}": "+persist_docs: {relation: false}"}


def prepare(root: Path, folder: Path, say: Callable[[str], None]) -> Workspace:
    """Copy the project into an empty folder and build the brand there with every test, which must be green."""
    shutil.rmtree(folder, ignore_errors=True)
    copy_project(root, folder)
    brands = reference_module(root, "brands")
    brands.write(brands.brand(brands.Shape(seed=SEED)), folder / "raw")
    workspace = Workspace(folder)
    say("Building the brand with every test, as the project is ...")
    built = workspace.dbt("build")
    if not built.success:
        raise SystemExit(f"The project itself is not green: {built.failures[0] if built.failures else built.problem}; mend that first.")
    settings = (folder / "dbt_project.yml").read_text(encoding="utf-8")
    for line, instead in LEFT_OUT.items():
        assert line in settings, f"dbt_project.yml has no line {line!r}"
        settings = settings.replace(line, instead)
    (folder / "dbt_project.yml").write_text(settings, encoding="utf-8")
    workspace.keep(BASE)
    return workspace


def prepare_earlier(root: Path, workspace: Workspace, say: Callable[[str], None]) -> None:
    """Build the brand as it was on an earlier day, then stage its data of today: what keeps history goes on from there.

    The earlier data lack late rows and say other things of customers, products and orders, and money had another price,
    so rows and scores of closed dates change. History was shorter, so dates before those that are kept are lacking too.
    """
    brands = reference_module(root, "brands")
    brands.write(brands.as_it_was(brands.brand(brands.Shape(seed=SEED)), EARLIER_DAY), workspace.folder / "raw_earlier")
    say(f"Building the brand as it was on {EARLIER_DAY} ...")
    workspace.restore()
    earlier = {"raw_path": "raw_earlier", "as_of_date": str(EARLIER_DAY), "history_months": 9, "clv_discount_rate": 0.5}
    for selected, vars in (
        (("--full-refresh", "--select", f"+{MART}", f"path:{MEASURES}"), earlier),
        (("--select", "path:models/staging"), None),
    ):
        built = workspace.dbt("run", *selected, vars=vars)
        assert built.success, built.failures or built.problem
    workspace.keep(EARLIER)


def copy_project(source: Path, folder: Path) -> None:
    folder.mkdir(parents=True)
    for part in PARTS:
        if (source / part).is_dir():
            shutil.copytree(source / part, folder / part, ignore=shutil.ignore_patterns("python", "support", "__pycache__"))
        else:
            shutil.copyfile(source / part, folder / part)


def clone(workspace: Workspace, folder: Path) -> Workspace:
    """Return a copy of a prepared workspace for one worker."""
    shutil.rmtree(folder, ignore_errors=True)
    copy_project(workspace.folder, folder)
    shutil.copytree(workspace.folder / "raw", folder / "raw")
    for kept in workspace.folder.glob("*.duckdb"):
        shutil.copyfile(kept, folder / kept.name)
    (folder / "target").mkdir()
    return Workspace(folder)


def reference_module(root: Path, name: str):
    """Import a module of tests/support, which is no package."""
    path = str(root / "tests" / "support")
    if path not in sys.path:
        sys.path.insert(0, path)
    return __import__(name)


def state_of(root: Path) -> str:
    """Return a hash of all that decides a verdict: the project, its tests, the prover and the reference."""
    digest, pytests = hashlib.sha256(), {root / "tests" / "python", root / "tests" / "support"}
    for part in (*PARTS, *JUDGES):
        paths = [root / part] if (root / part).is_file() else sorted((root / part).rglob("*"))
        for path in paths:
            if path.is_file() and path.suffix in (".sql", ".yml", ".csv", ".py") and (part in JUDGES or not pytests & {*path.parents}):
                digest.update(path.relative_to(root).as_posix().encode() + path.read_bytes())
    return digest.hexdigest()[:16]
