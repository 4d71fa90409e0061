{%- set least_customers = 200 %}

with evaluated as (
    select
        *,
        customers_count >= {{ least_customers }} as is_enough
    from {{ ref('scoring_next_product__evaluated') }}
),

ranked as (
    select
        dates.as_of_date,
        dates.evaluated_on,
        methods.kind,
        methods.model_name,
        coalesce(evaluated.is_enough, false) as is_enough,
        row_number() over (
            partition by dates.as_of_date, methods.kind
            order by
                case when evaluated.is_enough then evaluated.hits_count end desc nulls last,
                case when coalesce(evaluated.is_enough, false) or methods.is_trusted then 1 else 2 end asc,
                methods.preference asc nulls last
        ) as place
    from {{ ref('score_products__dates') }} as dates
    cross join {{ ref('scoring_next_product__methods') }} as methods
    left join evaluated
        on dates.evaluated_on = evaluated.evaluated_on and methods.kind = evaluated.kind and methods.model_name = evaluated.model_name
)

select
    as_of_date,
    kind,
    model_name,
    evaluated_on,
    is_enough
from ranked
where place = 1
