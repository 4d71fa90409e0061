-- Every customer of one date, in their class of each scheme and once more in `_all`, by the channel that brought them.
with customers as (
    select
        customer_id,
        coalesce(source_channel, 'unknown') as channel,
        orders_count,
        orders_count_365d,
        net_amount_365d,
        active_days_30d,
        is_wecom_contact
    from tags.customer_tags
    where as_of_date = $as_of_date
),

placed as (
    select customer_id, scheme_code, segment_code from segments.customer_segments
    where as_of_date = $as_of_date
    union all
    select customer_id, '_all' as scheme_code, '_all' as segment_code from customers
)

select
    placed.scheme_code,
    placed.segment_code,
    customers.channel,
    count(*) as customers,
    count(*) filter (where customers.orders_count > 0) as buyers,
    count(*) filter (where customers.orders_count > 1) as repeat_buyers,
    count(*) filter (where customers.active_days_30d > 0) as active,
    count(*) filter (where customers.is_wecom_contact) as contacts,
    count(*) filter (where customers.net_amount_365d <> 0) as spenders,
    sum(customers.orders_count_365d) as orders_365d,
    sum(customers.net_amount_365d) as net_amount_365d
from placed
inner join customers on placed.customer_id = customers.customer_id
group by all
order by all
