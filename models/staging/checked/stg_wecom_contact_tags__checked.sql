{{ config(materialized='table') }}

{{ checked_rows('wecom_contact_tags', row_verdict('wecom_contact_tags')) }}
