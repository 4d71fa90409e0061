{{ config(materialized='table') }}

{#-
  A block is rejected only when it names nobody. A first or a last day that cannot be read, or cannot be, leaves the row; the loss
  is counted (stg_contact_blocks).
#}
{#- The identifiers are asked for once: Spark writes out what a column is made of wherever the verdict names it. #}
{% set whens = [] %}
{% for identifier in identifier_types() %}
    {% do whens.append("when " ~ identifier ~ "__unreadable then 'unreadable_value:" ~ identifier ~ "'") %}
{% endfor %}
{% set verdict %}
    case
        when coalesce({{ identifier_types() | join(', ') }}) is null then case {{ whens | join(' ') }} else 'missing_identifier' end
    end
{% endset %}

with judged as (
    {{ checked_rows('contact_blocks', verdict) }}
),

compared as (
    select
        judged.*,
        coalesce(judged.blocked_at < timestamp '{{ var("earliest_date") }}' or judged.event_date >= horizon.rejected_from_date, false)
            as is_start_impossible
    from judged
    cross join {{ ref('stg_event_horizon') }} as horizon
)

select
    {{ identifier_types() | join(', ') }},
    channel,
    reason,
    blocked_at,
    blocked_until,
    event_date,
    verdict,
    nullif(concat_ws(
        chr(10),
        value_losses,
        case when verdict is null and is_start_impossible then 'out_of_range|blocked_at|' || cast(blocked_at as {{ dbt.type_string() }}) end,
        case
            when
                verdict is null
                and (
                    blocked_until < cast('{{ var("earliest_date") }}' as date)
                    or (blocked_until < event_date and not is_start_impossible)
                )
                then 'out_of_range|blocked_until|' || cast(blocked_until as {{ dbt.type_string() }})
        end
    ), '') as value_losses,
    copies,
    row_json
from compared
