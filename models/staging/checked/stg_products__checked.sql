{{ config(materialized='table') }}

{{ checked_rows('products') }}
