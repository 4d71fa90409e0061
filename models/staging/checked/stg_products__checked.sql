{{ config(materialized='table') }}

{{ checked_rows('products', row_verdict('products')) }}
