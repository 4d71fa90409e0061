{{ config(group='measurement') }}
{#-
  A measure that coverage does not name is empty without anybody being told why. The raw tables that measures are made from must
  be some that the contract knows, else they are missing for ever.
-#}
{%- set measures, tables = [], [] -%}
{%- for node in (graph.nodes.values() if execute else []) if node.resource_type == 'model' and node.fqn[1] == 'measurement' and node.access == 'public' -%}
    {%- do measures.append(node.name) if node.name != 'measurement_coverage' -%}
{%- endfor -%}
{%- for source in (graph.sources.values() if execute else []) -%}{%- do tables.append(source.name) -%}{%- endfor -%}
with known as (
    {% for measure in measures | sort -%}
        select '{{ measure }}' as measure
        union all
    {% endfor -%}
    select cast(null as {{ dbt.type_string() }}) as measure
    where false
),

inputs as (
    select * from {{ ref('measurement_inputs') }}
),

covered as (
    select measure from {{ ref('measurement_coverage') }}
)

select
    coalesce(known.measure, covered.measure) as measure,
    cast(null as {{ dbt.type_string() }}) as raw_table
from known
full outer join covered on known.measure = covered.measure
where known.measure is null or covered.measure is null
union all
select
    measure,
    raw_table
from inputs
where raw_table not in ('{{ tables | sort | join("', '") }}')
