{#- A tag's values hold more customers than there are, or a yes-or-no tag leaves someone out: audience sizes lie. -#}
with population as (
    select
        as_of_date,
        count(*) as population
    from {{ ref('customer_tags') }}
    group by as_of_date
),

sized as (
    select
        sizes.as_of_date,
        sizes.tag_code,
        entries.data_type,
        sum(sizes.customers_count) as customers_count,
        max(sizes.new_customers_count - sizes.customers_count) as most_surplus_of_new
    from {{ ref('tag_sizes') }} as sizes
    left join {{ ref('tag_dictionary') }} as entries on sizes.tag_code = entries.tag_code
    group by sizes.as_of_date, sizes.tag_code, entries.data_type
)

select
    sized.as_of_date,
    sized.tag_code,
    sized.data_type,
    sized.customers_count,
    population.population
from sized
left join population on sized.as_of_date = population.as_of_date
where
    sized.data_type is null
    or population.population is null
    or sized.customers_count > population.population
    or (sized.data_type = 'boolean' and sized.customers_count < population.population)
    or sized.most_surplus_of_new > 0
