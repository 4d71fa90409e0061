{{ config(materialized='table') }}

{{ checked_rows('exchange_rates') }}
