{{ config(materialized='table') }}

{{ checked_rows('campaigns', row_verdict('campaigns')) }}
