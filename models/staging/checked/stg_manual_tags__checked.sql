{{ config(materialized='table') }}

{{ checked_rows('manual_tags') }}
