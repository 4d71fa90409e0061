{{ config(materialized='table') }}

{{ checked_rows('wecom_group_chats', row_verdict('wecom_group_chats')) }}
