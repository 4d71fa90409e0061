{{ config(materialized='table') }}

{{ checked_rows('costs') }}
