with current_customers as (
    select * from {{ ref('customer_tags') }}
    where is_current
),

{#- Customers with the same set of tags are counted once with their number: few sets, many customers. #}

tag_sets as (
    select
        {% for tag in tag_columns() %}{{ has_tag(tag) }} as {{ tag.code }},
        {% endfor -%}
        count(*) as customers_count
    from current_customers
    group by all
),

numbered as (
    select
        *,
        row_number() over (order by customers_count) as set_number
    from tag_sets
),

members as (
    {% for tag in tag_columns() -%}
        select
            set_number,
            customers_count,
            '{{ tag.code }}' as tag_code
        from numbered
        where {{ tag.code }}
        {{ 'union all' if not loop.last }}
    {% endfor %}
),

sizes as (
    select
        tag_code,
        sum(customers_count) as customers_count
    from members
    group by tag_code
),

pairs as (
    select
        this_tag.tag_code,
        other_tag.tag_code as other_tag_code,
        sum(this_tag.customers_count) as both_count
    from members as this_tag
    inner join members as other_tag on this_tag.set_number = other_tag.set_number and this_tag.tag_code <> other_tag.tag_code
    group by this_tag.tag_code, other_tag.tag_code
)

select
    pairs.tag_code,
    pairs.other_tag_code,
    cast(pairs.both_count as bigint) as both_count,
    {{ share('pairs.both_count', 'this_size.customers_count + other_size.customers_count - pairs.both_count') }} as jaccard
from pairs
inner join sizes as this_size on pairs.tag_code = this_size.tag_code
inner join sizes as other_size on pairs.other_tag_code = other_size.tag_code
