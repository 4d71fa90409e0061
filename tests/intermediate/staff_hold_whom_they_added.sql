{#- The contacts on the newest date are not those added and not lost: staff write to people who left, or miss some. -#}
with holdings as (
    select
        customer_id,
        place_id
    from {{ ref('int_contacts__dated') }}
    where event_kind in ('added', 'lost')
    group by customer_id, place_id
    having sum(case when event_kind = 'added' then 1 else -1 end) > 0
),

expected as (
    select
        customer_id,
        count(*) as staff_count
    from holdings
    group by customer_id
),

measured as (
    select
        customer_id,
        wecom_staff_count as staff_count
    from {{ ref('int_contacts__measured') }}
    where as_of_date = (select max(as_of_date) from {{ ref('int_as_of_dates') }})
)

select
    coalesce(expected.customer_id, measured.customer_id) as customer_id,
    expected.staff_count as expected_count,
    measured.staff_count as measured_count
from expected
full outer join measured on expected.customer_id = measured.customer_id
where coalesce(expected.staff_count, 0) <> coalesce(measured.staff_count, 0)
