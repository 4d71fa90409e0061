"""What schema `activation` of a built database wants, and errors that say what is in the way."""

from __future__ import annotations

import os
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

import duckdb

from tagmart.parent import default_database
from tagmart.wecom.own_tags import Class
from tagmart.wecom.problem import WecomProblem

PLAN, TARGETS, CHANGES = (f"activation.wecom_tag_{name}" for name in ("plan", "targets", "changes"))


@dataclass(frozen=True)
class PlannedTag:
    """One tag that the marts want: its class, its group, names and places (larger comes first), and how many relations should bear it."""

    scheme: str
    segment: str
    group_name: str
    group_order: int
    tag_name: str
    tag_order: int
    relations: int

    @property
    def of(self) -> Class:
        return self.scheme, self.segment


def database_path(option: Path | None) -> Path:
    """The database: the option, else TAGMART_DATABASE, else that of the project, as for every command."""
    return option or Path(os.environ.get("TAGMART_DATABASE") or default_database())


@contextmanager
def reading(database: Path) -> Iterator[None]:
    """Turn DuckDB's errors about a database into one sentence."""
    if not database.is_file():
        raise WecomProblem(f"{database} is not there: build it with dbt build, or name another file with --database.")
    try:
        yield
    except (duckdb.CatalogException, duckdb.BinderException) as error:
        first = str(error).splitlines()[0]
        raise WecomProblem(f"{database} lacks what is needed of {PLAN}, {TARGETS} or {CHANGES} ({first}): build them with dbt build.") from error
    except duckdb.Error as error:
        first = str(error).splitlines()[0]
        if "lock" in first.lower():
            raise WecomProblem(f"{database} is locked by another process, such as a build: run this again when that has ended.") from error
        raise WecomProblem(f"{database} cannot be read as a DuckDB database ({first}): build it with dbt build.") from error


def planned_tags(connection: duckdb.DuckDBPyConnection, schema: str = "") -> list[PlannedTag]:
    """The planned tags of the newest as-of date, first group and first tag first. Raises WecomProblem for names that WeCom cannot take."""
    rows = connection.execute(
        f"""select scheme_code, segment_code, group_name, group_order, tag_name, tag_order, relations_count from {schema}{PLAN}
        where is_planned and as_of_date = (select max(as_of_date) from {schema}{PLAN}) order by group_order desc, scheme_code, tag_order desc, segment_code"""
    ).fetchall()
    tags = [PlannedTag(*row) for row in rows]
    _check(tags)
    return tags


def _check(tags: list[PlannedTag]) -> None:
    group_of, scheme_of, names, classes = {}, {}, set(), set()
    for tag in tags:
        for name in (tag.group_name, tag.tag_name):
            if not name or len(name) > 30:
                raise WecomProblem(
                    f"{PLAN} plans the name '{name}' for {tag.scheme}.{tag.segment}: WeCom takes 1 to 30 characters; shorten the name in the scheme."
                )
        if group_of.setdefault(tag.scheme, tag.group_name) != tag.group_name or scheme_of.setdefault(tag.group_name, tag.scheme) != tag.scheme:
            raise WecomProblem(f"{PLAN} has scheme {tag.scheme} in more than one group, or two schemes in group '{tag.group_name}': one scheme is one group.")
        if (tag.scheme, tag.tag_name) in names or tag.of in classes:
            raise WecomProblem(f"{PLAN} plans '{tag.tag_name}' of scheme {tag.scheme} twice: each class needs a name of its own.")
        names.add((tag.scheme, tag.tag_name))
        classes.add(tag.of)
