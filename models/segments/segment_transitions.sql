{{ config(
    pre_hook="{{ first_part('as_of_date', 'customer_tags') }}", post_hook="{{ other_parts('as_of_date', 'customer_tags') }}",
    meta={'kept_by_date': 'to_as_of_date'}
) }}

with dates as (
    select
        previous_as_of_date as from_as_of_date,
        as_of_date as to_as_of_date
    from {{ ref('int_as_of_dates') }}
    where previous_as_of_date is not null and {{ is_in_part('as_of_date') }}
),

{#-
  Scheme by scheme, since one table of all schemes to look up classes in is larger than the memory. Nobody leaves what is
  known of the past, unless two people turn out to be one; such a move ends in _left.
#}

moved as (
    {% for scheme in segment_schemes() %}
        select
            '{{ scheme.definition.code }}' as scheme_code,
            from_as_of_date,
            to_as_of_date,
            coalesce(left_behind.segment_code, '_entered') as from_segment_code,
            coalesce(arrived.segment_code, '_left') as to_segment_code
        from (
            select
                dates.*,
                segments.customer_id,
                segments.segment_code
            from {{ ref('customer_segments') }} as segments
            inner join dates on segments.as_of_date = dates.to_as_of_date
            where segments.scheme_code = '{{ scheme.definition.code }}'
        ) as arrived
        full outer join (
            select
                dates.*,
                segments.customer_id,
                segments.segment_code
            from {{ ref('customer_segments') }} as segments
            inner join dates on segments.as_of_date = dates.from_as_of_date
            where segments.scheme_code = '{{ scheme.definition.code }}'
        ) as left_behind using (customer_id, from_as_of_date, to_as_of_date)
        {{ 'union all' if not loop.last }}
    {% endfor %}
)

select
    scheme_code,
    from_as_of_date,
    to_as_of_date,
    from_segment_code,
    to_segment_code,
    count(*) as customers_count
from moved
group by scheme_code, from_as_of_date, to_as_of_date, from_segment_code, to_segment_code
