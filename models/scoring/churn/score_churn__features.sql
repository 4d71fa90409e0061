with buyers as (
    select
        customer_id,
        as_of_date,
        repeat_days_count,
        age_days,
        age_days - recency_days as silent_days
    from {{ ref('score_histories') }}
    where first_order_date is not null
),

silences as (
    select
        customer_id,
        as_of_date,
        null_reason,
        case when no_order_probability_30d is not null then least(greatest(no_order_probability_30d, 1e-6), 1 - 1e-6) end as silence_30d,
        case when no_order_probability_90d is not null then least(greatest(no_order_probability_90d, 1e-6), 1 - 1e-6) end as silence_90d
    from {{ ref('score_clv') }}
),

rhythms as (
    select
        customer_id,
        as_of_date,
        median_days_between_orders
    from {{ ref('int_rhythms__measured') }}
),

activity as (
    select
        customer_id,
        as_of_date,
        active_days_7d,
        active_days_15d
    from {{ ref('int_interactions__measured') }}
)

select
    buyers.customer_id,
    buyers.as_of_date,
    silences.null_reason,
    ln(silences.silence_30d / (1 - silences.silence_30d)) as silence_logit_30d,
    ln(silences.silence_90d / (1 - silences.silence_90d)) as silence_logit_90d,
    ln(1e0 + buyers.silent_days) as recency,
    ln(1e0 + buyers.repeat_days_count) as frequency,
    ln(1e0 + buyers.age_days) as age,
    case
        when buyers.repeat_days_count > 0 then ln(1 + buyers.silent_days / greatest(rhythms.median_days_between_orders, 1)) else 0e0
    end as overdue,
    case when buyers.repeat_days_count = 0 then 1e0 else 0e0 end as one_time,
    coalesce(activity.active_days_7d, 0) as active_days_7d,
    coalesce(activity.active_days_15d, 0) as active_days_15d
from buyers
inner join silences on buyers.customer_id = silences.customer_id and buyers.as_of_date = silences.as_of_date
left join rhythms on buyers.customer_id = rhythms.customer_id and buyers.as_of_date = rhythms.as_of_date
left join activity on buyers.customer_id = activity.customer_id and buyers.as_of_date = activity.as_of_date
