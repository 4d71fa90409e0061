with customers as (
    select
        *,
        coalesce(source_channel, 'unknown') as channel,
        greatest(last_active_touch_date, last_advocacy_date, last_order_date) as last_own_date
    from {{ ref('customer_tags') }}
    where is_current
),

{#- How far along the chain: a step counts only with all steps before it, so that no step can hold more than the one before. #}

placed as (
    select
        *,
        case
            when first_touch_date is null and first_order_date is null then 1
            when last_own_date is null then 2
            when first_order_date is null then 3
            when last_own_date < {{ days_after('first_order_date', 30) }} then 4
            when last_order_date = first_order_date then 5
            when last_advocacy_date is null then 6
            else 7
        end as last_position
    from customers
)

select
    placed.customer_id,
    placed.channel as source_channel,
    crowds.segment_code as crowd_code,
    placed.last_position,
    coalesce({{ days_after('placed.first_order_date', 30) }} <= placed.as_of_date, false) as is_old_enough
from placed
inner join {{ ref('segment_crowd') }} as crowds on placed.customer_id = crowds.customer_id and crowds.is_current
