{{ config(
    materialized='incremental', incremental_strategy='append', on_schema_change='fail',
    pre_hook="{{ forget_changed_rows('orders') }}"
) }}

{#-
  Why an order is rejected: the first of these that is true. A column holds what was kept of its cell, null when it is
  empty or cannot be read; <column>__unreadable says that there is a value and nobody can read it (macro is_unreadable).
  Columns that only describe an order, such as its coupon code, reject nothing: see stg_value_losses.
#}
{% set verdict %}
    case
        when order_id is null and not order_id__unreadable then 'missing_key:order_id'
        when order_id__unreadable then 'unreadable_value:order_id'
        when customer_id__unreadable then 'unreadable_value:customer_id'
        when ordered_at__unreadable then 'unreadable_value:ordered_at'
        when paid_at__unreadable then 'unreadable_value:paid_at'
        when order_amount__unreadable then 'unreadable_value:order_amount'
        when discount_amount__unreadable then 'unreadable_value:discount_amount'
        when coupon_amount__unreadable then 'unreadable_value:coupon_amount'
        when shipping_amount__unreadable then 'unreadable_value:shipping_amount'
        when ordered_at is null then 'missing_value:ordered_at'
        when status is null then 'missing_value:status'
        when order_amount is null then 'missing_value:order_amount'
        when not {{ is_one_of('status', ['created', 'paid', 'shipped', 'completed', 'cancelled', 'refunded', 'closed']) }}
            then 'unknown_code:status'
        when ordered_at < timestamp '{{ var("earliest_date") }}' then 'implausible_date:ordered_at'
        when event_date >= (select rejected_from_date from {{ ref('stg_event_horizon') }}) then 'implausible_future:ordered_at'
        when order_amount < 0 then 'negative_amount:order_amount'
        when discount_amount < 0 then 'negative_amount:discount_amount'
        when coupon_amount < 0 then 'negative_amount:coupon_amount'
        when shipping_amount < 0 then 'negative_amount:shipping_amount'
    end
{% endset %}

{{ checked_rows('orders', verdict) }}
