{{ config(materialized='table') }}

{{ checked_rows('wecom_group_members', row_verdict('wecom_group_members')) }}
