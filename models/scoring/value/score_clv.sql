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
        {#- 1 / (1 + odds of having dropped out), as in tagmart/scoring/expectation.py; exp() of more than 700 would be infinite. #}
        case
            when outlook.log_exposure is null then null
            when outlook.drop_out_log_odds is null then 1
            else 1 / (1 + exp(least(
                outlook.drop_out_log_odds
                + (fits.r + histories.repeat_days_count) * (outlook.log_exposure - ln(fits.alpha + histories.recency_days)), 700
            )))
        end as p_alive,
        outlook.order_probability_if_alive_30d,
        outlook.order_probability_if_alive_90d,
        outlook.orders_if_alive_30d,
        outlook.orders_if_alive_90d,
        outlook.orders_if_alive_365d,
        outlook.discounted_orders_if_alive_365d,
        amounts.p * (amounts.gamma + histories.repeat_value) / (amounts.p * histories.repeat_days_count + amounts.q - 1) as expected_order_amount,
        fits.model as model_name,
        fits.fit_id,
        case
            when fits.r is null then 'orders_' || coalesce(fits.status, 'too_little_data')
            when amounts.gamma is null then 'amount_' || coalesce(amounts.status, 'too_little_data')
            when not amounts.is_value_independent then 'amount_depends_on_frequency'
        end as null_reason
    from histories
    left join fits on histories.as_of_date = fits.as_of_date
    left join amounts on histories.as_of_date = amounts.as_of_date
    left join outlook
        on
            histories.as_of_date = outlook.as_of_date
            and histories.repeat_days_count = outlook.repeat_days_count
            and histories.age_days = outlook.age_days
)

select
    customer_id,
    as_of_date,
    p_alive,
    1 - p_alive * order_probability_if_alive_30d as no_order_probability_30d,
    1 - p_alive * order_probability_if_alive_90d as no_order_probability_90d,
    p_alive * orders_if_alive_30d as expected_orders_30d,
    p_alive * orders_if_alive_90d as expected_orders_90d,
    p_alive * orders_if_alive_365d as expected_orders_365d,
    expected_order_amount,
    p_alive * discounted_orders_if_alive_365d * expected_order_amount as clv_365d,
    model_name,
    fit_id,
    null_reason
from judged
