{{ config(materialized='view') }}

select
    known.customer_id,
    dates.as_of_date,
    dates.is_current,
    dates.input_fingerprint
from {{ ref('int_customers__known') }} as known
inner join {{ ref('int_as_of_dates__fingerprinted') }} as dates on known.known_date <= dates.as_of_date
