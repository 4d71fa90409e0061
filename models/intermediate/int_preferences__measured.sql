{{ config(materialized='incremental', incremental_strategy='append', on_schema_change='fail', pre_hook="{{ forget_stale_rows() }}") }}

{%- set sku_features = ['sku_id', 'category', 'style', 'colour', 'size'] %}
{%- set order_features = ['channel', 'hour_band'] %}
{%- set features = sku_features + order_features %}
{%- set places = 4294967296 %}

with {{ purchases_entered(order_features) }},

bought as (
    select
        purchases.customer_number,
        purchases.replay_date,
        purchases.enters,
        items.sku_id,
        cast(sum(items.quantity) as bigint) as times
    from purchases
    inner join {{ ref('int_order_items__described') }} as items on purchases.order_id = items.order_id
    group by purchases.customer_number, purchases.replay_date, purchases.enters, items.sku_id
),

skus as (
    select distinct {{ sku_features | join(', ') }}
    from {{ ref('int_order_items__described') }}
),

{#- The place of a value in the alphabet, as a short number to group by. #}

{% for feature in features -%}
    {{ feature }}_places as (
        select
            {{ feature }},
            cast({{ loop.index }} as smallint) as feature,
            cast(row_number() over (order by {{ feature }}) as integer) as place
        from (select distinct {{ feature }} from {{ 'skus' if feature in sku_features else 'purchases' }}) as distinct_values
        where {{ feature }} is not null
    ),
{% endfor %}

counted as (
    {% for feature in features -%}
        select
            counts.customer_number,
            counts.replay_date,
            counts.enters,
            places.feature,
            places.place,
            cast({{ 'sum(counts.times)' if feature in sku_features else 'count(*)' }} as bigint) as times
        from {{ 'bought' if feature in sku_features else 'purchases' }} as counts
        {% if feature in sku_features %}inner join skus on counts.sku_id = skus.sku_id{% endif %}
        inner join {{ feature }}_places as places on {{ 'skus' if feature in sku_features else 'counts' }}.{{ feature }} = places.{{ feature }}
        group by counts.customer_number, counts.replay_date, counts.enters, places.feature, places.place
        {{ 'union all' if not loop.last }}
    {% endfor %}
),

{#-
  A count and a place in the alphabet as one number, larger for the larger count and, at equal counts, for the value that
  comes first (2 thousand million units are as good as more). Counts only grow within one history, so the running maximum
  is the favourite.
#}

totals as (
    select
        *,
        cast(least(sum(times) over so_far, 2000000000) as bigint) * {{ places }} + {{ places }} - place as count_and_place
    from counted
    window so_far as (partition by customer_number, replay_date, feature, place order by enters)
),

best as (
    select
        customer_number,
        replay_date,
        {% for feature in features -%}
            max(count_and_place) filter (where feature = {{ loop.index }}) as {{ feature }}_best,
        {% endfor -%}
        enters as as_of_date
    from totals
    group by customer_number, replay_date, enters
),

frame as (
    {{ history_spine() }}
),

favourites as (
    select
        frame.customer_id,
        frame.as_of_date,
        frame.replay_date,
        {% for feature in features -%}
            max(best.{{ feature }}_best) over so_far as {{ feature }}_best,
        {% endfor -%}
        frame.input_fingerprint
    from frame
    left join best
        on frame.customer_number = best.customer_number and frame.replay_date = best.replay_date and frame.as_of_date = best.as_of_date
    window so_far as (
        partition by frame.customer_number, frame.replay_date order by frame.as_of_date rows between unbounded preceding and current row
    )
),

measured as (
    select
        favourites.customer_id,
        favourites.as_of_date,
        favourites.replay_date,
        {% for feature in features -%}
            {{ feature }}_places.{{ feature }},
            cast((favourites.{{ feature }}_best - mod(favourites.{{ feature }}_best, {{ places }})) / {{ places }} as bigint) as {{ feature }}_times,
        {% endfor -%}
        favourites.input_fingerprint
    from favourites
    {% for feature in features -%}
        left join {{ feature }}_places on {{ feature }}_places.place = {{ places }} - mod(favourites.{{ feature }}_best, {{ places }})
    {% endfor %}
)

{{ history_rows('measured') }}
