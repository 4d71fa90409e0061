{{ config(materialized='table') }}

{{ checked_rows('staff') }}
