{{ config(materialized='incremental', incremental_strategy='append', on_schema_change='fail', pre_hook="{{ forget_changed_rows('touchpoints') }}") }}

{{ checked_rows('touchpoints') }}
