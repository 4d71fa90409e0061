{{ config(materialized='table') }}

{{ checked_rows('wecom_contact_ways', row_verdict('wecom_contact_ways')) }}
