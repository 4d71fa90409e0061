{#-
  Tables with `by_day` in the raw contract are large and grow at one end, so they are staged incrementally: only
  raw days that differ from what is staged are read again. How it stays exact:
  - Each staged row keeps raw_hash, the hash of its raw row, and judged_with, the hash of all that its verdict
    depends on besides (contract, vars, horizon, code lists).
  - A raw day has changed when the number and the hash sum of its raw rows (stg_raw_days) are not those of the
    rows staged for it. A pre-hook forgets every staged row whose key has a row on a changed day, on whatever day the
    row itself is, since the rows of one key are judged together; and rows judged with other rules.
  - The model stages the raw rows of changed days whose key is not there. After a build that was killed in between,
    days with forgotten rows still differ, so the next build finds them.
-#}
{% macro judged_with(rules) %}
    {% set terms = [tojson(rules), var('earliest_date'), var('as_of_date'), var('business_timezone')] | join('|') %}
    {% set parts = ["'" ~ local_md5(terms) ~ "'", "(select rejected_from_date from " ~ ref('stg_event_horizon') ~ ")"] %}
    {% for column, codes in rules.get('codes', {}).items() if codes.get('seed') %}
        {% do parts.append("(select " ~ rows_hash([column]) ~ " from " ~ ref(codes.seed) ~ ")") %}
    {% endfor %}
    {{ return(row_hash(parts)) }}
{% endmacro %}

{#- The days (raw_date) of a table whose raw rows are not those that `this` has staged. -#}
{% macro changed_days(table, rules) %}
        select coalesce(delivered.raw_date, staged.raw_date) as raw_date
        from (
            select raw_date, sum(events_count) as rows_count, sum(rows_hash) as rows_hash
            from {{ ref('stg_raw_days') }}
            where table_name = '{{ table }}'
            group by raw_date
        ) as delivered
        full outer join (
            select
                {{ raw_date(rules.event_at) }} as raw_date,
                sum(copies) as rows_count,
                sum(cast(raw_hash as {{ type_wide_integer() }}) * copies) as rows_hash
            from {{ this }}
            group by 1
        ) as staged on delivered.raw_date = staged.raw_date
        where delivered.rows_hash is distinct from staged.rows_hash or delivered.rows_count is distinct from staged.rows_count
{% endmacro %}

{#- Pre-hook of a table staged by the day. -#}
{% macro forget_changed_rows(table) %}
    {% set rules = raw_contract()[table] %}
    {% set raw = raw_relation(table) if execute else {'from': none} %}
    {% if not is_incremental() %}{{ return('') }}{% endif %}
    {% if raw.from is none %}{{ return('delete from ' ~ this) }}{% endif %}
    delete from {{ this }}
    where
        judged_with <> {{ judged_with(rules) }}
        or {{ row_hash(rules.key) }} in (
            with changed_days as (
                {{ changed_days(table, rules) }}
            )

            select {{ row_hash(rules.key) }}
            from {{ this }}
            where {{ raw_date(rules.event_at) }} in (select raw_date from changed_days)
            union all
            select {{ row_hash(raw_keys(rules, raw)) }}
            from {{ raw.from }} as raw_rows
            where {{ raw_date(raw_event_at(rules, raw)) }} in (select raw_date from changed_days)
        )
{% endmacro %}

{#- CTEs that end in `raw_rows_to_stage`: the raw rows that `this` lacks. -#}
{% macro raw_rows_to_stage(table, rules, raw) %}
changed_days as (
    {{ changed_days(table, rules) }}
),

raw_rows_to_stage as (
    select raw_rows.*
    from {{ raw.from }} as raw_rows
    where
        {{ raw_date(raw_event_at(rules, raw)) }} in (select raw_date from changed_days)
        and {{ row_hash(raw_keys(rules, raw)) }} not in (
            select {{ row_hash(rules.key) }}
            from {{ this }}
            where {{ raw_date(rules.event_at) }} in (select raw_date from changed_days)
        )
),
{% endmacro %}

{#- The key of a raw row, typed. -#}
{% macro raw_keys(rules, raw) %}
    {% set keys = [] %}
    {% for column in rules.key %}
        {% do keys.append(typed_value('raw_rows.' ~ raw.columns[column].name, rules.columns[column], raw.columns[column].type)) %}
    {% endfor %}
    {{ return(keys) }}
{% endmacro %}
