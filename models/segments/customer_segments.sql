{{ config(materialized='view') }}

{% for scheme in segment_schemes() -%}
    select
        customer_id,
        as_of_date,
        is_current,
        '{{ scheme.definition.code }}' as scheme_code,
        segment_code
    from {{ rows_of_scheme(scheme.model) }}
    {{ 'union all' if not loop.last }}
{% endfor %}
