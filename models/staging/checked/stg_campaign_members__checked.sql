{{ config(materialized='table') }}

{{ checked_rows('campaign_members', row_verdict('campaign_members')) }}
