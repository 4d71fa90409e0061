{{ config(materialized='table') }}

with bad_rows as (
    {% for table in raw_tables() %}
        select
            '{{ table }}' as table_name,
            {% for column in raw_rules(table).key -%}
                coalesce(cast({{ column }} as {{ dbt.type_string() }}), '?') {{ "|| '|' ||" if not loop.last }}
            {% endfor -%} as row_key,
            {{ dbt.split_part('verdict', "':'", 1) }} as reason_code,
            nullif({{ dbt.split_part('verdict', "':'", 2) }}, '') as reason_column,
            row_json,
            copies
        from {{ ref('stg_' ~ table ~ '__checked') }}
        where verdict is not null
        union all
    {% endfor %}
    select
        table_name,
        'line ' || cast(line_number as {{ dbt.type_string() }}) as row_key,
        'unreadable_line' as reason_code,
        lower(replace(error_type, ' ', '_')) as reason_column,
        {{ row_json({'line': 'line_text'}) }} as row_json,
        cast(1 as bigint) as copies
    from {{ ref('stg_unreadable_lines') }}
)

select * from bad_rows
