{%- set horizons = [1, 7, 30] -%}

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

states as (
    select
        customers.customer_id,
        customers.as_of_date,
        customers.wecom_added_date,
        {% for days in horizons -%}
            {% set in_time = 'spells.event_date <= ' ~ days_after('customers.wecom_added_date', days) -%}
            sum(case when {{ in_time }} then case when spells.event_kind = 'added' then 1 else -1 end else 0 end) as held_{{ days }}d,
            max(case when {{ in_time }} and spells.event_kind = 'lost' and spells.loss_type <> 'transfer' then spells.event_at end) as lost_at_{{ days }}d,
            max(case when {{ in_time }} and spells.loss_type = 'transfer' then spells.event_at end) as handed_at_{{ days }}d
            {{- ',' if not loop.last }}
        {% endfor %}
    from customers
    inner join spells on customers.customer_id = spells.customer_id
    group by customers.customer_id, customers.as_of_date, customers.wecom_added_date
)

select
    customer_id,
    {% for days in horizons -%}
        case
            when {{ days_after('wecom_added_date', days) }} <= as_of_date
                then held_{{ days }}d > 0 or coalesce(handed_at_{{ days }}d > lost_at_{{ days }}d, handed_at_{{ days }}d is not null)
        end as is_kept_{{ days }}d
        {{- ',' if not loop.last }}
    {% endfor %}
from states
