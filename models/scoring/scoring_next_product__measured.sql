{{ config(
    materialized='incremental', incremental_strategy='append', on_schema_change='fail',
    pre_hook="{{ forget_stale_dates('score_products__evaluated', 'evaluated_on') }}"
) }}

{%- set most = 10 %}
{%- set most_popular = 500 %}

with open_dates as (
    {{- lacking_dates('score_products__evaluated', 'evaluated_on') }}
),

kinds as (
    select 'habit' as kind
    union all
    select 'novel' as kind
),

{{ bought_later() }},

{{ popular_products() }},

{# Who bought something later, and the place of the most popular of it. #}
asked as (
    select
        truth.evaluated_on,
        truth.customer_id,
        max(case when truth.is_new then 1 else 0 end) as has_new,
        min(popular.place) as popular_place,
        min(case when truth.is_new then popular.place end) as popular_new_place
    from truth
    left join popular on truth.evaluated_on = popular.evaluated_on and truth.sku_id = popular.sku_id
    group by truth.evaluated_on, truth.customer_id
),

bought_before as (
    select
        asked.evaluated_on,
        asked.customer_id,
        bought.sku_id,
        popular.place < asked.popular_new_place as is_more_popular,
        row_number() over (
            partition by asked.evaluated_on, asked.customer_id
            order by bought.days_count desc, bought.last_date desc, bought.sku_id asc
        ) as frequency_place
    from asked
    inner join {{ ref('score_products__bought') }} as bought
        on asked.evaluated_on = bought.as_of_date and asked.customer_id = bought.customer_id
    left join popular on bought.as_of_date = popular.evaluated_on and bought.sku_id = popular.sku_id
),

{# For novel, popular products count only where the customer never bought them: owned ones before the best move it up. #}
bought_before_counted as (
    select
        bought_before.evaluated_on,
        bought_before.customer_id,
        count(*) filter (where bought_before.is_more_popular) as more_popular_count,
        max(case when bought_before.frequency_place <= {{ most }} and truth.sku_id is not null then 1 else 0 end) as is_frequency_hit
    from bought_before
    left join truth
        on bought_before.evaluated_on = truth.evaluated_on and bought_before.customer_id = truth.customer_id and bought_before.sku_id = truth.sku_id
    group by bought_before.evaluated_on, bought_before.customer_id
),

{# Customers who were offered nothing count as missed; those without a purchase by then are not asked. #}
hits as (
    select
        asked.evaluated_on,
        kinds.kind,
        cast(count(*) as double) as customers_count,
        sum(case when kinds.kind = 'habit' then coalesce(offered_hits.is_habit_hit, 0) else coalesce(offered_hits.is_novel_hit, 0) end) as model_hits,
        count(*) filter (
            where case
                when kinds.kind = 'habit' then asked.popular_place <= {{ most }}
                else asked.popular_new_place <= {{ most_popular }} and asked.popular_new_place - bought_before_counted.more_popular_count <= {{ most }}
            end
        ) as popularity_hits,
        sum(bought_before_counted.is_frequency_hit) as frequency_hits
    from asked
    inner join bought_before_counted on asked.evaluated_on = bought_before_counted.evaluated_on and asked.customer_id = bought_before_counted.customer_id
    left join offered_hits on asked.evaluated_on = offered_hits.evaluated_on and asked.customer_id = offered_hits.customer_id
    cross join kinds
    where kinds.kind = 'habit' or asked.has_new = 1
    group by asked.evaluated_on, kinds.kind
),

{{ products_covered() }}

select
    open_dates.evaluated_on,
    kinds.kind,
    cast(coalesce(hits.customers_count, 0) as bigint) as customers_count,
    hits.model_hits / hits.customers_count as hit_rate,
    hits.popularity_hits / hits.customers_count as popularity_hit_rate,
    case when kinds.kind = 'habit' then hits.frequency_hits / hits.customers_count end as own_frequency_hit_rate,
    covered.product_coverage,
    open_dates.input_fingerprint
from open_dates
cross join kinds
left join hits on open_dates.evaluated_on = hits.evaluated_on and kinds.kind = hits.kind
left join covered on open_dates.evaluated_on = covered.evaluated_on and kinds.kind = covered.kind
