{#-
  Tables with `by_day` in the raw contract are large and grow at one end: only raw days whose rows differ from what is staged
  are read again (models/README.md, "How history stays exact"). Each staged row keeps raw_hash, the hash of its raw row, and
  judged_with, the hash of all that its values and its verdict depend on besides. A pre-hook forgets every staged row whose
  key has a row on a changed day, on whatever day the row itself is, since the rows of one key are judged together; and rows
  judged with other rules. The model stages the raw rows of changed days whose key is not there.
-#}
{% macro judged_with(rules, cells) %}
    {#- That every cell so far is plain decides how fast it is read, and not as what. -#}
    {% set formats = [] %}
    {% for column, format in cells.formats.items() %}
        {% do formats.append([column, format.numbers_are, format.date_order, format.decimal_mark, format.time_zones]) %}
    {% endfor %}
    {% set settings = [var('earliest_date'), var('as_of_date'), var('business_timezone'), var('raw_timezone')] | join('|') %}
    {% set terms = tojson([rules, cells.words, cells.spellings, cells.synonyms, formats]) ~ settings %}
    {{ return(row_hash(["'" ~ local_md5(terms) ~ "'", "(select rejected_from_date from " ~ ref('stg_event_horizon') ~ ")"])) }}
{% endmacro %}

{#- The UTC date of an event; unreadable times share one. Cheaper than the business date, which needs a time zone. -#}
{% macro raw_date(event_at) %}{{ return("coalesce(cast(" ~ event_at ~ " as date), date '1900-01-01')") }}{% endmacro %}

{#- The days (raw_date) of a table whose raw rows are not those that `this` has staged, in number or in their hashes. -#}
{% macro changed_days(table, rules) %}
    (
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
    )
{% endmacro %}

{% macro forget_changed_rows(table) %}
    {% set days_for_lineage = ref('stg_raw_days') %}
    {% if not is_incremental() %}{{ return('') }}{% endif %}
    {% set rules, raw, cells = raw_rules(table), raw_relation(table), cell_rules(table) %}
    {% if raw.from is none %}{{ return(forget_rows('true')) }}{% endif %}
    {% set have_changed %}
        judged_with <> {{ judged_with(rules, cells) }}
        or {{ row_hash(rules.key) }} in (
            with changed_days as {{ changed_days(table, rules) }}

            select {{ row_hash(rules.key) }}
            from {{ this }}
            where {{ raw_date(rules.event_at) }} in (select raw_date from changed_days)
            union all
            select {{ row_hash(typed_keys(rules, raw)) }}
            from {{ typed_rows(raw.from, rules.key + [rules.event_at], rules, raw, cells) }} as raw_rows
            where {{ raw_date('typed__' ~ rules.event_at) }} in (select raw_date from changed_days)
        )
    {% endset %}
    {{ forget_rows(have_changed) }}
{% endmacro %}
