{{ config(materialized='view') }}

with touchpoints as (
    select * from {{ ref('stg_touchpoints') }}
    where {{ is_until_newest('occurred_date') }}
),

event_types as (
    select
        event_type,
        touch_class
    from {{ ref('touchpoint_types') }}
),

merged_customers as (
    select
        identifier,
        customer_id
    from {{ ref('int_identity__resolved') }}
    where identifier_type = 'customer_id' and identifier <> customer_id
),

{% set others = identifier_types() | reject('equalto', 'customer_id') | list -%}
{#- Only a touch without a customer_id looks for its person through the other identifiers. #}
everybody as (
    select
        touchpoints.*,
        coalesce(
            merged_customers.customer_id, touchpoints.customer_id,
            {% for identifier in others %}by_{{ identifier }}.customer_id{{ ', ' if not loop.last }}{% endfor %}
        ) as resolved_customer_id
    from touchpoints
    left join merged_customers on touchpoints.customer_id = merged_customers.identifier
    {% for identifier in others -%}
        left join {{ ref('int_identity__resolved') }} as by_{{ identifier }}
            on
                case when touchpoints.customer_id is null then touchpoints.{{ identifier }} end = by_{{ identifier }}.identifier
                and by_{{ identifier }}.identifier_type = '{{ identifier }}'
    {% endfor -%}
)

select
    everybody.event_id,
    everybody.resolved_customer_id as customer_id,
    everybody.occurred_at,
    everybody.occurred_date,
    everybody.event_type,
    event_types.touch_class,
    everybody.touchpoint,
    everybody.campaign_id,
    everybody.state,
    everybody.sku_id,
    everybody.category,
    everybody.scene,
    everybody.content_id,
    everybody.duration_seconds,
    everybody.chat_id,
    everybody.rating,
    everybody.staff_userid,
    everybody.raw_hash
from everybody
inner join event_types on everybody.event_type = event_types.event_type
