with customers as (
    select
        customer_id,
        as_of_date
    from {{ ref('customer_tags') }}
),

assigned as (
    select
        customers.as_of_date,
        case when holders.userid is null then 'unassigned' else 'staff' end as holder_kind,
        coalesce(holders.userid, 'unassigned') as userid,
        case when holders.userid is null then 'unassigned' else coalesce(staff.persona, 'unknown') end as persona,
        crowds.segment_code as crowd_segment_code,
        1 as customers_count,
        case when lifecycles.segment_code in ('declining', 'lost') then 1 else 0 end as at_risk_count,
        coalesce(orders.month_orders_count, 0) as month_orders_count,
        coalesce(orders.month_net_amount, 0) as month_net_amount
    from customers
    left join {{ ref('staff_holders') }} as holders
        on customers.customer_id = holders.customer_id and customers.as_of_date = holders.as_of_date
    left join {{ ref('int_staff__dated') }} as staff on holders.userid = staff.userid
    inner join {{ ref('segment_crowd') }} as crowds
        on customers.customer_id = crowds.customer_id and customers.as_of_date = crowds.as_of_date
    inner join {{ ref('segment_lifecycle') }} as lifecycles
        on customers.customer_id = lifecycles.customer_id and customers.as_of_date = lifecycles.as_of_date
    left join {{ ref('month_purchases') }} as orders
        on customers.customer_id = orders.customer_id and customers.as_of_date = orders.as_of_date
),

everybody as (
    select * from assigned
    union all
    select
        as_of_date,
        'anonymous' as holder_kind,
        'anonymous' as userid,
        'anonymous' as persona,
        'anonymous' as crowd_segment_code,
        0 as customers_count,
        0 as at_risk_count,
        month_orders_count,
        month_net_amount
    from {{ ref('month_purchases') }}
    where customer_id is null
)

select
    as_of_date,
    holder_kind,
    userid,
    persona,
    crowd_segment_code,
    cast(sum(customers_count) as bigint) as customers_count,
    cast(sum(at_risk_count) as bigint) as at_risk_count,
    cast(sum(case when customers_count > 0 and month_orders_count > 0 then 1 else 0 end) as bigint) as buyers_count,
    cast(sum(month_orders_count) as bigint) as month_orders_count,
    cast(sum(month_net_amount) as decimal(18, 4)) as month_net_amount
from everybody
group by as_of_date, holder_kind, userid, persona, crowd_segment_code
