{%- set limits = var('wecom_limits') %}

with places as (
    select * from {{ ref('wecom_tag_places') }}
),

newest as (
    select as_of_date
    from {{ ref('int_as_of_dates') }}
    where is_current
),

{#- One call changes one relation, whatever it adds and takes away. #}

calls as (
    select count(distinct userid || ' ' || external_userid) as calls_count
    from {{ ref('wecom_tag_changes') }}
)

select
    newest.as_of_date,
    places.scheme_code,
    places.group_name,
    places.group_order,
    places.segment_code,
    places.tag_name,
    places.tag_order,
    places.left_out_reason is null as is_planned,
    places.left_out_reason,
    places.relations_count,
    calls.calls_count,
    greatest(
        cast(calls.calls_count as double) / {{ limits.calls_an_hour }}, cast(calls.calls_count as double) / ({{ limits.calls_a_minute }} * 60)
    ) as hours_needed
from places
cross join newest
cross join calls
