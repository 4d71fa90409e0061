with customer_tags as (
    select * from {{ ref('customer_tags') }}
),

{# The values of a tag at a date as one number: it stands still when nobody's value changes any more. #}
states as (
    {% for tag in tag_columns() -%}
        select
            '{{ tag.code }}' as tag_code,
            as_of_date,
            is_current,
            count(*) as customers_count,
            count(*) filter (where {{ has_tag(tag) }}) as tagged_count,
            count(distinct {{ tag.code }}) as distinct_values_count,
            {{ hash_sum(['customer_id', tag.code]) }} filter (where {{ has_tag(tag) }}) as values_hash
        from customer_tags
        group by as_of_date, is_current
        {{ 'union all' if not loop.last }}
    {% endfor %}
),

changes as (
    select
        *,
        lag(values_hash) over (partition by tag_code order by as_of_date) as previous_values_hash
    from states
),

ages as (
    select
        tag_code,
        max(as_of_date) filter (where values_hash is distinct from previous_values_hash) as last_changed_as_of_date
    from changes
    group by tag_code
),

nearest as (
    select
        tag_code,
        max(jaccard) as nearest_jaccard,
        max_by(other_tag_code, {{ in_order(['jaccard', 'other_tag_code']) }}) as nearest_tag_code
    from {{ ref('tag_overlaps') }}
    group by tag_code
),

uses as (
    select
        tag_code,
        used_in,
        uses_count
    from {{ ref('tag_uses') }}
)

select
    states.tag_code,
    states.as_of_date,
    states.customers_count,
    {{ share('states.tagged_count', 'states.customers_count') }} as coverage,
    states.distinct_values_count,
    ages.last_changed_as_of_date,
    {{ dbt.datediff('ages.last_changed_as_of_date', 'states.as_of_date', 'day') }} as age_days,
    nearest.nearest_tag_code,
    nearest.nearest_jaccard,
    uses.used_in,
    uses.uses_count,
    uses.uses_count = 0 as is_unused,
    coalesce(nearest.nearest_jaccard >= 0.99, false) as has_same_customers_as_nearest
from states
inner join ages on states.tag_code = ages.tag_code
left join nearest on states.tag_code = nearest.tag_code
inner join uses on states.tag_code = uses.tag_code
where states.is_current
