{{ config(materialized='incremental', incremental_strategy='append', full_refresh=false, meta={'reads_vars': false}) }}

{#- A build of an earlier day says nothing new of definitions. #}

with newest as (
    select as_of_date
    from {{ ref('int_as_of_dates') }}
    where is_current
),

definitions as (
    select
        scheme_code,
        segment_code,
        rule,
        population,
        inputs
    from {{ ref('segment_definitions') }}
),

said as (
    {% if is_incremental() %}
        select
            *,
            row_number() over (partition by scheme_code, segment_code order by change_number desc nulls last) as place
        from {{ this }}
    {% else %}
        select
            *,
            cast(null as date) as as_of_date,
            0 as change_number,
            1 as place
        from definitions
        where 1 = 0
    {% endif %}
),

last_said as (
    select * from said
    where place = 1
),

changed as (
    select
        definitions.scheme_code,
        definitions.segment_code,
        coalesce(last_said.change_number, 0) + 1 as change_number,
        definitions.rule,
        definitions.population,
        definitions.inputs
    from definitions
    left join last_said on definitions.scheme_code = last_said.scheme_code and definitions.segment_code = last_said.segment_code
    where
        definitions.rule is distinct from last_said.rule
        or definitions.population is distinct from last_said.population
        or definitions.inputs is distinct from last_said.inputs
    union all
    select
        last_said.scheme_code,
        last_said.segment_code,
        last_said.change_number + 1 as change_number,
        cast(null as {{ dbt.type_string() }}) as rule,
        cast(null as {{ dbt.type_string() }}) as population,
        cast(null as {{ dbt.type_string() }}) as inputs
    from last_said
    left join definitions on last_said.scheme_code = definitions.scheme_code and last_said.segment_code = definitions.segment_code
    where last_said.rule is not null and definitions.segment_code is null
)

select
    changed.scheme_code,
    changed.segment_code,
    cast(changed.change_number as integer) as change_number,
    changed.rule,
    changed.population,
    changed.inputs,
    newest.as_of_date
from changed
cross join newest
where newest.as_of_date >= (select coalesce(max(told.as_of_date), date '1900-01-01') from said as told)
