"""What describes a data set: its files, the raw tables made of them, and what must come out even.

The SQL of a data set reads its source files as `source.<name>` and the written tables as
`raw.<table>`. Every source table also has `source_row`, the position of the row in its file.
"""

from __future__ import annotations

from dataclasses import dataclass, field


@dataclass(frozen=True)
class Source:
    """One file of a data set, read as the table `source.<name>`."""

    name: str
    files: tuple[str, ...]  # file names to look for in a folder, best first
    columns: dict[str, tuple[str, ...]]  # name: (type, other spellings …); types as in reading.TYPES
    optional_columns: tuple[str, ...] = ()  # null when the file lacks them
    sums: dict[str, str] = field(default_factory=dict)  # what the summary adds up: label -> SQL
    is_optional: bool = False  # an absent file then reads as no rows
    is_sampled: bool = False  # has `source_samples`, which --unbiased filters by


@dataclass(frozen=True)
class Balance:
    """Two queries of one number each: what was read must equal what was written."""

    what: str
    read: str
    written: str


@dataclass(frozen=True)
class NoHome:
    """What stays behind. `text` shows the query's columns in {}; a first value of 0 hides it."""

    text: str
    query: str = "select 1"


@dataclass(frozen=True)
class DataSet:
    """A data set as data: everything that differs between importers."""

    title: str
    sources: tuple[Source, ...]
    tables: dict[str, str]  # raw table, in the order to write them -> SQL with the column names of the raw contract
    balances: tuple[Balance, ...]
    no_home: tuple[NoHome, ...]
    notes: tuple[str, ...] = ()
    steps: dict[str, str] = field(default_factory=dict)  # prepared first, as `source.<name>`
    dbt_vars: dict[str, str] = field(default_factory=dict)
    unbiased_sample: str | None = None  # the entry of source_samples that --unbiased keeps
