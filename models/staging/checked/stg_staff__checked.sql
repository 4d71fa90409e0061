{{ config(materialized='table') }}

{{ checked_rows('staff', row_verdict('staff')) }}
