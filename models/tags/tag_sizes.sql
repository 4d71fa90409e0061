{%- set sized = tag_columns() | selectattr('type', 'in', ['varchar', 'boolean']) | list %}

with dates as (
    select
        as_of_date,
        previous_as_of_date
    from {{ ref('int_as_of_dates') }}
),

customers as (
    select
        customer_tags.*,
        dates.previous_as_of_date
    from {{ ref('customer_tags') }} as customer_tags
    inner join dates on customer_tags.as_of_date = dates.as_of_date
),

sizes as (
    {% for tag in sized -%}
        select
            customers.as_of_date,
            '{{ tag.code }}' as tag_code,
            cast(customers.{{ tag.code }} as {{ dbt.type_string() }}) as tag_value,
            count(*) as customers_count,
            count(*) filter (where customers.active_days_30d > 0) as active_30d_count,
            count(*) filter (where customers.days_since_last_active > {{ var('lost_after_days') }}) as lost_count,
            count(*) filter (where earlier.{{ tag.code }} is distinct from customers.{{ tag.code }}) as new_customers_count
        from customers
        left join {{ ref('customer_tags') }} as earlier
            on customers.customer_id = earlier.customer_id and customers.previous_as_of_date = earlier.as_of_date
        where customers.{{ tag.code }} is not null
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
