{{ config(materialized='table') }}

{{ checked_rows('exchange_rates', row_verdict('exchange_rates')) }}
