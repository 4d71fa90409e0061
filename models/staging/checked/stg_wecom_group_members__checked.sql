{{ config(materialized='table') }}

{{ checked_rows('wecom_group_members') }}
