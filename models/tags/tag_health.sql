{#-
  Without filter: DuckDB copies the rows once for each filtered aggregate, and here are two hundred. And distinct values are
  counted from the mart itself: of one step with many readers DuckDB hands each of them all columns.
#}
{%- set codes = tag_columns() | map(attribute='code') | list %}

with customers as (
    select
        *,
        {{ row_hash(['customer_id']) }} as customer_hash
    from {{ ref('customer_tags') }}
),

{# The values of a tag at a date as one number: it stands still when nobody's value changes any more. #}
dates as (
    select
        {% for tag in tag_columns() -%}
            count(case when {{ has_tag(tag) }} then 1 end) as {{ tag.code }}__tagged_count,
            bit_xor(case when {{ has_tag(tag) }} then {{ row_hash(['customer_hash', tag.code]) }} end) as {{ tag.code }}__values_hash,
        {% endfor -%}
        as_of_date,
        is_current,
        count(*) as customers_count
    from customers
    group by as_of_date, is_current
),

distinct_values as (
    select
        {# The last digits of a double differ between machines. -#}
        {% for tag in tag_columns() %}count(distinct {{ 'round(' ~ tag.code ~ ', 9)' if tag.type == 'double' else tag.code }}) as {{ tag.code }},
        {% endfor -%}
        max(as_of_date) as newest_date
    from {{ ref('customer_tags') }}
    where is_current
),

{# Each tag a row, out of a column. Not a union of tags: Spark would read the mart anew for each. #}
tagged as (
    select
        replace(tag_column, '__tagged_count', '') as tag_code,
        as_of_date,
        is_current,
        customers_count,
        tagged_count
    from dates
    unpivot (tagged_count for tag_column in ({{ codes | join('__tagged_count, ') }}__tagged_count))
),

hashed as (
    select
        replace(tag_column, '__values_hash', '') as tag_code,
        as_of_date,
        values_hash
    from dates
    unpivot (values_hash for tag_column in ({{ codes | join('__values_hash, ') }}__values_hash))
),

distinct_counts as (
    select * from distinct_values
    unpivot (distinct_values_count for tag_code in ({{ codes | join(', ') }}))
),

states as (
    select
        tagged.*,
        hashed.values_hash,
        distinct_counts.distinct_values_count
    from tagged
    left join hashed on tagged.tag_code = hashed.tag_code and tagged.as_of_date = hashed.as_of_date
    left join distinct_counts on tagged.tag_code = distinct_counts.tag_code
),

changes as (
    select
        *,
        lag(values_hash) over (partition by tag_code order by as_of_date nulls last) as previous_values_hash
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
    select * from {{ ref('tag_uses') }}
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
