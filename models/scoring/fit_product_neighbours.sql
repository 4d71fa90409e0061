{#- Products that the same customers buy: the lift over chance, shrunk by how few customers it rests on. #}
{%- set neighbours = 50 %}
{%- set most_products = 100 %}
{%- set shrinkage = 10 %}

with bought as (
    select * from {{ ref('score_products__bought') }}
),

{# Of a customer who bought hundreds of products, the latest: a wholesaler would pair everything with everything. #}
latest as (
    select *
    from (
        select
            *,
            row_number() over (partition by as_of_date, customer_id order by last_date desc, sku_id asc) as place
        from bought
    ) as placed
    where place <= {{ most_products }}
),

buyers as (
    select
        as_of_date,
        sku_id,
        count(*) as customers_count,
        count(*) filter (where {{ dbt.datediff('last_date', 'as_of_date', 'day') }} < 30) as recent_customers_count
    from latest
    group by as_of_date, sku_id
),

pairs as (
    select
        one.as_of_date,
        one.sku_id,
        other.sku_id as neighbour_sku_id,
        count(*) as customers_count
    from latest as one
    inner join latest as other
        on one.as_of_date = other.as_of_date and one.customer_id = other.customer_id and one.sku_id <> other.sku_id
    group by one.as_of_date, one.sku_id, other.sku_id
),

alike as (
    select
        pairs.as_of_date,
        pairs.sku_id,
        pairs.neighbour_sku_id,
        pairs.customers_count,
        cast(pairs.customers_count as double) / buyers.customers_count / neighbours.customers_count
        * pairs.customers_count / (pairs.customers_count + {{ shrinkage }}) as similarity,
        neighbours.recent_customers_count
    from pairs
    inner join buyers on pairs.as_of_date = buyers.as_of_date and pairs.sku_id = buyers.sku_id
    inner join buyers as neighbours on pairs.as_of_date = neighbours.as_of_date and pairs.neighbour_sku_id = neighbours.sku_id
    where pairs.customers_count > 1 and neighbours.recent_customers_count > 0
),

{# Similarity alone would fill the places with products that hardly anybody wants now. #}
wanted as (
    select
        *,
        similarity * sqrt(recent_customers_count) as pull
    from alike
),

ranked as (
    select
        *,
        row_number() over (partition by as_of_date, sku_id order by pull desc, neighbour_sku_id asc) as place
    from wanted
)

select *
from ranked
where place <= {{ neighbours }}
