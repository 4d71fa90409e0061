{{ config(materialized='table') }}

{{ checked_rows('campaign_members') }}
