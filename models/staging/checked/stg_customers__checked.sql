{{ config(materialized='table') }}

{{ checked_rows('customers', row_verdict('customers')) }}
