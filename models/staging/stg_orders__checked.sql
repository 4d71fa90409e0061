{{ config(materialized='table') }}

{{ checked_rows('orders') }}
