{%- set days_without_end = 30 %}

with campaigns as (
    select * from {{ ref('int_campaigns__dated') }}
),

members as (
    select
        campaign_id,
        min(assigned_date) as first_assigned_date
    from {{ ref('int_campaign_members__dated') }}
    group by campaign_id
),

newest as (
    select as_of_date
    from {{ ref('int_as_of_dates') }}
    where is_current
),

all_ids as (
    select campaign_id from campaigns
    union
    select campaign_id from members
),

begun as (
    select
        all_ids.campaign_id,
        campaigns.campaign_kind,
        campaigns.touchpoint,
        coalesce(campaigns.campaign_kind, 'unknown') = 'global' as is_global,
        coalesce(campaigns.starts_date, members.first_assigned_date) as starts_date,
        campaigns.ends_date,
        members.campaign_id is not null as has_members
    from all_ids
    left join campaigns on all_ids.campaign_id = campaigns.campaign_id
    left join members on all_ids.campaign_id = members.campaign_id
),

{#- A campaign is one trial; an end before its start is none. #}

of_campaigns as (
    select
        campaign_id,
        starts_date as window_starts_date,
        case
            when ends_date >= starts_date then ends_date else {{ days_after('starts_date', days_without_end) }}
        end as window_ends_date,
        is_global,
        has_members,
        coalesce(touchpoint, 'unknown') as touchpoint
    from begun
    where not is_global and starts_date is not null
),

{#- A hold-out from everything is a trial in each whole month that it covers. A month without any order has nothing to measure. #}

months as (
    select distinct cast(date_trunc('month', ordered_date) as date) as month_starts_date
    from {{ ref('int_orders__validated') }}
),

of_months as (
    select
        begun.campaign_id,
        months.month_starts_date as window_starts_date,
        {{ last_day_of_month('months.month_starts_date', '0') }} as window_ends_date,
        begun.is_global,
        begun.has_members,
        coalesce(begun.touchpoint, 'unknown') as touchpoint
    from begun
    inner join months on begun.starts_date is null or begun.starts_date <= months.month_starts_date
    where begun.is_global and (begun.ends_date is null or begun.ends_date >= {{ last_day_of_month('months.month_starts_date', '0') }})
),

trials as (
    select * from of_campaigns
    union all
    select * from of_months
)

select
    trials.*,
    trials.window_ends_date <= newest.as_of_date as is_ended
from trials
cross join newest
