{#-
  Tables with `by_day` in the raw contract are large and grow at one end, so they are staged incrementally: only
  raw days that differ from what is staged are read again. How it stays exact:
  - Each staged row keeps raw_hash, the hash of its raw row, and judged_with, the hash of all that its values and its
    verdict depend on besides (contract, vars, horizon, words, codes, formats of columns).
  - A raw day has changed when the number and the hash sum of its raw rows (stg_raw_days) are not those of the
    rows staged for it. A pre-hook forgets every staged row whose key has a row on a changed day, on whatever day the
    row itself is, since the rows of one key are judged together; and rows judged with other rules.
  - The model stages the raw rows of changed days whose key is not there. After a build that was killed in between,
    days with forgotten rows still differ, so the next build finds them.
-#}
{% macro judged_with(rules, cells) %}
    {#- That every cell so far is plain decides how fast it is read, and not as what. -#}
    {% set formats = [] %}
    {% for column, format in cells.formats.items() %}{% do formats.append([column, format.numbers_are, format.date_order, format.decimal_mark, format.time_zones]) %}{% endfor %}
    {% set terms = [tojson(rules), tojson(cells.words), tojson(cells.synonyms), tojson(formats), var('earliest_date'), var('as_of_date'), var('business_timezone'), var('raw_timezone')] | join('|') %}
    {{ return(row_hash(["'" ~ local_md5(terms) ~ "'", "(select rejected_from_date from " ~ ref('stg_event_horizon') ~ ")"])) }}
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
    {% set cells = cell_rules(table) %}
    delete from {{ this }}
    where
        judged_with <> {{ judged_with(rules, cells) }}
        or {{ row_hash(rules.key) }} in (
            with changed_days as (
                {{ changed_days(table, rules) }}
            )

            select {{ row_hash(rules.key) }}
            from {{ this }}
            where {{ raw_date(rules.event_at) }} in (select raw_date from changed_days)
            union all
            select {{ row_hash(typed_keys(rules)) }}
            from {{ typed_rows(raw.from, rules.key + [rules.event_at], rules, raw, cells) }} as raw_rows
            where {{ raw_date('typed__' ~ rules.event_at) }} in (select raw_date from changed_days)
        )
{% endmacro %}

{#- CTEs that end in `raw_rows_to_stage`: the raw rows that `this` lacks. -#}
{% macro raw_rows_to_stage(table, rules, raw, cells) %}
changed_days as (
    {{ changed_days(table, rules) }}
),

raw_rows_to_stage as (
    select {{ raw_column_names(rules, raw) | join(', ') }}
    from {{ typed_rows(raw.from, rules.key + [rules.event_at], rules, raw, cells) }} as raw_rows
    where
        {{ raw_date('typed__' ~ rules.event_at) }} in (select raw_date from changed_days)
        and {{ row_hash(typed_keys(rules)) }} not in (
            select {{ row_hash(rules.key) }}
            from {{ this }}
            where {{ raw_date(rules.event_at) }} in (select raw_date from changed_days)
        )
),
{% endmacro %}
