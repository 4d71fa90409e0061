select
    as_of_date,
    is_current,
    cast({{ dbt.date_trunc('month', 'as_of_date') }} as date) as month_begins_on
from {{ ref('int_as_of_dates') }}
