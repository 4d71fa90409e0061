{{ config(materialized='table') }}

{{ checked_rows('order_items', row_verdict('order_items', orphan_of="order_id not in (select order_id from " ~ ref('stg_orders') ~ ")")) }}
