with order_days as (
    select distinct
        customer_id,
        ordered_date
    from {{ ref('purchase_amounts') }}
    where customer_id is not null
),

followed as (
    select
        customer_id,
        {{ days_after('ordered_date', var('lost_after_days')) }} as lost_after_date,
        coalesce(lead(ordered_date) over (partition by customer_id order by ordered_date nulls last), date '9999-12-31') as next_order_date
    from order_days
)

select * from followed
where next_order_date > lost_after_date
