{#- RFM and the tag mart do not hold the same customers and orders: someone gets no offer, or a wrong one. -#}
with tags as (
    select
        as_of_date,
        count(*) as customers_count,
        sum(cast({{ row_hash(['customer_id', 'orders_count']) }} as {{ type_wide_integer() }})) as customers_hash
    from {{ ref('customer_tags') }}
    group by as_of_date
),

rfm as (
    select
        as_of_date,
        count(*) as customers_count,
        sum(cast({{ row_hash(['customer_id', 'orders_count']) }} as {{ type_wide_integer() }})) as customers_hash
    from {{ ref('segment_rfm') }}
    group by as_of_date
)

select
    coalesce(tags.as_of_date, rfm.as_of_date) as as_of_date,
    tags.customers_count as tags_customers_count,
    rfm.customers_count as rfm_customers_count
from tags
full outer join rfm on tags.as_of_date = rfm.as_of_date
where
    tags.customers_count is distinct from rfm.customers_count
    or tags.customers_hash is distinct from rfm.customers_hash
