{{ config(materialized='table') }}

{{ checked_rows('wecom_contacts') }}
