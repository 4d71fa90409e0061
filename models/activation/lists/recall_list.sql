with customers as (
    select
        tags.*,
        lifecycles.segment_code
    from {{ ref('customer_tags') }} as tags
    inner join {{ ref('segment_lifecycle') }} as lifecycles on tags.customer_id = lifecycles.customer_id and tags.as_of_date = lifecycles.as_of_date
    where tags.is_current and lifecycles.segment_code in ('declining', 'lost')
),

answers as (
    select
        customer_id,
        touchpoint,
        row_number() over (partition by customer_id order by max(last_answered_at) desc, touchpoint asc nulls last) as position
    from {{ ref('int_touchpoints__summed') }}
    where last_answered_at is not null and touchpoint is not null
    group by customer_id, touchpoint
),

actions as (
    select
        customer_id,
        action_code,
        action_en,
        action_zh
    from {{ ref('next_best_action') }}
),

approaches as (
    select * from {{ ref('customer_approaches') }}
)

select
    customers.customer_id,
    customers.as_of_date,
    customers.segment_code,
    'Last order ' || cast(customers.days_since_last_order as {{ dbt.type_string() }}) || ' days ago, last active '
    || cast(customers.days_since_last_active as {{ dbt.type_string() }}) || ' days ago, orders so far: '
    || cast(customers.orders_count as {{ dbt.type_string() }}) || '.' as reason_en,
    '末单距今' || cast(customers.days_since_last_order as {{ dbt.type_string() }}) || '天，最近活跃距今'
    || cast(customers.days_since_last_active as {{ dbt.type_string() }}) || '天，累计'
    || cast(customers.orders_count as {{ dbt.type_string() }}) || '单。' as reason_zh,
    approaches.value_at_stake,
    approaches.churn_probability,
    customers.loss_type,
    answers.touchpoint as last_answered_touchpoint,
    actions.action_code,
    actions.action_en,
    actions.action_zh,
    approaches.channel,
    approaches.sender_userid,
    approaches.blocked_reason,
    approaches.is_over_cap,
    approaches.is_usable
from customers
inner join approaches on customers.customer_id = approaches.customer_id
left join answers on customers.customer_id = answers.customer_id and answers.position = 1
left join actions on customers.customer_id = actions.customer_id
