with people as (
    select * from {{ ref('campaign_people') }}
),

refunded as (
    select
        order_id,
        sum(refund_amount) as refund_amount
    from {{ ref('int_refunds__dated') }}
    group by order_id
)

select
    people.campaign_id,
    people.window_starts_date,
    people.customer_id,
    count(*) as orders_count,
    sum(purchases.payable_amount - coalesce(refunded.refund_amount, 0)) as net_amount
from people
inner join {{ ref('int_purchases__counted') }} as purchases
    on
        people.customer_id = purchases.customer_id
        and purchases.ordered_date between people.counts_from_date and people.window_ends_date
left join refunded on purchases.order_id = refunded.order_id
where purchases.undone_date = date '9999-12-31'
group by people.campaign_id, people.window_starts_date, people.customer_id
