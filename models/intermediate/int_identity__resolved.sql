with components as (
    select * from {{ ref('int_identity__components') }}
)

select
    {{ dbt.split_part('node', "':'", 1) }} as identifier_type,
    substring(node, {{ dbt.position("':'", 'node') }} + 1) as identifier,
    customer_id
from components
