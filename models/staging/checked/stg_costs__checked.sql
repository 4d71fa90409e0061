{{ config(materialized='table') }}

{{ checked_rows('costs', row_verdict('costs')) }}
