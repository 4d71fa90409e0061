{{ config(materialized='incremental', incremental_strategy='append', full_refresh=false, meta={'reads_vars': false}) }}

{#- A build of an earlier day says nothing new of sizes. #}

with said as (
    {% if is_incremental() %}
        select
            *,
            row_number() over (partition by scheme_code, segment_code, as_of_date order by said_number desc nulls last) as place
        from {{ this }}
    {% else %}
        select
            sizes.*,
            0 as change_number,
            0 as said_number,
            1 as place
        from {{ ref('segment_sizes') }} as sizes
        where 1 = 0
    {% endif %}
)

select
    sizes.scheme_code,
    sizes.segment_code,
    sizes.as_of_date,
    sizes.customers_count,
    in_force.change_number,
    cast(coalesce(said.said_number, 0) + 1 as integer) as said_number
from {{ ref('segment_sizes') }} as sizes
inner join {{ ref('int_as_of_dates') }} as dates on sizes.as_of_date = dates.as_of_date and dates.is_current
inner join {{ ref('segment_definitions__in_force') }} as in_force
    on sizes.scheme_code = in_force.scheme_code and sizes.segment_code = in_force.segment_code
left join said
    on sizes.scheme_code = said.scheme_code and sizes.segment_code = said.segment_code and sizes.as_of_date = said.as_of_date and said.place = 1
where
    (sizes.customers_count is distinct from said.customers_count or in_force.change_number is distinct from said.change_number)
    and sizes.as_of_date >= (select coalesce(max(told.as_of_date), date '1900-01-01') from said as told)
