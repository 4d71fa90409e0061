{{ config(materialized='incremental', incremental_strategy='append', on_schema_change='fail', pre_hook="{{ forget_stale_rows() }}") }}

{%- set features = ['sku_id', 'category', 'style', 'colour', 'size', 'channel', 'hour_band'] %}
{%- set base = 4294967296 %}

with {{ open_history(ref('int_purchases__counted'), 'ordered_date') }},

purchases as (
    select
        open_customers.customer_number,
        placed.*,
        greatest(placed.enters, open_customers.open_from) as counts_from
    from {{ ref('int_purchases__placed') }} as placed
    inner join open_customers on placed.customer_id = open_customers.customer_id
    where placed.replay_date = date '1900-01-01' or open_customers.open_from <= placed.replay_date
),

{{ replayed_frame() }},

feature_values as (
    select * from {{ ref('int_preferences__values') }}
),

bought as (
    select
        purchases.customer_number,
        purchases.replay_date,
        purchases.counts_from,
        items.sku_id,
        sum(items.quantity) as times
    from purchases
    inner join {{ ref('int_order_items__described') }} as items on purchases.order_id = items.order_id
    group by purchases.customer_number, purchases.replay_date, purchases.counts_from, items.sku_id
),

counted as (
    select
        bought.customer_number,
        bought.replay_date,
        bought.counts_from,
        products.value_number,
        sum(bought.times) as times
    from bought
    inner join {{ ref('int_preferences__products') }} as products on bought.sku_id = products.sku_id
    group by bought.customer_number, bought.replay_date, bought.counts_from, products.value_number
    {% for feature in ['channel', 'hour_band'] -%}
        union all
        select
            purchases.customer_number,
            purchases.replay_date,
            purchases.counts_from,
            feature_values.value_number,
            count(*) as times
        from purchases
        inner join feature_values on purchases.{{ feature }} = feature_values.feature_value and feature_values.feature = '{{ feature }}'
        group by purchases.customer_number, purchases.replay_date, purchases.counts_from, feature_values.value_number
    {% endfor %}
),

{#-
  A count and a value as one number, larger for the larger count and, at equal counts, for the value that is first in the alphabet
  (2 thousand million units are as good as more). Counts only grow within one history: the largest number so far is the favourite.
#}

totals as (
    select
        *,
        cast(least(sum(times) over so_far, 2000000000) as bigint) * {{ base }} + {{ base }} - value_number as count_and_value
    from counted
    window so_far as (partition by customer_number, replay_date, value_number order by counts_from nulls last)
),

best as (
    select
        totals.customer_number,
        totals.replay_date,
        {% for feature in features -%}
            max(totals.count_and_value) filter (where feature_values.feature = '{{ feature }}') as {{ feature }},
        {% endfor -%}
        totals.counts_from as as_of_date
    from totals
    inner join feature_values on totals.value_number = feature_values.value_number
    group by totals.customer_number, totals.replay_date, totals.counts_from
),

favourites as (
    select
        {% for feature in features -%}
            max(best.{{ feature }}) over so_far as {{ feature }},
        {% endfor -%}
        frame.*
    from frame
    left join best
        on frame.customer_number = best.customer_number and frame.replay_date = best.replay_date and frame.as_of_date = best.as_of_date
    window so_far as (
        partition by frame.customer_number, frame.replay_date order by frame.as_of_date nulls last rows between unbounded preceding and current row
    )
),

measured as (
    select
        favourites.customer_id,
        favourites.as_of_date,
        favourites.replay_date,
        {% for feature in features -%}
            {{ feature }}_values.feature_value as {{ feature }},
            cast((favourites.{{ feature }} - mod(favourites.{{ feature }}, {{ base }})) / {{ base }} as bigint) as {{ feature }}_times,
        {% endfor -%}
        favourites.input_fingerprint
    from favourites
    {% for feature in features -%}
        left join feature_values as {{ feature }}_values
            on {{ feature }}_values.value_number = {{ base }} - mod(favourites.{{ feature }}, {{ base }})
    {% endfor %}
)

{{ replayed_rows('measured') }}
