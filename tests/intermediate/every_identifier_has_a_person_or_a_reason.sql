{{ config(group='intermediate') }}
{#- An identifier was lost in between: its orders and touches count for no customer, and no list says why. -#}
with observed as (
    {% for identifier in identifier_types() %}
        select distinct
            '{{ identifier }}' as identifier_type,
            {{ identifier }} as identifier
        from {{ ref('int_identity__observed') }}
        where {{ identifier }} is not null
        {{ 'union all' if not loop.last }}
    {% endfor %}
),

resolved as (
    select * from {{ ref('int_identity__resolved') }}
),

shared as (
    select * from {{ ref('int_identity__shared') }}
    where reason = 'shared' and identifier_type <> 'customer_id'
)

select observed.*
from observed
left join resolved on observed.identifier_type = resolved.identifier_type and observed.identifier = resolved.identifier
left join shared on observed.identifier_type = shared.identifier_type and observed.identifier = shared.identifier
where (resolved.identifier is null) = (shared.identifier is null)
