with chosen as (
    select * from {{ ref('chosen_actions') }}
),

described as (
    select * from {{ ref('action_words') }}
),

customers as (
    select
        customer_id,
        days_since_last_order
    from {{ ref('customer_tags') }}
    where is_current
)

select
    chosen.customer_id,
    chosen.as_of_date,
    chosen.due_date as action_date,
    chosen.action_code,
    described.scheme_code,
    described.segment_code,
    described.objective_en,
    described.objective_zh,
    described.action_en,
    described.action_zh,
    described.offer,
    described.touchpoint,
    described.scene,
    chosen.occasion,
    chosen.sku_id,
    described.because_en
    || coalesce(' Last order ' || cast(customers.days_since_last_order as {{ dbt.type_string() }}) || ' days ago.', ' Never bought.') as reason_en,
    described.because_zh
    || coalesce('末单距今' || cast(customers.days_since_last_order as {{ dbt.type_string() }}) || '天。', '从未购买。') as reason_zh,
    chosen.probability,
    chosen.value_at_stake,
    described.prior_uplift,
    chosen.expected_value,
    chosen.channel,
    case when chosen.confirmed_by_staff then chosen.userid end as sender_userid,
    chosen.blocked_reason,
    chosen.is_over_cap,
    chosen.is_over_staff_capacity,
    chosen.blocked_reason is null and not chosen.is_over_cap and not chosen.is_over_staff_capacity as is_usable
from chosen
inner join described on chosen.action_code = described.action_code
inner join customers on chosen.customer_id = customers.customer_id
