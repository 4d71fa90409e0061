{{ config(materialized='incremental', incremental_strategy='append', full_refresh=false, meta={'reads_vars': false}) }}

with newest as (
    select as_of_date
    from {{ ref('int_as_of_dates') }}
    where is_current
),

sizes as (
    select
        sizes.scheme_code,
        sizes.segment_code,
        sizes.as_of_date,
        sizes.customers_count,
        definitions.change_number
    from {{ ref('segment_sizes') }} as sizes
    inner join newest on sizes.as_of_date = newest.as_of_date
    inner join {{ ref('segment_definition_changes') }} as definitions
        on sizes.scheme_code = definitions.scheme_code and sizes.segment_code = definitions.segment_code and definitions.is_in_force
)

{% if is_incremental() %}
    ,

    said as (
        select
            *,
            row_number() over (partition by scheme_code, segment_code, as_of_date order by said_number desc nulls last) as place
        from {{ this }}
    )

    select
        sizes.*,
        cast(coalesce(said.said_number, 0) + 1 as integer) as said_number
    from sizes
    left join said
        on
            sizes.scheme_code = said.scheme_code
            and sizes.segment_code = said.segment_code
            and sizes.as_of_date = said.as_of_date
            and said.place = 1
    where sizes.customers_count is distinct from said.customers_count or sizes.change_number is distinct from said.change_number
{% else %}
    select
        *,
        1 as said_number
    from sizes
{% endif %}
