"""The lint of what DuckDB and Spark share: each construct that it must refuse, what macros may spell per engine, and a project as a whole."""

from __future__ import annotations

import os
import re
import subprocess
import sys
from pathlib import Path

import pytest
from conftest import PROJECT

from workshop.dialects import functions, tokens, trees
from workshop.dialects.compiled import Texts
from workshop.dialects.judging import faults
from workshop.dialects.spark_macros import NOT_SPELLED, SPARK_MACROS
from workshop.house.project import Project


def written(sql: str) -> list[str]:
    """The faults of a model without macros, as sentences."""
    return [str(fault) for fault in faults(Texts("planted", "models/planted.sql", sql, sql, sql))]


def spelled(duckdb: str, spark: str, source: str = "{{ macro() }}") -> list[str]:
    return [str(fault) for fault in faults(Texts("planted", "models/planted.sql", source, duckdb, spark))]


# What an author may write, on the second line of a model -> words of the sentence that refuses it.
PLANTED = {
    "select 1 as one from t qualify row_number() over (order by a nulls last) = 1": "qualify: rank in a subquery",
    "select arg_max(a, b) as a from t": "arg_max(): it is not the same on both engines: write max_by",
    "select quantile_cont(a, 0.5) as a from t": "quantile_cont(): it is not the same on both engines: write percentile_cont",
    "select string_agg(a, ',') as a from t": "string_agg(): it is not the same on both engines: write {{ joined_texts(value) }}",
    "select array_agg(a order by b nulls last) as a from t": "order inside an aggregate: Spark ignores or refuses it",
    "select listagg(a, ',') as a from t": "listagg(): it is not the same on both engines: write {{ joined_texts(value) }}",
    "select a from generate_series(1, 3) as t(a)": "generate_series(): it is not the same on both engines: write int_as_of_dates",
    "select datediff('day', a, b) as a from t": "datediff(): it is not the same on both engines: write dbt.datediff",
    "select strftime(a, '%Y') as a from t": "strftime(): it is not the same on both engines: write a macro of macros/cross_db",
    "select * exclude (a) from t": "exclude: name the columns that are kept",
    "select * replace (1 as a) from t": "select * replace: name the columns",
    "select json_extract_string(a, '$.b') as a from t": "json_extract_string(): it is not the same on both engines: write {{ row_json(columns) }}",
    "select a -> 'b' as a from t": "->: Spark reads it as a lambda",
    "select a // b as a from t": "//: write floor(a / b)",
    "select epoch(a) as a from t": "epoch(): it is not the same on both engines",
    "select a from t union all by name select a from u": "union by name: name the columns in the same order",
    "select a from t asof join u on t.a >= u.a": "asof join: join on the key and a condition",
    "select a from t positional join u": "positional join: join on a key",
    'select "a" from t': 'quoted name "a": Spark reads double quotes as a text',
    "select a::bigint as a from t": "::: write cast(value as type)",
    "select cast(a as varchar) as a from t": "type cast to varchar: the engines do not share it: use {{ dbt.type_string() }}",
    "select try_cast(a as hugeint) as a from t": "type cast to hugeint: the engines do not share it",
    "select payable_amount / net_amount as a from t": "division of decimals: other digits on each engine: cast both to double",
    "select sum(payable_amount) / count(*) as a from t": "division of decimals",
    "select lag(a) over (order by b) as a from t": "order by without nulls: nulls come last on DuckDB and first on Spark",
    "select a from t order by a desc, b": "order by without nulls",
    "select min_by(a, b) over w as a from t window w as (partition by c order by b asc)": "order by without nulls",
    "select a[1] as a from t": "[…] [1]: DuckDB counts from 1, Spark from 0",
    "select {'a': 1} as a from t": "{…}: only DuckDB has struct literals",
    "select dayofweek(a) as a from t": "dayofweek(): it is not the same on both engines: write {{ is_weekend(date) }}",
    "select extract(dow from a) as a from t": "part of a date: the engines count it otherwise",
    "select log(a) as a from t": "log(): it is not the same on both engines: write ln",
    "select regexp_replace(a, 'b', 'c') as a from t": "regexp_replace: DuckDB replaces the first match and Spark all of them",
    "select regexp_replace(a, 'b', 'c', 'g') as a from t": "regexp_replace: DuckDB replaces the first match and Spark all of them",
    "select hash(a) as a from t": "hash(): it is not the same on both engines: write {{ row_hash(columns) }}",
    "select first_order_date - last_order_date as a from t": "date - date: an integer on DuckDB, an interval on Spark",
    "select a_date + interval 1 month as a from t": "interval without cast: a timestamp on one engine and a date on the other",
    "select concat(a, b) as a from t": "concat: DuckDB leaves nulls out, Spark makes all of it null",
    "select last_value(a ignore nulls) over (order by b nulls last) as a from t": "ignore nulls: write {{ carried_forward(value, window) }}",
    "select distinct on (a) a, b from t": "distinct on: rank in a subquery",
    "select count(distinct a, b) as a from t": "count of several columns: the engines count nulls otherwise",
    "select list_filter(a, x -> x > 1) as a from t": "lambda: the engines write it otherwise",
    "select a from t using sample 10": "sample: rows differ from run to run",
    "select * from t pivot (sum(a) for b in ('c', 'd'))": "pivot: write one filtered aggregate a column",
    "select a, from t": "comma before from: take it away",
    "select 'a\\b' as a from t": "backslash in a text 'a\\b': Spark reads it as the beginning of an escape",
    "select a ^ b as a from t": "^: Spark reads it as bitwise xor: write power(a, b)",
    "select a ** b as a from t": "**: write power(a, b)",
    "select a from t where a ~ 'b'": "~: write {{ matches(value, pattern) }}",
    "select sum(a) over (order by b nulls last groups between 1 preceding and current row) as a from t": "groups frame: only DuckDB has it",
    "select current_date as a from t": "clock: builds would not repeat",
    "select a from t limit 10%": "limit in percent: Spark has it not",
    "select case when a not in (select b from u) then 1 end as a from t": "not in a query: but as one condition of a where",
    "select a from t where (a, b) not in (select c, d from u)": "not in a query: but as one condition of a where, on one column",
    "select a from t where c = 1 or a not in (select b from u)": "not in a query: but as one condition of a where",
    "select 1_000 as a from t": "1_000: write the number without underscores",
    "select soundex(a) as a from t": "soundex(): it is not known to give the same value on DuckDB and Spark: try it in tests/python/test_two_engines_values.py, "
    "then add it to workshop/dialects/functions.csv",
    "select list_transform(a, lambda x: x + 1) as a from t": "Spark does not read it",
    "select `a` from t": "DuckDB does not read it",
    "select a rlike 'b' as a from t": "DuckDB does not read it",
}


