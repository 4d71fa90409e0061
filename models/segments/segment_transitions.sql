{{ config(pre_hook="{{ first_range() }}", post_hook="{{ other_ranges() }}") }}

with segments as (
    select * from {{ ref('customer_segments') }}
),

dates as (
    select
        as_of_date,
        previous_as_of_date
    from {{ ref('int_as_of_dates') }}
    where previous_as_of_date is not null and {{ is_in_range('as_of_date') }}
),

arrived as (
    select
        dates.previous_as_of_date as from_as_of_date,
        segments.as_of_date as to_as_of_date,
        segments.customer_id,
        segments.scheme_code,
        segments.segment_code
    from segments
    inner join dates on segments.as_of_date = dates.as_of_date
),

left_behind as (
    select
        segments.as_of_date as from_as_of_date,
        dates.as_of_date as to_as_of_date,
        segments.customer_id,
        segments.scheme_code,
        segments.segment_code
    from segments
    inner join dates on segments.as_of_date = dates.previous_as_of_date
),

{#- Nobody leaves what is known of the past, unless two people turn out to be one; such a move ends in _left. #}

moved as (
    select
        coalesce(arrived.scheme_code, left_behind.scheme_code) as scheme_code,
        coalesce(arrived.from_as_of_date, left_behind.from_as_of_date) as from_as_of_date,
        coalesce(arrived.to_as_of_date, left_behind.to_as_of_date) as to_as_of_date,
        coalesce(left_behind.segment_code, '_entered') as from_segment_code,
        coalesce(arrived.segment_code, '_left') as to_segment_code
    from arrived
    full outer join left_behind
        on
            arrived.customer_id = left_behind.customer_id
            and arrived.scheme_code = left_behind.scheme_code
            and arrived.to_as_of_date = left_behind.to_as_of_date
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
