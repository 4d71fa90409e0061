{{ config(pre_hook="{{ first_part('as_of_date', 'customer_tags') }}", post_hook="{{ other_parts('as_of_date', 'customer_tags') }}") }}

with changes as (
    select
        customer_id,
        closing_as_of_date,
        from_closing_as_of_date
    from {{ ref('period_changes') }}
    where customer_id is not null and from_closing_as_of_date is not null
),

ends as (
    select
        customer_id,
        closing_as_of_date as as_of_date
    from changes
    union
    select
        customer_id,
        from_closing_as_of_date as as_of_date
    from changes
),

{#- Grouped by a number, millions of rows of segments take half of the time. #}

numbered as (
    select
        *,
        cast(row_number() over (order by customer_id nulls last, as_of_date nulls last) as integer) as end_number
    from ends
    where {{ is_in_part('as_of_date') }}
),

classes as (
    select
        {% for code in segment_schemes() | map(attribute='definition.code') -%}
            max(case when segments.scheme_code = '{{ code }}' then numbers.class_number end) as {{ code }}_class,
        {% endfor -%}
        numbered.end_number
    from {{ ref('customer_segments') }} as segments
    inner join {{ ref('class_numbers') }} as numbers on segments.scheme_code = numbers.scheme_code and segments.segment_code = numbers.segment_code
    inner join numbered on segments.customer_id = numbered.customer_id and segments.as_of_date = numbered.as_of_date
    where {{ is_in_part('segments.as_of_date') }}
    group by numbered.end_number
)

select
    {% for code in segment_schemes() | map(attribute='definition.code') -%}
        classes.{{ code }}_class,
    {% endfor -%}
    numbered.customer_id,
    numbered.as_of_date
from numbered
inner join classes on numbered.end_number = classes.end_number