@pytest.mark.parametrize("sql", PLANTED)
def test_what_the_engines_do_not_share_is_refused_at_its_line(sql):
    said = written(f"-- a model\n{sql}\n")
    assert any(PLANTED[sql] in sentence and sentence.startswith("models/planted.sql:2: ") for sentence in said), said


@pytest.mark.parametrize("construct", [*tokens.INSTEAD, *trees.INSTEAD, "order by without nulls", "type"])
def test_each_construct_is_planted(construct):
    assert any(sentence.startswith((f"{construct}:", f"{construct} ")) or sentence == construct for sentence in PLANTED.values())


SHARED = """
with sums as (
    select customer_id, count(*) filter (where is_valid) as orders_count, max_by(sku_id, ordered_at) as sku_id,
        cast(sum(net_amount) as double) / nullif(count(*), 0) as mean, percentile_cont(0.5) within group (order by net_amount) as middle,
        cast(max(ordered_date) + interval 1 month as date) as until_date, '100%' || 'it''s' as said, 2 / 3 as two_thirds
    from orders
    where status in ('paid', 'done') and ordered_date between date '2025-01-01' and date '2025-12-31' and name like 'a%'
    group by customer_id
)

select *, row_number() over (partition by customer_id order by mean desc, case when said is null then 0 else 1 end, sku_id nulls last) as place
from sums
inner join names using (customer_id)
where until_date is distinct from date '2025-01-01' and customer_id not in (select customer_id from staff) and not coalesce(said in (select said from words), false)
union all
select * from others order by 1
"""


def test_what_the_engines_share_passes():
    assert written(SHARED) == []


def test_what_a_macro_spells_per_engine_passes_and_the_same_from_an_author_does_not():
    duckdb = "select string_agg(a, ', ' order by a) as a, timezone('UTC', b) as b, a::timestamp as c, cast(a as varchar) as d from t"
    spark = "select array_join(array_sort(collect_list(a)), ', ') as a, convert_timezone('UTC', b) as b, a as c, cast(a as string) as d from t"
    assert spelled(duckdb, spark) == []
    also = ", strftime(a, '%Y') as e, timezone('UTC', b) as f from t"
    said = spelled(duckdb.replace(" from t", also), spark.replace(" from t", also))
    assert len(said) == 2 and "strftime()" in said[0] and "timezone()" in said[1] and all(each.startswith("models/planted.sql (planted): ") for each in said)


def test_a_function_that_one_macro_is_not_known_to_write_is_refused():
    assert "list_sum() of DuckDB: a macro writes it for one engine: once it is tried, add it to" in spelled("select list_sum(a) from t", "select 1")[0]
    assert "array_repeat_of() of Spark: " in spelled("select 1", "select array_repeat_of(a) from t")[0]


def test_regular_expressions_pass_as_the_macro_writes_them():
    assert spelled("select regexp_replace(a, 'b', 'c', 'g') from t", "select regexp_replace(a, 'b', 'c') from t") == []


def test_the_line_is_that_of_the_source_also_below_what_jinja_leaves_out():
    source = "{#- long\n   comment -#}\n{% set x = 1 %}\nselect\n    a,\n    log(a) as b\nfrom {{ ref('t') }}\n"
    compiled = "\nselect\n    a,\n    log(a) as b\nfrom d.t\n"
    assert spelled(compiled, compiled, source)[0].startswith("models/planted.sql:6: log()")


