{{ config(materialized='table') }}

with delivered as (
    {#-
      Counted in the raw input itself, independent of the checked tables. Every column that staging reads is read here too:
      a CSV line with bad bytes is only skipped when it is. Parquet has no lines, and says how many rows it has.
    #}
    {% for table in raw_tables() %}
        {% set rules, raw, money = raw_rules(table), raw_relation(table), [] %}
        {#- As in stg_raw_days, asked for only where a cell is read. #}
        {% set cells = cell_rules(table) if (rules.get('money') and raw.from is not none) or not execute else none %}
        {% for column in rules.get('money', []) %}{% do money.append('typed__' ~ column if column in raw.columns else 'null') %}{% endfor %}
        {% if raw.from is not none %}
            select
                '{{ table }}' as table_name,
                count({{ '*' if (raw.file or '').endswith('.parquet') else row_hash(raw_names(rules, raw)) }}) as rows_count,
                sum(cast({{ money | join(' * ') or '0' }} as decimal(38, 4))) as amount
            from {{ typed_rows(raw.from, rules.get('money', []), rules, raw, cells) }} as raw_rows
            union all
        {% endif %}
    {% endfor %}
    select
        cast(null as {{ dbt.type_string() }}) as table_name,
        cast(0 as bigint) as rows_count,
        cast(0 as decimal(38, 4)) as amount
    where false
),

checked as (
    {% for table in raw_tables() %}
        {% set amount = raw_rules(table).get('money', ['0']) | join(' * ') %}
        select
            '{{ table }}' as table_name,
            count(*) filter (where verdict is null) as staged_rows,
            count(*) filter (where verdict is not null) as rejected_rows,
            coalesce(sum(copies - 1), 0) as exact_duplicates,
            coalesce(sum(cast({{ amount }} as decimal(38, 4))) filter (where verdict is null), 0) as staged_amount,
            coalesce(sum(cast({{ amount }} as decimal(38, 4))) filter (where verdict is not null), 0) as rejected_amount,
            coalesce(sum(cast({{ amount }} * (copies - 1) as decimal(38, 4))), 0) as duplicate_amount
        from {{ ref('stg_' ~ table ~ '__checked') }}
        {{ 'union all' if not loop.last }}
    {% endfor %}
),

unreadable as (
    select
        table_name,
        count(*) as unreadable_lines
    from {{ ref('stg_unreadable_lines') }}
    group by table_name
)

select
    checked.table_name,
    cast(coalesce(delivered.rows_count, 0) + coalesce(unreadable.unreadable_lines, 0) as bigint) as raw_rows,
    cast(checked.staged_rows as bigint) as staged_rows,
    cast(checked.rejected_rows + coalesce(unreadable.unreadable_lines, 0) as bigint) as rejected_rows,
    cast(checked.exact_duplicates as bigint) as exact_duplicates,
    cast(coalesce(delivered.amount, 0) as decimal(38, 4)) as raw_amount,
    cast(checked.staged_amount as decimal(38, 4)) as staged_amount,
    cast(checked.rejected_amount as decimal(38, 4)) as rejected_amount,
    cast(checked.duplicate_amount as decimal(38, 4)) as duplicate_amount
from checked
left join delivered on checked.table_name = delivered.table_name
left join unreadable on checked.table_name = unreadable.table_name
