{{ config(materialized='table') }}

{{ checked_rows('wecom_staff_daily', row_verdict('wecom_staff_daily')) }}
