with checked as (
    select
        *,
        {#- What `value_losses` says of the moment: there was one, and it is lost. #}
        coalesce(value_losses like '%unreadable_value|changed_at|%' or value_losses like '%out_of_range|changed_at|%', false) as is_moment_lost
    from {{ ref('stg_consents__checked') }}
    where verdict is null
)

select
    {{ identifier_types() | join(', ') }},
    coalesce(channel, 'all') as channel,
    coalesce(purpose, 'marketing') as purpose,
    status,
    case when not is_moment_lost then changed_at end as changed_at,
    case when not is_moment_lost then event_date end as changed_date,
    is_moment_lost
from checked
