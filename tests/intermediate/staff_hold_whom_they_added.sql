{#-
  The contacts on the newest date are not those whose latest spell is open: staff write to people who left, or miss some.
  Computed here in another way than the models do: not by gains and losses, but by the latest row of each pair.
-#}
with dates as (
    select max(as_of_date) as newest_date from {{ ref('int_as_of_dates') }}
),

spells as (
    select
        *,
        row_number() over (partition by userid, external_userid order by createtime desc) as spells_back
    from {{ ref('stg_wecom_contacts') }}
    where added_date <= (select newest_date from dates)
),

held as (
    select
        external_userid,
        unionid,
        userid
    from spells
    where
        spells_back = 1
        and (deleted_at is null or deleted_at < createtime or {{ business_date('deleted_at') }} > (select newest_date from dates))
),

people as (
    select * from {{ ref('int_identity__resolved') }}
),

holdings as (
    select distinct
        coalesce(by_userid.customer_id, by_unionid.customer_id) as customer_id,
        held.userid
    from held
    left join people as by_userid on held.external_userid = by_userid.identifier and by_userid.identifier_type = 'external_userid'
    left join people as by_unionid on held.unionid = by_unionid.identifier and by_unionid.identifier_type = 'unionid'
),

expected as (
    select
        customer_id,
        count(*) as staff_count
    from holdings
    where customer_id is not null
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
