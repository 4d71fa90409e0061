{%- set sized = tag_columns() | selectattr('type', 'in', ['varchar', 'boolean']) | list %}

with dates as (
    select
        as_of_date,
        previous_as_of_date
    from {{ ref('int_as_of_dates') }}
),

compared as (
    select
        {% for tag in sized -%}
            customers.{{ tag.code }},
            coalesce(earlier.{{ tag.code }} <> customers.{{ tag.code }}, true) as {{ tag.code }}__is_new,
        {% endfor -%}
        customers.as_of_date,
        customers.active_days_30d > 0 as is_active,
        customers.days_since_last_active > {{ var('lost_after_days') }} as is_lost
    from {{ ref('customer_tags') }} as customers
    inner join dates on customers.as_of_date = dates.as_of_date
    left join {{ ref('customer_tags') }} as earlier
        on customers.customer_id = earlier.customer_id and dates.previous_as_of_date = earlier.as_of_date
),

sizes as (
    {% for tag in sized -%}
        select
            as_of_date,
            '{{ tag.code }}' as tag_code,
            cast({{ tag.code }} as {{ dbt.type_string() }}) as tag_value,
            count(*) as customers_count,
            count(*) filter (where is_active) as active_30d_count,
            count(*) filter (where is_lost) as lost_count,
            count(*) filter (where {{ tag.code }}__is_new) as new_customers_count
        from compared
        where {{ tag.code }} is not null
        group by 1, 2, 3
        {{ 'union all' if not loop.last }}
    {% endfor %}
)

select
    as_of_date,
    tag_code,
    tag_value,
    customers_count,
    {{ share('active_30d_count', 'customers_count') }} as active_30d_share,
    {{ share('lost_count', 'customers_count') }} as lost_share,
    new_customers_count
from sizes
