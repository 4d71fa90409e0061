"""The targets, copied once into a file beside the journal, so that a run of hours does not lock the database against a build."""

from __future__ import annotations

import shutil
from collections.abc import Sequence
from pathlib import Path

import duckdb

from tagmart.wecom.mart import PLAN, TARGETS, PlannedTag, planned_tags, reading
from tagmart.wecom.own_tags import Class
from tagmart.wecom.problem import WecomProblem


class Wanted:
    """One row per relation, ordered by member, with the numbers of its planned tags. Memory does not grow with the relations."""

    def __init__(self, database: Path, beside: Path) -> None:
        self.file = Path(f"{beside}.targets")
        self.close()
        self.file.parent.mkdir(parents=True, exist_ok=True)
        self.db = duckdb.connect(str(self.file), config={"memory_limit": "1GB", "threads": 2})
        try:
            with reading(database):
                self.db.execute(f"attach '{str(database).replace(chr(39), chr(39) * 2)}' as mart (read_only)")
                self.tags: list[PlannedTag] = planned_tags(self.db, "mart.")
                self.as_of_date = self._date()
                self._copy()
                self.db.execute("detach mart")
        except WecomProblem:
            self.close()
            raise
        self.relations: int = self.db.execute("select count(*) from wanted").fetchone()[0]

    def _date(self) -> str:
        dates = self.db.execute(f"select (select max(as_of_date) from mart.{PLAN}), (select max(as_of_date) from mart.{TARGETS})").fetchone()
        if dates[1] is not None and dates[0] != dates[1]:
            raise WecomProblem(f"{PLAN} is as of {dates[0]} and {TARGETS} as of {dates[1]}: build both with dbt build.")
        return str(dates[0])

    def _copy(self) -> None:
        self.db.execute("create table planned (scheme_code varchar, segment_code varchar, number integer)")
        if self.tags:
            self.db.executemany("insert into planned values (?, ?, ?)", [(*tag.of, number) for number, tag in enumerate(self.tags)])
        newest = (
            f"mart.{TARGETS} as t left join planned as p using (scheme_code, segment_code) where t.as_of_date = (select max(as_of_date) from mart.{TARGETS})"
        )
        stray = self.db.execute(
            f"select t.scheme_code || '.' || t.segment_code from {newest} and t.segment_code is not null and p.number is null limit 1"
        ).fetchone()
        if stray:
            raise WecomProblem(f"{TARGETS} wants {stray[0]}, which {PLAN} does not plan: build both with dbt build.")
        self.db.execute(
            f"""create table wanted as select t.userid, t.external_userid, list(distinct p.number) filter (where p.number is not null) as numbers
            from {newest} group by 1, 2 order by 1, 2"""
        )

    def members(self) -> dict[str, int]:
        """How many relations of each member there are."""
        return dict(self.db.execute("select userid, count(*) from wanted group by 1").fetchall())

    def of(self, members: Sequence[str]) -> dict[tuple[str, str], list[Class]]:
        """The classes that each relation of these members should bear."""
        classes = [tag.of for tag in self.tags]
        rows = self.db.execute("select userid, external_userid, numbers from wanted where userid in (select unnest(?))", [list(members)]).fetchall()
        return {(userid, external): [classes[number] for number in numbers or ()] for userid, external, numbers in rows}

    def close(self) -> None:
        """Remove the file: it names people."""
        if hasattr(self, "db"):
            self.db.close()
        for left in self.file.parent.glob(f"{self.file.name}*"):
            shutil.rmtree(left) if left.is_dir() else left.unlink()
