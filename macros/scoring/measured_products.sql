{#-
  CTEs of scoring_next_product__measured, given a CTE `open_dates` (evaluated_on, until_date), see lacking_dates.
  `truth`: what was bought after a date, up to its until_date, and not undone by then; and whether it was new to them.
  `offered_hits`: who was offered some of it.
-#}
{% macro bought_later() %}
bought_later as (
    select distinct
        open_dates.evaluated_on,
        purchased.customer_id,
        purchased.sku_id
    from {{ ref('score_products__purchased') }} as purchased
    inner join open_dates
        on
            purchased.ordered_date > open_dates.evaluated_on
            and purchased.ordered_date <= open_dates.until_date
            and purchased.undone_date > open_dates.until_date
),

truth as (
    select
        bought_later.*,
        bought_before.sku_id is null as is_new
    from bought_later
    left join {{ ref('score_products__bought') }} as bought_before
        on
            bought_later.evaluated_on = bought_before.as_of_date
            and bought_later.customer_id = bought_before.customer_id
            and bought_later.sku_id = bought_before.sku_id
),

offered_hits as (
    select
        truth.evaluated_on,
        truth.customer_id,
        max(case when offered.kind = 'habit' then 1 else 0 end) as is_habit_hit,
        max(case when offered.kind = 'novel' and truth.is_new then 1 else 0 end) as is_novel_hit
    from truth
    inner join {{ ref('score_next_product') }} as offered
        on
            truth.evaluated_on = offered.as_of_date
            and truth.customer_id = offered.customer_id
            and truth.sku_id = offered.sku_id
    group by truth.evaluated_on, truth.customer_id
)
{%- endmacro %}

{#- `sold`, the products at a date; `popular`, those that anybody bought in the 30 days before, place 1 the most popular. -#}
{% macro popular_products() %}
sold as (
    select
        bought.as_of_date as evaluated_on,
        bought.sku_id,
        count(*) filter (where {{ dbt.datediff('bought.last_date', 'bought.as_of_date', 'day') }} < 30) as recent_customers_count
    from {{ ref('score_products__bought') }} as bought
    inner join open_dates on bought.as_of_date = open_dates.evaluated_on
    group by bought.as_of_date, bought.sku_id
),

popular as (
    select
        evaluated_on,
        sku_id,
        row_number() over (partition by evaluated_on order by recent_customers_count desc, sku_id asc) as place
    from sold
    where recent_customers_count > 0
)
{%- endmacro %}

{#- The share of all products sold by a date that is offered to somebody, by kind; given `sold`. -#}
{% macro products_covered() %}
offered as (
    select
        offered.as_of_date as evaluated_on,
        offered.kind,
        offered.sku_id
    from {{ ref('score_next_product') }} as offered
    inner join open_dates on offered.as_of_date = open_dates.evaluated_on
    where offered.kind in ('habit', 'novel')
    group by offered.as_of_date, offered.kind, offered.sku_id
),

known as (
    select
        evaluated_on,
        cast(count(*) as double) as products_count
    from sold
    group by evaluated_on
),

covered as (
    select
        offered.evaluated_on,
        offered.kind,
        count(*) / max(known.products_count) as product_coverage
    from offered
    inner join known on offered.evaluated_on = known.evaluated_on
    group by offered.evaluated_on, offered.kind
)
{%- endmacro %}