def test_the_functions_of_one_engine_are_written_by_the_macro_that_the_list_names():
    macros = {macro.name: macro.text for macro in Project(PROJECT).macros}
    for row in functions.rows():
        if row["engine"] == "both":
            assert row["why"] in functions.WHY, row
        elif not row["why"].startswith("dbt.") and row["why"] != "read_raw_file":
            assert re.search(rf"(?<!\w){row['function']}\(", macros[row["why"]]), row
    names = [(row["function"], row["engine"]) for row in functions.rows()]
    assert len(names) == len(set(names)) and not functions.allowed("both") & {*functions.INSTEAD} - {"split_part"}


def test_macros_of_dbt_are_spelled_as_dbt_spark_spells_them():
    spark = pytest.importorskip("dbt.include.spark")
    texts = {path.stem: path.read_text(encoding="utf-8") for path in (Path(spark.__file__).parent / "macros" / "utils").glob("*.sql")}
    assert {*texts} - {"assert_not_null", "dateadd", "datediff", "timestamps"} <= {*SPARK_MACROS} | NOT_SPELLED
    assert "max({{ expression }})" in texts["bool_or"] and SPARK_MACROS["bool_or"]("a") == "max(a)"
    assert "'([^A-Za-z0-9])(.*)', 1) != '_'" in texts["split_part"] and SPARK_MACROS["split_part"]("a", "'|'", 2).endswith("[(1)]")


PROFILE = "small: {target: duckdb, outputs: {duckdb: {type: duckdb, path: small.duckdb, schema: main}}}"
SMALL = {
    "dbt_project.yml": "name: small\nversion: 1.0.0\nprofile: small\nflags: {send_anonymous_usage_stats: false}\n",
    "profiles.yml": PROFILE,
    "macros/by_engine.sql": (PROJECT / "macros/cross_db/by_engine.sql").read_text(encoding="utf-8"),
    "macros/forget_rows.sql": "{% macro forget_rows(condition) %}{{ return(adapter.dispatch('forget_rows')(condition)) }}{% endmacro %}\n"
    "{% macro default__forget_rows(condition) %}{{ return('delete from ' ~ this ~ ' where ' ~ condition) }}{% endmacro %}",
    "models/plain.sql": "select 1 as id, {{ by_engine(\"timezone('UTC', now_of)\", spark=\"convert_timezone('UTC', now_of)\") }} as at\nfrom (select 2 as now_of) as one",
    "models/plain.yml": "models: [{name: plain, columns: [{name: id, data_tests: [unique, not_null]}]}]",
    "models/kept.sql": "{{ config(materialized='incremental', pre_hook=\"{% if is_incremental() %}{{ forget_rows('id = 1') }}{% endif %}\") }}\n"
    "select id\nfrom {{ ref('plain') }}\n{% if is_incremental() %}\nwhere id = 2\n{% endif %}\n",
    "tests/singular.sql": "select id\nfrom {{ ref('plain') }}\nwhere id > 2\n",
}


def lint(folder: Path) -> subprocess.CompletedProcess:
    environment = os.environ | {"PYTHONPATH": str(PROJECT), "DBT_TARGET_PATH": "target", "DBT_SEND_ANONYMOUS_USAGE_STATS": "false"}
    return subprocess.run([sys.executable, "-m", "workshop", "dialects"], cwd=folder, env=environment, capture_output=True, text=True)


@pytest.mark.slow
def test_a_project_as_a_whole(tmp_path):
    """Faults in what is only built again, in a hook and in a data test are found; what is mended passes, and is known then."""
    for file, text in SMALL.items():
        (tmp_path / file).parent.mkdir(parents=True, exist_ok=True)
        (tmp_path / file).write_text(text, encoding="utf-8")
    clean = lint(tmp_path)
    assert clean.returncode == 0 and "5 models and data tests: DuckDB and Spark share" in clean.stdout, clean.stdout
    for file, old, new in [
        ("models/kept.sql", "id = 1", "id // 2 = 1"),
        ("models/kept.sql", "id = 2", "log(id) = 2"),
        ("tests/singular.sql", "id >", "id::int >"),
    ]:
        text = (tmp_path / file).read_text(encoding="utf-8")
        (tmp_path / file).write_text(text.replace(old, new), encoding="utf-8")
    broken = lint(tmp_path)
    assert broken.returncode == 1, broken.stdout + broken.stderr
    lines = broken.stdout.splitlines()
    assert [line.split(": ")[0] for line in lines[:-1]] == ["models/kept.sql (kept)", "models/kept.sql:5", "tests/singular.sql:3"], broken.stdout
    assert "//: write floor" in lines[0] and "log(): " in lines[1] and "::: write cast" in lines[2] and "3 faults" in lines[3]


@pytest.mark.slow
def test_this_project_is_without_a_fault(tmp_path):
    environment = os.environ | {"DBT_TARGET_PATH": str(tmp_path), "TAGMART_DATABASE": str(tmp_path / "empty.duckdb")}
    ran = subprocess.run([sys.executable, "-m", "workshop", "dialects"], cwd=PROJECT, env=environment, capture_output=True, text=True)
    assert ran.returncode == 0, ran.stdout + ran.stderr
