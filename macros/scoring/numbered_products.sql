{#-
  CTEs for what pairs products with products, given a CTE `open_dates` (see lacking_dates):
    products    a product at a date, as one product_number; in the order of sku_id within a date, so that ties are broken alike
    histories   a buyer at a date, as one history_number
    numbered    the latest 50 products of score_products__habits in these numbers
  Millions of pairs are joined and grouped by one number each, not by dates and texts. What is ranked is ordered by one number,
  a value and a product_number packed, since that sorts fastest; it has no ties, so rank() is row_number(). DuckDB turns
  row_number() <= n into a heap for each partition, which here takes twice as long as sorting (2.0.0); rank() it sorts.
-#}
{% macro numbered_products() %}
{#- Of a customer who bought hundreds, the latest: a wholesaler would pair everything with everything. -#}
{%- set most_products = 50 %}
{% for name, key, number in [('products', 'sku_id', 'product_number'), ('histories', 'buyer_number', 'history_number')] %}
{{ name }} as (
    select
        as_of_date,
        {{ key }},
        cast(row_number() over (order by as_of_date, {{ key }}) as integer) as {{ number }}
    from (
        select distinct
            bought.as_of_date,
            bought.{{ key }}
        from {{ ref('score_products__habits') }} as bought
        inner join open_dates on bought.as_of_date = open_dates.as_of_date
    ) as opened
),
{% endfor %}
numbered as (
    select
        histories.history_number,
        products.product_number,
        bought.habit_weight,
        {{ dbt.datediff('bought.last_date', 'bought.as_of_date', 'day') }} < 30 as is_recent
    from {{ ref('score_products__habits') }} as bought
    inner join histories on bought.as_of_date = histories.as_of_date and bought.buyer_number = histories.buyer_number
    inner join products on bought.as_of_date = products.as_of_date and bought.sku_id = products.sku_id
    where bought.latest_place <= {{ most_products }}
)
{% endmacro %}

{#- A whole number (up to 9 x 10^10) and a product_number (below 10^8) as one that sorts by the first, then by the second. -#}
{% macro packed(value, product_number) -%}
    cast({{ value }} as bigint) * 100000000 + {{ product_number }}
{%- endmacro %}

{#- The product_number out of it; % keeps the sign, in every engine. -#}
{% macro unpacked(packed_number) -%}
    cast(({{ packed_number }} % 100000000 + 100000000) % 100000000 as integer)
{%- endmacro %}
