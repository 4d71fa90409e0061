{{ config(materialized='incremental', incremental_strategy='append', on_schema_change='fail', pre_hook="{{ forget_changed_rows('orders') }}") }}

{{ checked_rows('orders') }}
