"""What the macros of cross_db say is the same value on DuckDB and on Spark: each is asked on both, in one query, on values at its edges."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from pathlib import Path

import pytest

pytestmark = pytest.mark.spark
PROJECT = Path(__file__).resolve().parents[2]
TIME = "timestamp '2025-06-05 16:30:00'"
# Of each expression, what it is: as text, as DuckDB writes it.
CASES = {
    "business_date(" + json.dumps(TIME) + ")": "2025-06-06",
    "business_time(\"timestamp '2025-06-05 15:59:59.123456'\")": "2025-06-05 23:59:59.123456",
    "days_after(\"date '2024-02-28'\", 2)": "2024-03-01",
    "last_day_of_month(\"date '2025-03-31'\", '-1')": "2025-02-28",
    "last_day_of_month(\"date '2024-03-31'\", '-1')": "2024-02-29",
    "week_of(\"date '2025-07-06'\")": "2025-06-30",
    "week_of(\"date '2025-07-07'\")": "2025-07-07",
    "next_anniversary(\"date '2000-02-29'\", \"date '2025-02-27'\")": "2025-02-28",
    "next_anniversary(\"date '2000-02-29'\", \"date '2025-02-28'\")": "2026-02-28",
    "next_anniversary(\"date '2000-02-29'\", \"date '2027-12-31'\")": "2028-02-29",
    "next_anniversary(\"date '1990-12-31'\", \"date '2025-12-31'\")": "2026-12-31",
    "'' ~ 'dense_rank() over (order by 1)'": "1",
    "is_weekend(\"date '2025-06-07'\")": "true",
    "is_weekend(\"date '2025-06-06'\")": "false",
    "is_finite(\"cast('nan' as double)\")": "false",
    "is_finite(\"cast('-infinity' as double)\")": "false",
    "is_finite('1e300')": "true",
    "matches(\"'a1'\", '[a-z][0-9]')": "true",
    "matches(\"'xa1'\", '[a-z][0-9]')": "false",
    "matches(\"concat('a', chr(10))\", 'a')": "false",
    "replaced(\"'2025-6-5'\", '([0-9]+)-([0-9]+)', '\\\\2/\\\\1')": "6/2025-5",
    "extracted(\"'ab12cd'\", '([0-9]+)')": "12",
    "extracted(\"'abcd'\", '([0-9]+)')": "",
    "is_one_of(\"'a.b'\", ['a.b', 'c'])": "true",
    "is_one_of(\"'axb'\", ['a.b', 'c'])": "false",
    "hex_hashes(\"'a'\")[2]": "ca978112ca1bbdcafac231b39a23dc4da786eff8147c4e72b9807785afee48bb",
    "utc_of_clock(\"'Asia/Shanghai'\", " + json.dumps(TIME) + ")": "2025-06-05 08:30:00",
    "utc_of_clock(\"'America/New_York'\", \"timestamp '2025-11-02 01:30:00'\")": "2025-11-02 06:30:00",
    "utc_of_clock(\"'America/New_York'\", \"timestamp '2025-11-02 00:30:00'\")": "2025-11-02 04:30:00",
    "utc_of_clock(\"'America/New_York'\", \"timestamp '2025-03-09 02:30:00'\")": "2025-03-09 07:30:00",
    "utc_of_clock(\"'America/New_York'\", \"timestamp '2025-03-09 01:30:00'\")": "2025-03-09 06:30:00",
    "utc_of_clock(\"'Australia/Lord_Howe'\", \"timestamp '2025-04-06 01:45:00'\")": "2025-04-05 15:15:00",
    "utc_of(try_instant(\"'2025-06-05 16:30:00+08:00'\"))": "2025-06-05 08:30:00",
    "utc_of_microseconds('1749141000123456')": "2025-06-05 16:30:00.123456",
    "seconds_later(\"timestamp '1899-12-30 00:00:00'\", 'cast(3942777600 as bigint)')": "2024-12-08 00:00:00",
    "try_clock_of_halves(\"'2025-6-5 9:30 PM'\")": "2025-06-05 21:30:00",
    "try_clock_of_halves(\"'2025-6-5 12:30:05 AM'\")": "2025-06-05 00:30:05",
    "dbt.datediff(\"date '2024-02-28'\", \"date '2024-03-01'\", 'day')": "2",
    "'cast(' ~ dbt.dateadd('day', 'cast(2 as bigint)', \"date '2024-02-28'\") ~ ' as date)'": "2024-03-01",
    "dbt.date_trunc('minute', \"timestamp '2025-06-05 16:30:59'\")": "2025-06-05 16:30:00",
    "share('1', '0')": None,
    "rounded_amount('cast(-657.21625 as double)')": "-657.2163",
    "rounded_amount('cast(2465.55475 as double)')": "2465.5548",
    "rounded_amount('cast(0.1 as double) * 3 - 0.29995')": "0.0001",
    "shrunk_share('1', '1')": "0.5",
    "exact_sum('0.1')": "0.1",
    "scrubbed_cell(\"'ｄｅｗ０～＼［＇｛'\", 'identifier', 'varchar', {})": "dew0~\\['{",
    "clean_cell(\"'x'\", \"'NULL'\", 'identifier', 'varchar', {'any': ['null'], 'text': [], 'number': [], 'identifier': []})": None,
    "number_of(\"'1.005'\", 'decimal(18, 4)', 'varchar')": "1.0050",
    "number_of(\"'1.00005'\", 'decimal(18, 4)', 'varchar')": "1.0001",
    "number_of(\"'1e3'\", 'double', 'varchar')": "1000.0",
    "number_of(\"'1e400'\", 'double', 'varchar')": None,
    "number_of(\"'12345678901234567890'\", 'decimal(18, 4)', 'varchar')": None,
    "utc_timestamp(\"'2025/6/5 22:02'\", 'varchar', {})": "2025-06-05 22:02:00",
    "utc_timestamp(\"'2025-02-30 22:02'\", 'varchar', {})": None,
    "utc_timestamp(\"'2025-06-05T22:02:03.5Z'\", 'varchar', {})": "2025-06-05 22:02:03.5",
    "utc_timestamp(\"'2025-06-05 22:02 +0800'\", 'varchar', {})": "2025-06-05 14:02:00",
    "utc_timestamp(\"'2025-06-05 24:00:00'\", 'varchar', {})": "2025-06-06 00:00:00",
    "utc_timestamp(\"'2025-12-31T24:00'\", 'varchar', {})": "2026-01-01 00:00:00",
    "utc_timestamp(\"'2025-06-05 24:00:01'\", 'varchar', {})": None,
    "utc_timestamp(\"'2025-06-05 23:59:60'\", 'varchar', {})": None,
    "utc_timestamp(\"'2025-06-05 24:00:00Z'\", 'varchar', {})": "2025-06-06 00:00:00",
    "utc_timestamp(\"'2025-06-05 1:2'\", 'varchar', {})": None,
    "utc_timestamp(\"'2025-06-05 01:02:03.1234567'\", 'varchar', {})": "2025-06-05 01:02:03.123456",
    "utc_timestamp(\"'2025-06-05 01:02:03.12345649'\", 'varchar', {})": "2025-06-05 01:02:03.123456",
    "utc_timestamp(\"'2025-06-05 01:02:03.1234565+01:00'\", 'varchar', {})": "2025-06-05 00:02:03.123456",
    "utc_timestamp(\"'45000.5'\", 'varchar', {'numbers_are': 'serials'})": "2023-03-15 12:00:00",
    "utc_timestamp(\"'1749141000'\", 'varchar', {'numbers_are': 'epochs'})": "2025-06-05 16:30:00",
    "utc_timestamp(\"'05.06.2025 16:30'\", 'varchar', {'date_order': 'day_first'})": "2025-06-05 16:30:00",
    "written_date(\"'2025-06-05T16:30:00Z'\", 'varchar', {})": "2025-06-06",
    "written_date(\"'2025-06-05 00:00:00'\", 'varchar', {})": "2025-06-05",
}


def among(expression: str, values: str) -> str:
    """An expression of macros over rows (n, x), as a case."""
    return f"""'(select ' ~ {expression} ~ " from (values {values}) as rows_of_n (n, x))" """.strip()


def over(expression: str, values: str) -> str:
    """The same of one that is a window over the rows in the order of n: its last value."""
    return f"""'(select max_by(said, n) from (select n, ' ~ {expression} ~ " as said from (values {values}) as rows_of_n (n, x)) as windowed)" """.strip()


LETTERS, NUMBERS = "(1, 'b'), (2, 'a'), (3, 'b'), (4, null)", "(1, 3), (2, 1), (3, 2), (4, 10)"
SO_FAR = "(order by n rows between unbounded preceding and current row)"
CASES |= {
    among("distinct_list('x')", LETTERS): "a,b",
    among("distinct_list('x')", "(1, cast(null as string))"): None,
    among("joined_texts('x')", LETTERS): "a, b, b",
    among("'max_by(x, ' ~ in_order(['x', '-n']) ~ ')'", LETTERS): "b",
    over(f"carried_forward('x', '{SO_FAR}')", LETTERS): "b",
    over(f"first_known('x', '{SO_FAR}')", "(1, null), (2, 'a'), (3, 'b')"): "a",
    over("running_median('x', '1', 'n')", NUMBERS): "2.5",
    over("running_median('x', '1', 'n')", "(1, 3), (2, 1), (3, 2)"): "2.0",
    "row_json({'a': \"'it''s'\", 'b': 'cast(null as string)', 'c': \"cast(1.50 as decimal(18, 4))\"})": '{"a":"it\'s","b":null,"c":1.5000}',
    "exact_literal('back\\\\slash and it\\'s')": "back\\slash and it's",
}


def test_macros_give_the_same_values_on_both_engines(tmp_path):
    duckdb, spark = _values("duckdb", tmp_path), _values("spark", tmp_path)
    assert {case: f"DuckDB {duckdb[case]}" for case, value in CASES.items() if duckdb[case] != value} == {}
    assert {case: f"Spark {spark[case]}" for case, value in CASES.items() if spark[case] != value} == {}


def _values(target: str, folder: Path) -> dict[str, str | None]:
    """The value of every case as text. Times lose trailing zeros of their seconds on neither engine."""
    text = "dbt.type_string()"
    rows = [f"select {place} as place, cast({{{{ {case} }}}} as {{{{ {text} }}}}) as said" for place, case in enumerate(CASES)]
    command = [str(Path(sys.executable).with_name("dbt")), "--quiet", "show", "--inline", " union all ".join(rows), "--limit", "-1", "--output", "json"]
    command += ["--target", target, "--target-path", str(folder / target), "--log-path", str(folder / "logs")]
    environment = os.environ | {"TAGMART_DATABASE": str(folder / "values.duckdb")}
    ran = subprocess.run(command, cwd=PROJECT, env=environment, capture_output=True, text=True)
    assert ran.returncode == 0, ran.stdout + ran.stderr
    shown = json.loads(ran.stdout[ran.stdout.index("{") :])["show"]
    said = {row["place"]: row["said"] for row in shown}
    return {case: said[place] for place, case in enumerate(CASES)}
