{{ config(materialized='view') }}

with judged as (
    select * from {{ ref('int_identity__judged') }}
)

select
    identifier_type,
    identifier,
    customer_id
from judged
where customer_id is not null
