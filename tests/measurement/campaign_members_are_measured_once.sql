{{ config(group='measurement') }}
{#-
  Campaigns whose arms are not the people assigned to them by the end of the window. An effect of other people than those who were drawn
  is no effect of the campaign: intention to treat leaves nobody out.
-#}
with assigned as (
    select
        trials.campaign_id,
        count(case when members.variant = 'treatment' then 1 end) as treatment_count,
        count(case when members.variant = 'holdout' then 1 end) as holdout_count,
        count(case when members.variant = 'contaminated' then 1 end) as contaminated_count
    from {{ ref('campaign_trials') }} as trials
    inner join {{ ref('int_campaign_members__dated') }} as members on trials.campaign_id = members.campaign_id
    where not trials.is_global and (members.assigned_date is null or members.assigned_date <= trials.window_ends_date)
    group by trials.campaign_id
),

measured as (
    select
        campaign_id,
        treatment_count,
        holdout_count,
        contaminated_count
    from {{ ref('campaign_uplift') }}
    where scheme_code = 'all' and treatment_count + holdout_count + contaminated_count > 0
),

forgotten as (
    select * from assigned
    except
    select * from measured
),

never_assigned as (
    select * from measured
    except
    select * from assigned
)

select * from forgotten
union all
select * from never_assigned
