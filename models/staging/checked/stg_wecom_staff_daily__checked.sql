{{ config(materialized='table') }}

{{ checked_rows('wecom_staff_daily') }}
