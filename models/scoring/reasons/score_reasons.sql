{{ config(materialized='view') }}

{%- set text = dbt.type_string() %}

with histories as (
    select
        *,
        age_days - recency_days as silent_days
    from {{ ref('score_histories') }}
    where first_order_date is not null
),

rhythms as (
    select
        customer_id,
        as_of_date,
        cast(round(median_days_between_orders) as integer) as usual_days
    from {{ ref('int_rhythms__measured') }}
),

activity as (
    select
        customer_id,
        as_of_date,
        active_days_15d
    from {{ ref('int_interactions__measured') }}
),

clv as (
    select * from {{ ref('score_clv') }}
),

churn as (
    select * from {{ ref('score_churn') }}
),

prices as (
    select * from {{ ref('score_price_sensitivity') }}
),

churn_reasons as (
    select
        churn.customer_id,
        churn.as_of_date,
        'churn_probability_90d' as score,
        churn.churn_probability_90d as score_value,
        'silent for ' || {{ counted('histories.silent_days', 'day') }}
        || case
            when histories.repeat_days_count = 0 then ', bought once'
            when rhythms.usual_days is not null then ', usually buys every ' || {{ counted('rhythms.usual_days', 'day') }}
            else ''
        end
        || ', active on ' || cast(coalesce(activity.active_days_15d, 0) as {{ text }}) || ' of the last 15 days' as reason,
        churn.null_reason_90d as null_reason
    from churn
    inner join histories on churn.customer_id = histories.customer_id and churn.as_of_date = histories.as_of_date
    left join rhythms on churn.customer_id = rhythms.customer_id and churn.as_of_date = rhythms.as_of_date
    left join activity on churn.customer_id = activity.customer_id and churn.as_of_date = activity.as_of_date
),

value_reasons as (
    select
        clv.customer_id,
        clv.as_of_date,
        'clv_365d' as score,
        clv.clv_365d as score_value,
        'bought on ' || {{ counted('histories.repeat_days_count + 1', 'day') }} || ' in ' || {{ counted('histories.age_days + 1', 'day') }}
        || ', still a customer at ' || cast(cast(round(100 * clv.p_alive) as integer) as {{ text }}) || ' %: '
        || cast(cast(clv.expected_orders_365d as decimal(18, 1)) as {{ text }}) || ' purchases of '
        || cast(cast(clv.expected_order_amount as decimal(18, 2)) as {{ text }}) || ' expected in a year' as reason,
        clv.null_reason
    from clv
    inner join histories on clv.customer_id = histories.customer_id and clv.as_of_date = histories.as_of_date
),

price_reasons as (
    select
        customer_id,
        as_of_date,
        'price_sensitivity' as score,
        price_sensitivity as score_value,
        cast(coupon_orders_count as {{ text }}) || ' of ' || {{ counted('orders_count', 'order') }} || ' with a coupon, everybody '
        || cast(cast(round(100 * everybodys_coupon_share) as integer) as {{ text }}) || ' %' as reason,
        null_reason
    from prices
),

reasons as (
    select * from churn_reasons
    union all
    select * from value_reasons
    union all
    select * from price_reasons
)

select
    customer_id,
    as_of_date,
    score,
    score_value,
    case when score_value is not null then reason end as reason,
    null_reason
from reasons
