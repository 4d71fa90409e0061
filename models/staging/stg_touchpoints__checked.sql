{{ config(materialized='table') }}

{{ checked_rows('touchpoints') }}
