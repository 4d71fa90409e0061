{{ config(materialized='table') }}

{{ checked_rows('campaigns') }}
