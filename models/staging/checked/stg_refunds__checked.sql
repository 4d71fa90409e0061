{{ config(materialized='table') }}

{{ checked_rows('refunds', row_verdict('refunds', orphan_of="order_id not in (select order_id from " ~ ref('stg_orders') ~ ")")) }}
