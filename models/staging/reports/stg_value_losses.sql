{{ config(materialized='table') }}

with rows_with_losses as (
    {% for table in raw_tables() %}
        select
            '{{ table }}' as table_name,
            value_losses
        from {{ ref('stg_' ~ table ~ '__checked') }}
        where verdict is null and value_losses is not null
        {{ 'union all' if not loop.last }}
    {% endfor %}
),

losses as (
    select
        table_name,
        {{ lines_of('value_losses') }} as loss
    from rows_with_losses
)

select
    table_name,
    {{ dbt.split_part('loss', "'|'", 2) }} as column_name,
    {{ dbt.split_part('loss', "'|'", 1) }} as kind,
    count(*) as rows_count,
    min({{ replaced('loss', '^[a-z_]+[|][a-z_]+[|]', '') }}) as example
from losses
group by 1, 2, 3
