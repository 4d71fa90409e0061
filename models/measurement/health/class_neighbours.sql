{{ config(materialized='view') }}

with definitions as (
    select
        scheme_code,
        segment_code,
        position
    from {{ ref('segment_definitions') }}
),

{#- The last class of a scheme has nothing after it: it is compared with the one before. #}

placed as (
    select
        scheme_code,
        segment_code,
        coalesce(
            lead(segment_code) over (partition by scheme_code order by position nulls last),
            lag(segment_code) over (partition by scheme_code order by position nulls last)
        ) as neighbour_segment_code
    from definitions
)

select * from placed
