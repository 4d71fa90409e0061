{{ config(materialized='table') }}

{{ checked_rows('order_items', row_verdict('order_items', orphan_of="not coalesce(order_id in (select order_id from " ~ ref('stg_orders') ~ "), false)")) }}
