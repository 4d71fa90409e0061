"""What the cells of a column look like, without showing any: they may be personal."""

from __future__ import annotations

import duckdb

from tagmart.importers.exports.cells import define, named
from tagmart.importers.text_files import TextFile

SAMPLE = 2000
TIMES = "[0-9]{4}[-/.年][0-9]{1,2}[-/.月][0-9]{1,2}|[0-9]{1,2}[-/.][0-9]{1,2}[-/.][0-9]{4}|^(19|20)[0-9]{2}(0[1-9]|1[0-2])[0-3][0-9]|^1[0-9]{9}([0-9]{3})?$"
LOOKS = (
    ("times", f"regexp_matches(clean(cell), '{TIMES}')"),
    ("phone numbers", "regexp_matches(phone_number(cell), '^1[3-9][0-9]{9}$') or is_masked(cell)"),
    ("e-mails", "contains(cell, '@')"),
    ("order numbers", "regexp_matches(clean(cell), '^(#[A-Za-z-]*|[A-Za-z-]+)[0-9]{3,}$')"),
    ("numbers", "number(cell) is not null"),
)


def looks(file: TextFile) -> tuple[dict[str, str], dict[str, list[str]]]:
    """Return {header: what its cells look like}, and {header: its words} where there are at most 40 short ones."""
    con = duckdb.connect()
    define(con)
    con.execute(f"create table lines as select * from {file.reader()} limit {SAMPLE}")
    seen, words = {}, {}
    for place, header in enumerate(file.columns):
        cells = f"(select c{place} as cell from lines where filled({named(f'c{place}')}) is not null)"
        counts = con.execute(f"select count(*), {', '.join(f'count(*) filter ({test})' for _, test in LOOKS)} from {cells}").fetchall()[0]
        kinds = [kind for (kind, _), count in zip(LOOKS, counts[1:], strict=True) if counts[0] and count >= 0.8 * counts[0]]
        seen[header] = kinds[0] if kinds else ("text" if counts[0] else "blank")
        distinct = [row[0] for row in con.execute(f"select distinct clean(cell) from {cells} order by 1 limit 41").fetchall()]
        if len(distinct) <= 40 and all(len(word) <= 40 for word in distinct):
            words[header] = distinct
    return seen, words
