{#-
  Customers stand in blocks of 62, a bit for each, so that a pair of tags is counted block by block: for two tags of a block
  the bits they share are the customers who have both.
-#}
{%- set block_size = 62 %}

with current_customers as (
    select
        *,
        row_number() over (order by customer_id nulls last) - 1 as place
    from {{ ref('customer_tags') }}
    where is_current
),

placed as (
    select
        *,
        cast(floor(place / {{ block_size }}) as integer) as block_number,
        cast(power(2, place % {{ block_size }}) as bigint) as customer_bit
    from current_customers
),

blocks as (
    select
        {% for tag in tag_columns() %}bit_or(case when {{ has_tag(tag) }} then customer_bit end) as {{ tag.code }},
        {% endfor -%}
        block_number
    from placed
    group by block_number
),

members as (
    select
        block_number,
        tag_code,
        customer_bits
    from blocks
    unpivot (customer_bits for tag_code in ({{ tag_columns() | map(attribute='code') | join(', ') }}))
),

sizes as (
    select
        tag_code,
        sum(bit_count(customer_bits)) as customers_count
    from members
    group by tag_code
),

pairs as (
    select
        this_tag.tag_code,
        other_tag.tag_code as other_tag_code,
        sum(bit_count(this_tag.customer_bits & other_tag.customer_bits)) as both_count
    from members as this_tag
    inner join members as other_tag on this_tag.block_number = other_tag.block_number and this_tag.tag_code <> other_tag.tag_code
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
where pairs.both_count > 0
