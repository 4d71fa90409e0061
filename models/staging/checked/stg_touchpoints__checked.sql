{{ config(
    materialized='incremental', incremental_strategy='append', on_schema_change='fail',
    pre_hook="{{ forget_changed_rows('touchpoints') }}"
) }}

{#-
  Why a touchpoint is rejected: the first of these that is true. A column holds what was kept of its cell, null when it is
  empty or cannot be read; <column>__unreadable says that there is a value and nobody can read it (macro is_unreadable).
  Columns that only describe a touch, such as rating, reject nothing: see stg_value_losses.
#}
{% set verdict %}
    case
        when event_id is null and not event_id__unreadable then 'missing_key:event_id'
        when event_id__unreadable then 'unreadable_value:event_id'
        when occurred_at__unreadable then 'unreadable_value:occurred_at'
        when customer_id__unreadable then 'unreadable_value:customer_id'
        when staff_userid__unreadable then 'unreadable_value:staff_userid'
        when occurred_at is null then 'missing_value:occurred_at'
        when event_type is null then 'missing_value:event_type'
        when not coalesce(event_type in (select event_type from {{ ref('touchpoint_types') }}), false) then 'unknown_code:event_type'
        when occurred_at < timestamp '{{ var("earliest_date") }}' then 'implausible_date:occurred_at'
        when event_date >= (select rejected_from_date from {{ ref('stg_event_horizon') }}) then 'implausible_future:occurred_at'
    end
{% endset %}

{{ checked_rows('touchpoints', verdict) }}
