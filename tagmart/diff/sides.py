"""BASE and HEAD: a git ref, a project's folder or a manifest, read into what `tagmart diff` compares."""

from __future__ import annotations

import io
import subprocess
import tarfile
from contextlib import ExitStack
from dataclasses import dataclass
from pathlib import Path
from tempfile import TemporaryDirectory

import yaml

from tagmart.check.manifest import parsed, project_manifest, read_manifest, schemes_of
from tagmart.check.problem import CheckProblem
from tagmart.check.schemes import Scheme
from tagmart.contract import project_in_hand
from tagmart.parent import installed_package, settings_of


@dataclass(frozen=True)
class Side:
    """`label` says what was read; `schemes` is `{code: scheme, or the problem that keeps it from being read}`.

    `variables` is `{var: value}` as the project and the command line give them, None where only a manifest is known.
    """

    label: str
    manifest: dict
    schemes: dict[str, Scheme | CheckProblem]
    variables: dict[str, object] | None


def read_side(stack: ExitStack, name: str, given: str | None, vars_text: str | None) -> Side:
    """Read one side; `name` is BASE or HEAD, `given` what the user wrote, None for the working tree. Temporary folders live as long as `stack`.

    CheckProblem, in which `name` is told, for what is neither of the three or cannot be parsed.
    """
    try:
        if given is None:
            return _side("working tree", project_manifest(vars_text), project_in_hand(), vars_text)
        path = Path(given)
        if path.is_file():
            if vars_text:
                raise CheckProblem(f"{given} is a manifest, in which vars are filled in already: give a folder or a git ref with vars.")
            return _side(given, path, None, None)
        if path.is_dir():
            if path.resolve() == project_in_hand():
                return _side("working tree", project_manifest(vars_text), project_in_hand(), vars_text)
            return _side(given, _parsed(stack, path.resolve(), vars_text), path.resolve(), vars_text)
        commit, folder = _checked_out(stack, given)
        return _side(f"{given} ({commit[:7]})", _parsed(stack, folder, vars_text), folder, vars_text)
    except CheckProblem as problem:
        raise CheckProblem(f"{name}: {problem}") from None


def _side(label: str, manifest_path: Path, root: Path | None, vars_text: str | None) -> Side:
    manifest = read_manifest(manifest_path)
    schemes = {(one.code if isinstance(one, Scheme) else one.code or str(one)): one for one in schemes_of(manifest)}
    with_vars = f"{label} with {' '.join(vars_text.split())}" if vars_text else label
    return Side(with_vars, manifest, schemes, None if root is None else _variables(root, vars_text))


def _variables(root: Path, vars_text: str | None) -> dict[str, object]:
    """Return the vars as Tagmart's models read them: its own, those of the project that has it as a package, those of the command line."""
    variables: dict[str, object] = {}
    for folder in (installed_package(root), root):
        if (folder / "dbt_project.yml").is_file():
            declared = settings_of(folder).get("vars") or {}
            variables |= {**declared, **(declared.get("tagmart") or {})}
    return variables | (yaml.safe_load(vars_text or "{}") or {})


def _parsed(stack: ExitStack, root: Path, vars_text: str | None) -> Path:
    if not (root / "dbt_project.yml").is_file():
        raise CheckProblem(f"{root} is no dbt project: it has no dbt_project.yml; give a project's folder, a git ref or a manifest.")
    target = Path(stack.enter_context(TemporaryDirectory(prefix="tagmart_diff_")))
    return parsed(root, target, ["--vars", vars_text] if vars_text else [])


def _checked_out(stack: ExitStack, ref: str) -> tuple[str, Path]:
    """Return the commit of a ref and a temporary folder with the project as it is there."""
    commit = _git("rev-parse", "--verify", "--quiet", "--end-of-options", f"{ref}^{{commit}}")
    if commit is None:
        raise CheckProblem(f"{ref} is no git ref, no folder and no manifest: give one of these.")
    archive = _git("archive", "--format=tar", commit.decode().strip())  # of the folder that git runs in
    if not archive:
        raise CheckProblem(f"{ref} does not hold the project's folder {project_in_hand().name}: give a ref that does.")
    folder = Path(stack.enter_context(TemporaryDirectory(prefix="tagmart_diff_")))
    with tarfile.open(fileobj=io.BytesIO(archive)) as tar:
        tar.extractall(folder, filter="data")
    return commit.decode().strip(), folder


def _git(*arguments: str) -> bytes | None:
    """Return what git says in the project's folder, None when it fails; CheckProblem when there is no git."""
    try:
        ran = subprocess.run(["git", *arguments], cwd=project_in_hand(), capture_output=True)
    except FileNotFoundError:
        raise CheckProblem("git was not found: install it, or give a folder or a manifest.") from None
    return ran.stdout if ran.returncode == 0 else None
