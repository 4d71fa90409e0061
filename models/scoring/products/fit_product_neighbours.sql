{{ config(materialized='incremental', incremental_strategy='append', on_schema_change='fail', pre_hook="{{ forget_stale_dates() }}") }}

{#- Products that the same customers buy: the lift over chance, shrunk by how few customers it rests on. #}
{%- set neighbours = 30 %}
{%- set shrinkage = 10 %}

with open_dates as (
    {{- lacking_dates() }}
),

numbered as (
    select numbered.*
    from {{ ref('score_products__numbered') }} as numbered
    inner join open_dates on numbered.as_of_date = open_dates.as_of_date
),

products as (
    select distinct
        as_of_date,
        sku_id,
        product_number
    from numbered
),

buyers as (
    select
        product_number,
        count(*) as customers_count,
        count(*) filter (where is_recent) as recent_customers_count
    from numbered
    group by product_number
),

{# Each pair is counted once, then listed for both of its products. #}
pairs as (
    select
        one.product_number,
        other.product_number as neighbour_number,
        count(*) as customers_count
    from numbered as one
    inner join numbered as other on one.history_number = other.history_number and one.product_number < other.product_number
    group by one.product_number, other.product_number
    having count(*) > 1
),

sides as (
    select * from pairs
    union all
    select
        neighbour_number as product_number,
        product_number as neighbour_number,
        customers_count
    from pairs
),

alike as (
    select
        sides.*,
        cast(sides.customers_count as double) / buyers.customers_count / neighbours.customers_count
        * sides.customers_count / (sides.customers_count + {{ shrinkage }}) as similarity,
        neighbours.recent_customers_count
    from sides
    inner join buyers on sides.product_number = buyers.product_number
    inner join buyers as neighbours on sides.neighbour_number = neighbours.product_number
    where neighbours.recent_customers_count > 0
),

{# Similarity alone would fill the places with products that hardly anybody wants now. #}
ranked as (
    select
        *,
        similarity * sqrt(recent_customers_count) as pull,
        rank() over (
            partition by product_number
            order by {{ packed('round(-1e11 * similarity * sqrt(recent_customers_count))', 'neighbour_number') }} nulls last
        ) as place
    from alike
)

select
    products.as_of_date,
    products.sku_id,
    neighbours.sku_id as neighbour_sku_id,
    ranked.customers_count,
    ranked.similarity,
    ranked.recent_customers_count,
    ranked.pull,
    cast(ranked.place as bigint) as place,
    open_dates.input_fingerprint
from ranked
inner join products on ranked.product_number = products.product_number
inner join products as neighbours on ranked.neighbour_number = neighbours.product_number
inner join open_dates on products.as_of_date = open_dates.as_of_date
where ranked.place <= {{ neighbours }}
