with dates as (
    select as_of_date from {{ ref('score_products__dates') }}
),

choices as (
    select * from {{ ref('score_products__fingerprints') }}
),

methods as (
    select
        as_of_date,
        {{ rows_hash(['kind', 'model_name']) }} as methods_hash
    from {{ ref('scoring_next_product__chosen') }}
    group by as_of_date
),

names as (
    select
        dates.as_of_date,
        {{ rows_hash(['buyers.customer_id', 'buyers.buyer_number']) }} as names_hash
    from dates
    inner join {{ ref('score_products__buyers') }} as buyers on dates.as_of_date >= buyers.first_date
    group by dates.as_of_date
)

select
    dates.as_of_date,
    concat_ws(
        '|',
        coalesce(choices.input_fingerprint, 'nothing'),
        cast(methods.methods_hash as {{ dbt.type_string() }}),
        coalesce(cast(names.names_hash as {{ dbt.type_string() }}), 'nobody')
    ) as input_fingerprint
from dates
left join choices on dates.as_of_date = choices.as_of_date
left join methods on dates.as_of_date = methods.as_of_date
left join names on dates.as_of_date = names.as_of_date
