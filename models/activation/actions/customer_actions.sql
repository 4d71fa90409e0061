with playbook as (
    select * from {{ ref('action_playbook') }}
),

classes as (
    select
        customer_id,
        as_of_date,
        scheme_code,
        segment_code
    from {{ ref('customer_segments') }}
    where is_current
),

customers as (
    select
        customer_id,
        orders_count,
        coupon_order_share
    from {{ ref('customer_tags') }}
    where is_current
),

lifecycles as (
    select
        customer_id,
        segment_code as lifecycle_segment_code
    from {{ ref('segment_lifecycle') }}
    where is_current
),

customer_stakes as (
    select * from {{ ref('customer_stakes') }}
),

taken as (
    select * from {{ ref('int_actions__taken') }}
),

proposed as (
    select
        classes.customer_id,
        classes.as_of_date,
        playbook.*,
        customer_stakes.value_at_stake,
        customer_stakes.margin_share,
        customer_stakes.is_scored,
        case playbook.score
            when 'churn' then customer_stakes.churn_probability
            when 'purchase' then customer_stakes.purchase_probability
            else 1
        end as probability,
        taken.last_taken_date,
        {#- Whoever buys without coupons, and has not stopped buying, gets none. #}
        customers.orders_count > 0
        and customers.coupon_order_share < {{ var('price_coupon_share') }}
        and lifecycles.lifecycle_segment_code not in ('declining', 'lost') as buys_without_coupon,
        sum(case when taken.last_taken_date is null and playbook.anchor = 'none' then 1 else 0 end) over (
            partition by classes.customer_id, playbook.scheme_code
            order by playbook.position nulls last
            rows between unbounded preceding and 1 preceding
        ) as earlier_steps_open_count
    from classes
    inner join playbook on classes.scheme_code = playbook.scheme_code and classes.segment_code = playbook.segment_code
    inner join customers on classes.customer_id = customers.customer_id
    inner join lifecycles on classes.customer_id = lifecycles.customer_id
    inner join customer_stakes on classes.customer_id = customer_stakes.customer_id
    left join taken on classes.customer_id = taken.customer_id and playbook.action_code = taken.action_code
)

select
    customer_id,
    as_of_date,
    action_code,
    scheme_code,
    segment_code,
    anchor,
    day_offset,
    cadence_days,
    offer,
    touchpoint,
    last_taken_date,
    probability,
    is_scored,
    value_at_stake,
    prior_uplift,
    probability * value_at_stake * prior_uplift * (1 - offer_share) as expected_value
from proposed
where
    (offer <> 'coupon' or not buys_without_coupon and coalesce(earlier_steps_open_count, 0) = 0)
    and (offer_share = 0 or margin_share is null or offer_share <= margin_share)
