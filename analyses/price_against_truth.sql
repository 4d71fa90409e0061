{#-
  How well price_sensitivity finds what the sample generator drew: customers of the current date by their number of orders,
  the rank correlation (Spearman, ties in the middle) and the distance (root mean square) of the shrunk and the raw coupon
  share from the true chance. For brands of `python -m workshop sample`, whose folder has truth/; after a build:

      dbt show --select price_against_truth --vars '{raw_path: FOLDER}'
-#}
{%- set file = var('raw_path') ~ '/truth/people' %}
{%- if execute %}
    {%- set file = run_query("select min(file) from glob('" ~ file ~ ".*')").columns[0].values()[0] %}
{%- endif %}
{%- set classes = {'all': '1 = 1', '1': 'orders_count = 1', '2': 'orders_count = 2', '3-5': 'orders_count between 3 and 5', '6+': 'orders_count >= 6'} %}

with customers as (
    select
        scores.orders_count,
        scores.price_sensitivity as shrunk,
        cast(scores.coupon_orders_count as double) / scores.orders_count as own,
        cast(people.price_sensitivity as double) as truth
    from {{ ref('score_price_sensitivity') }} as scores
    inner join '{{ file }}' as people on scores.customer_id = cast(people.customer_id as varchar)
    where scores.as_of_date = (select max(as_of_date) from {{ ref('int_as_of_dates') }})
),

classed as (
    {%- for name, condition in classes.items() %}
        select
            {{ loop.index }} as place,
            '{{ name }}' as orders,
            *
        from customers
        where {{ condition }}
        {% if not loop.last %}union all{% endif %}
    {% endfor %}
),

ranked as (
    select
        *,
        rank() over (partition by place order by shrunk) + (count(*) over (partition by place, shrunk) - 1) / 2e0 as shrunk_rank,
        rank() over (partition by place order by own) + (count(*) over (partition by place, own) - 1) / 2e0 as own_rank,
        rank() over (partition by place order by truth) + (count(*) over (partition by place, truth) - 1) / 2e0 as truth_rank
    from classed
)

select
    orders,
    count(*) as customers_count,
    round(corr(shrunk_rank, truth_rank), 3) as shrunk_correlation,
    round(corr(own_rank, truth_rank), 3) as raw_correlation,
    round(sqrt(avg(power(shrunk - truth, 2))), 3) as shrunk_distance,
    round(sqrt(avg(power(own - truth, 2))), 3) as raw_distance
from ranked
group by orders, place
order by place
