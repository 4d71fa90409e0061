{#- Every contact came through one channel. Otherwise a channel is credited with contacts of another, or with those of none. #}
{%- set counted = ['total_count', 'awaiting_transfer_count', 'new_count', 'lost_count', 'transferred_in_count', 'transferred_out_count'] %}
with channels as (
    select
        measured_date,
        {% for column in counted -%}
            sum({{ column }}) as {{ column }}{{ ',' if not loop.last }}
        {% endfor %}
    from {{ ref('daily_contacts') }}
    where channel_level = 'channel'
    group by measured_date
),

everybody as (
    select * from {{ ref('daily_contacts') }}
    where channel_level = 'all'
)

select everybody.*
from everybody
left join channels on everybody.measured_date = channels.measured_date
where
    channels.measured_date is null
    {% for column in counted -%}
        or everybody.{{ column }} <> channels.{{ column }}
    {% endfor %}
