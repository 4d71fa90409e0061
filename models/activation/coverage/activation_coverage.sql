with newest as (
    select as_of_date
    from {{ ref('int_as_of_dates') }}
    where is_current
),

lists as (
    select * from {{ ref('activation_inputs') }}
),

rows_listed as (
    select
        listed.*,
        lifecycles.segment_code
    from {{ ref('activation_lists') }} as listed
    inner join {{ ref('segment_lifecycle') }} as lifecycles on listed.customer_id = lifecycles.customer_id and listed.as_of_date = lifecycles.as_of_date
),

counted as (
    select
        list_code,
        segment_code,
        channel,
        blocked_reason,
        count(*) as wanted_count,
        count(case when is_usable then 1 end) as usable_count,
        count(blocked_reason) as blocked_count,
        count(case when is_over_cap then 1 end) as over_cap_count,
        count(case when is_over_staff_capacity and not is_over_cap then 1 end) as over_staff_capacity_count
    from rows_listed
    group by list_code, segment_code, channel, blocked_reason
)

select
    newest.as_of_date,
    lists.list_code,
    counted.segment_code,
    counted.channel,
    counted.blocked_reason,
    coalesce(counted.wanted_count, 0) as wanted_count,
    coalesce(counted.wanted_count - counted.blocked_count, 0) as allowed_count,
    coalesce(counted.blocked_count, 0) as blocked_count,
    coalesce(counted.over_cap_count, 0) as over_cap_count,
    coalesce(counted.over_staff_capacity_count, 0) as over_staff_capacity_count,
    coalesce(counted.usable_count, 0) as usable_count,
    case when counted.list_code is null then lists.empty_because_en end as empty_because_en,
    case when counted.list_code is null then lists.empty_because_zh end as empty_because_zh
from lists
cross join newest
left join counted on lists.list_code = counted.list_code
