{{ config(materialized='table') }}

{#-
  Why a row is rejected: the first of these that is true. A withdrawal says what it says even where its moment cannot be read, or
  cannot be: the row stays, and the loss of the moment is counted (stg_consents). A grant like that allows nothing, and is rejected.
#}
{#- The identifiers are asked for once: Spark writes out what a column is made of wherever the verdict names it. #}
{% set whens = [] %}
{% for identifier in identifier_types() %}
    {% do whens.append("when " ~ identifier ~ "__unreadable then 'unreadable_value:" ~ identifier ~ "'") %}
{% endfor %}
{% set verdict %}
    case
        when coalesce({{ identifier_types() | join(', ') }}) is null then case {{ whens | join(' ') }} else 'missing_identifier' end
        when status is null then 'missing_value:status'
        when not {{ is_one_of('status', ['granted', 'withdrawn']) }} then 'unknown_code:status'
        when status = 'granted' and changed_at__unreadable then 'unreadable_value:changed_at'
        when status = 'granted' and changed_at < timestamp '{{ var("earliest_date") }}' then 'implausible_date:changed_at'
        when status = 'granted' and event_date >= (select rejected_from_date from {{ ref('stg_event_horizon') }})
            then 'implausible_future:changed_at'
    end
{% endset %}

with judged as (
    {{ checked_rows('consents', verdict) }}
),

horizon as (
    select rejected_from_date from {{ ref('stg_event_horizon') }}
)

select
    {{ identifier_types() | join(', ') }},
    judged.channel,
    judged.purpose,
    judged.status,
    judged.changed_at,
    judged.event_date,
    judged.verdict,
    case
        when
            judged.verdict is null
            and (judged.changed_at < timestamp '{{ var("earliest_date") }}' or judged.event_date >= horizon.rejected_from_date)
            then concat_ws(chr(10), judged.value_losses, 'out_of_range|changed_at|' || cast(judged.changed_at as {{ dbt.type_string() }}))
        else judged.value_losses
    end as value_losses,
    judged.copies,
    judged.row_json
from judged
cross join horizon
