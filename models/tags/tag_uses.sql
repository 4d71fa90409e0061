{{ config(materialized='view') }}

{#- From the code of the models that read customer_tags, as dbt knows them once the project is read. -#}
{%- set readers = [] -%}
{%- for node in (graph.nodes.values() if execute else []) if node.resource_type == 'model' and node.fqn[1] != 'tags' -%}
    {%- if 'model.tagmart.customer_tags' in node.depends_on.nodes %}{% do readers.append(node) %}{% endif -%}
{%- endfor -%}

with uses as (
    {% for tag in tag_columns() -%}
        {#- A window chosen by a var is written as a template: orders_count_{{ var('rfm_window_days') }}d. -#}
        {%- set template = modules.re.sub('_' ~ var('rfm_window_days') ~ 'd$', "_\\{\\{ var\\('rfm_window_days'\\) \\}\\}d", tag.code) -%}
        {%- set models = [] -%}
        {%- for node in readers if modules.re.search('\\b(' ~ tag.code ~ '|' ~ template ~ ')\\b', node.raw_code) -%}
            {%- do models.append(node.name) -%}
        {%- endfor -%}
        select
            '{{ tag.code }}' as tag_code,
            '{{ models | sort | join(', ') }}' as used_in,
            {{ models | length }} as uses_count
        {{ 'union all' if not loop.last }}
    {% endfor %}
)

select * from uses
