"""Where Tagmart runs: in its own dbt project, or as a package of another one (docs/as-a-package.md)."""

from __future__ import annotations

import os
from pathlib import Path

import click
import yaml

OWN_DATABASE = Path("target/tagmart.duckdb")


def running_project() -> Path | None:
    """Return the folder with the nearest dbt_project.yml: the current folder or one above it; None without one."""
    here = Path.cwd().resolve()
    return next((folder for folder in (here, *here.parents) if (folder / "dbt_project.yml").is_file()), None)


def settings_of(project: Path) -> dict:
    """Return the settings of a dbt_project.yml; a ClickException when it is no YAML mapping."""
    file = project / "dbt_project.yml"
    try:
        settings = yaml.safe_load(file.read_text(encoding="utf-8"))
    except (OSError, ValueError, yaml.YAMLError) as error:
        raise click.ClickException(f"{file} cannot be read: {' '.join(str(error).split())}; mend it first.") from None
    if not isinstance(settings, dict):
        raise click.ClickException(f"{file} holds no settings: write at least name and profile.")
    return settings


def installed_package(project: Path) -> Path:
    """Return the folder that `dbt deps` put Tagmart's package into, whether it is there or not."""
    return project / settings_of(project).get("packages-install-path", "dbt_packages") / "tagmart"


def is_parent(project: Path | None) -> bool:
    """Whether the folder is another dbt project, which has Tagmart as a package."""
    return project is not None and settings_of(project).get("name") != "tagmart" and installed_package(project).is_dir()


def default_database() -> Path:
    """Return the database of a command that names none: Tagmart's own, or of a project that has Tagmart as a package that of its profile."""
    project = running_project()
    if not is_parent(project):
        return OWN_DATABASE
    return _database_of_profile(project)


def _database_of_profile(project: Path) -> Path:
    """Return the path that the project's profile gives its target, rendered by dbt; a ClickException when there is none."""
    from dbt.config.renderer import ProfileRenderer  # a second to import, and only another project needs it

    beside = project if (project / "profiles.yml").is_file() else Path.home() / ".dbt"
    file = Path(os.environ.get("DBT_PROFILES_DIR") or beside) / "profiles.yml"
    try:
        renderer = ProfileRenderer({})
        profile = yaml.safe_load(file.read_text(encoding="utf-8"))[renderer.render_value(settings_of(project)["profile"])]
        target = os.environ.get("DBT_TARGET") or renderer.render_value(profile.get("target", "default"))
        path = renderer.render_value(profile["outputs"][target]["path"])
    except Exception as error:  # dbt's own errors as well: whatever it is, the way out is the same
        reason = f"{type(error).__name__}: {' '.join(str(error).split())}"
        raise click.ClickException(f"{file} gives no path for the profile of {project.name} ({reason}): name the file with --database.") from None
    if path.startswith((":memory:", "md:")):
        raise click.ClickException(f"The profile of {project.name} keeps its database at {path}, which is no file: name one with --database.")
    return project / path
