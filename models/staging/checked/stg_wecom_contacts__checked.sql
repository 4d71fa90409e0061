{{ config(materialized='table') }}

{{ checked_rows('wecom_contacts', row_verdict('wecom_contacts')) }}
