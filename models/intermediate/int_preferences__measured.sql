{{ config(materialized='incremental', incremental_strategy='append', on_schema_change='fail', pre_hook="{{ forget_stale_rows() }}") }}

{%- set item_features = ['category', 'style', 'colour', 'size', 'sku_id'] %}
{%- set features = item_features + ['channel', 'hour_band'] %}
{%- set places = 4294967296 %}

with {{ purchases_entered([]) }},

lines as (
    select
        purchases.customer_id,
        purchases.replay_date,
        purchases.enters,
        {% for feature in item_features -%}
            items.{{ feature }},
        {% endfor -%}
        items.quantity as times
    from purchases
    inner join {{ ref('int_order_items__described') }} as items on purchases.order_id = items.order_id
),

{% for feature in features -%}
    {%- set source = 'lines' if feature in item_features else 'purchases' %}
    {{ feature }}_values as (
        select
            {{ feature }},
            row_number() over (order by {{ feature }}) as place
        from (select distinct {{ feature }} from {{ source }}) as distinct_values
        where {{ feature }} is not null
    ),

    {{ feature }}_counted as (
        select
            bought.customer_id,
            bought.replay_date,
            bought.enters,
            places.place,
            {{ 'sum(bought.times)' if feature in item_features else 'count(*)' }} as times
        from {{ source }} as bought
        inner join {{ feature }}_values as places on bought.{{ feature }} = places.{{ feature }}
        group by bought.customer_id, bought.replay_date, bought.enters, places.place
    ),
{% endfor %}

counted as (
    {% for feature in features -%}
        select
            *,
            '{{ feature }}' as feature
        from {{ feature }}_counted
        {{ 'union all' if not loop.last }}
    {% endfor %}
),

{#-
  A count and a place in the alphabet as one number, larger for the larger count and, at equal counts, for the value that
  comes first. Counts only grow within one history, so the running maximum is the favourite.
#}

totals as (
    select
        *,
        cast(sum(times) over so_far as {{ type_wide_integer() }}) * {{ places }} + {{ places }} - place as count_and_place
    from counted
    window so_far as (partition by customer_id, replay_date, feature, place order by enters)
),

best as (
    select
        customer_id,
        replay_date,
        {% for feature in features -%}
            max(count_and_place) filter (where feature = '{{ feature }}') as {{ feature }}_best,
        {% endfor -%}
        enters as as_of_date
    from totals
    group by customer_id, replay_date, enters
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
        on frame.customer_id = best.customer_id and frame.replay_date = best.replay_date and frame.as_of_date = best.as_of_date
    window so_far as (
        partition by frame.customer_id, frame.replay_date order by frame.as_of_date rows between unbounded preceding and current row
    )
),

measured as (
    select
        favourites.customer_id,
        favourites.as_of_date,
        favourites.replay_date,
        {% for feature in features -%}
            {{ feature }}_values.{{ feature }},
            cast((favourites.{{ feature }}_best - mod(favourites.{{ feature }}_best, {{ places }})) / {{ places }} as bigint) as {{ feature }}_times,
        {% endfor -%}
        favourites.input_fingerprint
    from favourites
    {% for feature in features -%}
        left join {{ feature }}_values on {{ feature }}_values.place = {{ places }} - mod(favourites.{{ feature }}_best, {{ places }})
    {% endfor %}
)

{{ history_rows('measured') }}
