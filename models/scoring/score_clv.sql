with histories as (
    select
        *,
        cast(greatest(repeat_amount, 0) as double) as repeat_value
    from {{ ref('score_histories') }}
    where first_order_date is not null
),

fits as (
    select * from {{ ref('fit_btyd') }}
),

outlook as (
    select * from {{ ref('fit_btyd__outlook') }}
),

amounts as (
    select
        as_of_date,
        status,
        is_value_independent,
        case when status = 'converged' and is_value_independent then p end as p,
        q,
        gamma
    from {{ ref('fit_gamma_gamma') }}
),

judged as (
    select
        histories.customer_id,
        histories.as_of_date,
        histories.repeat_days_count,
        histories.recency_days,
        histories.age_days,
        fits.model,
        fits.fit_id,
        {{ btyd_p_alive('fits', 'histories.repeat_days_count', 'histories.recency_days', 'histories.age_days') }} as p_alive,
        {{ btyd_silence_if_alive('fits', 'histories.repeat_days_count', 'histories.age_days', 30) }} as silence_if_alive_30d,
        {{ btyd_silence_if_alive('fits', 'histories.repeat_days_count', 'histories.age_days', 90) }} as silence_if_alive_90d,
        amounts.p * (amounts.gamma + histories.repeat_value) / (amounts.p * histories.repeat_days_count + amounts.q - 1) as expected_order_amount,
        case
            when fits.r is null then concat('orders_', coalesce(fits.status, 'too_little_data'))
            when amounts.gamma is null then concat('amount_', coalesce(amounts.status, 'too_little_data'))
            when not amounts.is_value_independent then 'amount_depends_on_frequency'
        end as null_reason
    from histories
    left join fits on histories.as_of_date = fits.as_of_date
    left join amounts on histories.as_of_date = amounts.as_of_date
)

select
    judged.customer_id,
    judged.as_of_date,
    judged.p_alive,
    1 - judged.p_alive * (1 - judged.silence_if_alive_30d) as no_order_probability_30d,
    1 - judged.p_alive * (1 - judged.silence_if_alive_90d) as no_order_probability_90d,
    judged.p_alive * outlook.orders_if_alive_30d as expected_orders_30d,
    judged.p_alive * outlook.orders_if_alive_90d as expected_orders_90d,
    judged.p_alive * outlook.orders_if_alive_365d as expected_orders_365d,
    judged.expected_order_amount,
    judged.p_alive * outlook.discounted_orders_if_alive_365d * judged.expected_order_amount as clv_365d,
    judged.model as model_name,
    judged.fit_id,
    judged.null_reason
from judged
left join outlook
    on
        judged.as_of_date = outlook.as_of_date
        and judged.repeat_days_count = outlook.repeat_days_count
        and judged.age_days = outlook.age_days
