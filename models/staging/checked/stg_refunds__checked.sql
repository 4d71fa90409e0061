{{ config(materialized='table') }}

{{ checked_rows('refunds', row_verdict('refunds', orphan_of="not coalesce(order_id in (select order_id from " ~ ref('stg_orders') ~ "), false)")) }}
