{{ config(materialized='table') }}

with delivered as (
    {{ raw_row_counts() }}
),

checked as (
    {% for table, rules in raw_contract().items() %}
        select
            '{{ table }}' as table_name,
            count(*) filter (where verdict is null) as staged_rows,
            count(*) filter (where verdict is not null) as rejected_rows,
            coalesce(sum(copies - 1), 0) as exact_duplicates,
            {{ money_of(table, "verdict is null") }} as staged_amount,
            {{ money_of(table, "verdict is not null") }} as rejected_amount,
            {{ money_of(table, "true", "copies - 1") }} as duplicate_amount
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
    coalesce(delivered.rows_count, 0) + coalesce(unreadable.unreadable_lines, 0) as raw_rows,
    checked.staged_rows,
    checked.rejected_rows + coalesce(unreadable.unreadable_lines, 0) as rejected_rows,
    checked.exact_duplicates,
    coalesce(delivered.amount, 0) as raw_amount,
    checked.staged_amount,
    checked.rejected_amount,
    checked.duplicate_amount
from checked
left join delivered on checked.table_name = delivered.table_name
left join unreadable on checked.table_name = unreadable.table_name
