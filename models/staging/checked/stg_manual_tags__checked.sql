{{ config(materialized='table') }}

{{ checked_rows('manual_tags', row_verdict('manual_tags')) }}
