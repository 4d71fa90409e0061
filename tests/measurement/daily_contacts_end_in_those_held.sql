{#-
  What the days add up to is what there is: the contacts that are open at each as-of date, and those that wait for a successor.
  Otherwise the total of the report is not the one that WeCom shows.
#}
with dates as (
    select as_of_date
    from {{ ref('int_as_of_dates') }}
),

held as (
    select
        dates.as_of_date,
        count(*) as held_count
    from {{ ref('int_contact_spells__dated') }} as spells
    inner join dates on spells.begun_date <= dates.as_of_date
    where spells.ended_date is null or spells.ended_date > dates.as_of_date
    group by dates.as_of_date
),

counted as (
    select * from {{ ref('daily_contacts') }}
    where channel_level = 'all'
)

select
    dates.as_of_date,
    held.held_count,
    counted.total_count,
    counted.awaiting_transfer_count
from dates
left join held on dates.as_of_date = held.as_of_date
left join counted on dates.as_of_date = counted.measured_date
where coalesce(held.held_count, 0) <> coalesce(counted.total_count - counted.awaiting_transfer_count, 0)
