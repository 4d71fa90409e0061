{{ config(
    materialized='incremental', incremental_strategy='append', on_schema_change='fail',
    pre_hook=["{{ forget_stale_dates() }}", "{{ first_part(customer_bucket()) }}"], post_hook="{{ other_parts(customer_bucket()) }}"
) }}

{%- set most = 10 %}

with open_dates as (
    {{- lacking_dates(in_parts=true) }}
),

numbered as (
    select numbered.*
    from {{ ref('score_products__numbered') }} as numbered
    inner join open_dates on numbered.as_of_date = open_dates.as_of_date
    where {{ is_in_part(customer_bucket('numbered.buyer_number')) }}
),

products as (
    select distinct
        as_of_date,
        sku_id,
        product_number
    from {{ ref('score_products__numbered') }}
),

histories as (
    select distinct
        as_of_date,
        buyer_number,
        history_number
    from numbered
),

{# Whole numbers, as doubles: exact in any order (up to 2^53), and added faster than integers. #}
pulled as (
    select
        latest.history_number,
        latest.product_number,
        neighbours.neighbour_number,
        round(latest.habit_weight * neighbours.pull / 10) as weight
    from numbered as latest
    inner join {{ ref('score_products__neighbours') }} as neighbours on latest.product_number = neighbours.product_number
),

{# What speaks most for a product is the reason: the smallest of -weight and the customer's product, packed. #}
candidates as (
    select
        history_number,
        neighbour_number,
        cast(sum(weight) as bigint) as novel_weight,
        min({{ packed('-weight', 'product_number') }}) as strongest
    from pulled
    group by history_number, neighbour_number
),

{# Not their latest products alone: what they bought long ago is not new to them either. #}
bought_before as (
    select
        histories.history_number,
        products.product_number
    from {{ ref('score_products__owned') }} as purchases
    inner join histories on purchases.as_of_date = histories.as_of_date and purchases.buyer_number = histories.buyer_number
    inner join products on purchases.as_of_date = products.as_of_date and purchases.sku_id = products.sku_id
),

{# Whole numbers of 10^-8; those beyond 900 would not fit beside the product, and tie. #}
ranked as (
    select
        candidates.*,
        rank() over (
            partition by candidates.history_number
            order by {{ packed('-least(candidates.novel_weight, 90000000000)', 'candidates.neighbour_number') }} nulls last
        ) as place
    from candidates
    left join bought_before
        on candidates.history_number = bought_before.history_number and candidates.neighbour_number = bought_before.product_number
    where bought_before.history_number is null
),

chosen as (
    select
        *,
        {{ unpacked('strongest') }} as because_number
    from ranked
    where place <= {{ most }}
)

select
    histories.buyer_number,
    histories.as_of_date,
    chosen.place,
    products.sku_id,
    chosen.novel_weight,
    because.sku_id as because_sku_id,
    open_dates.input_fingerprint
from chosen
inner join histories on chosen.history_number = histories.history_number
inner join products on chosen.neighbour_number = products.product_number
inner join products as because on chosen.because_number = because.product_number
inner join open_dates on histories.as_of_date = open_dates.as_of_date
