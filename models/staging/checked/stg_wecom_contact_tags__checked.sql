{{ config(materialized='table') }}

{{ checked_rows('wecom_contact_tags') }}
