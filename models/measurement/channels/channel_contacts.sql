with customers as (
    select
        customer_id,
        as_of_date,
        wecom_added_date
    from {{ ref('customer_tags') }}
    where is_current and wecom_added_date is not null
),

spells as (
    select * from {{ ref('int_contacts__dated') }}
    where event_kind in ('added', 'lost', 'renewed')
),

{#- Who was handed over is not lost, also where the contact of the next member of staff was not delivered. #}

followed as (
    select
        customers.customer_id,
        customers.as_of_date,
        customers.wecom_added_date,
        spells.event_kind,
        spells.loss_type,
        spells.event_at,
        {{ dbt.datediff('customers.wecom_added_date', 'spells.event_date', 'day') }} as days_after_added
    from customers
    inner join spells on customers.customer_id = spells.customer_id
),

states as (
    select
        {% for days in [1, 7, 30] -%}
            sum(case when days_after_added > {{ days }} then 0 when event_kind = 'added' then 1 else -1 end) as held_{{ days }}d,
            max(case when days_after_added <= {{ days }} and event_kind = 'lost' and loss_type <> 'transfer' then event_at end) as lost_at_{{ days }}d,
            max(case when days_after_added <= {{ days }} and loss_type = 'transfer' then event_at end) as handed_at_{{ days }}d,
        {% endfor -%}
        customer_id,
        as_of_date,
        wecom_added_date
    from followed
    group by customer_id, as_of_date, wecom_added_date
)

select
    {% for days in [1, 7, 30] -%}
        case
            when {{ days_after('wecom_added_date', days) }} <= as_of_date
                then held_{{ days }}d > 0 or coalesce(handed_at_{{ days }}d > lost_at_{{ days }}d, handed_at_{{ days }}d is not null)
        end as is_kept_{{ days }}d,
    {% endfor -%}
    customer_id
from states
