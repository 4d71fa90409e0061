{#- Everything right of staging starts here, so a delivery that was not accepted gets no further. #}

with horizon as (
    select horizon.newest_date
    from {{ ref('stg_event_horizon') }} as horizon
    cross join {{ ref('stg_delivery_accepted') }}
),

months_back as (
    {% for months in range(var("history_months") + 1) -%}
        select {{ months }} as months{{ ' union all' if not loop.last }}
    {% endfor %}
),

candidates as (
    select newest_date as as_of_date
    from horizon
    union
    select {{ last_day_of_month('newest_date', '-(months + 1)') }} as as_of_date
    from horizon
    cross join months_back
    where months < {{ var('history_months') }}
)

select
    as_of_date,
    as_of_date = max(as_of_date) over () as is_current,
    lag(as_of_date) over (order by as_of_date nulls last) as previous_as_of_date
from candidates
where as_of_date is not null
