{{ config(materialized='table') }}

{{ checked_rows('customers') }}
