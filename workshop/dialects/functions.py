"""The functions that SQL may call, and what to call instead of the common ones that it must not."""

from __future__ import annotations

import csv
from functools import cache
from pathlib import Path

FILE = Path(__file__).with_name("functions.csv")
WHY = {"marts", "stack", "values"}  # of a function of both engines; of one engine's, it is the macro that writes it
UNKNOWN = (
    "it is not known to give the same value on DuckDB and Spark: try it in tests/python/test_two_engines_values.py, "
    f"then add it to {FILE.relative_to(Path(__file__).parents[2]).as_posix()}"
)
ONE_ENGINE = f"a macro writes it for one engine: once it is tried, add it to {FILE.relative_to(Path(__file__).parents[2]).as_posix()}"
_INSTEAD = {
    "max_by, with ties made unique by in_order": ["arg_max", "argmax", "first", "last"],
    "min_by, with ties made unique by in_order": ["arg_min", "argmin"],
    "percentile_cont(…) within group (order by …)": ["quantile_cont", "quantile", "percentile"],
    "{{ joined_texts(value) }} or {{ distinct_list(value) }}": ["string_agg", "listagg", "group_concat", "collect_list", "collect_set", "list"],
    "int_as_of_dates, or dbt.date_spine": ["generate_series", "range", "sequence"],
    "dbt.datediff(first, second, 'day')": ["datediff", "date_diff", "datesub", "date_sub"],
    "dbt.dateadd('day', number, date)": ["dateadd", "date_add"],
    "a macro of macros/cross_db with both spellings": ["strftime", "strptime", "date_format", "to_date", "to_timestamp", "epoch", "unnest", "explode"],
    "{{ row_json(columns) }}": ["json_object", "to_json", "json_extract", "json_extract_string", "json", "struct_pack", "named_struct", "get_json_object"],
    "ln": ["log", "log10", "log2"],
    "{{ row_hash(columns) }}": ["hash", "xxhash64"],
    "{{ is_weekend(date) }}, or a macro with both spellings": ["dayofweek", "weekday", "isodow", "dow", "week", "weekofyear", "dayofyear"],
    "dbt.split_part": ["string_split", "split", "split_part"],
    "{{ matches(value, pattern) }}": ["regexp_full_match", "regexp_matches", "regexp_like", "rlike"],
    "{{ business_time(timestamp) }}, {{ utc_of_clock(zone, time) }}": ["timezone", "convert_timezone", "from_utc_timestamp", "to_utc_timestamp"],
    "rows and a join": ["list_filter", "list_transform", "list_contains", "list_value", "transform", "filter", "flatten", "list_sort", "list_aggregate"],
    "{{ is_finite(value) }}": ["isfinite", "isnan", "isinf"],
    "count(*) filter (where …)": ["countif"],
}
INSTEAD = {name: instead for instead, names in _INSTEAD.items() for name in names}


@cache
def allowed(engine: str) -> frozenset[str]:
    """Return the names that may be called: engine "both" anywhere, "duckdb" or "spark" by what a macro writes for it."""
    return frozenset(row["function"] for row in rows() if row["engine"] == engine)


@cache
def rows() -> list[dict[str, str]]:
    """Return the rows of functions.csv: function, engine (both, duckdb, spark), why."""
    with open(FILE, encoding="utf-8", newline="") as lines:
        return list(csv.DictReader(lines))


def sentence(function: str) -> str:
    """What to do about a function that stands in both spellings of a model and is not allowed."""
    return f"it is not the same on both engines: write {INSTEAD[function]}" if function in INSTEAD else UNKNOWN
