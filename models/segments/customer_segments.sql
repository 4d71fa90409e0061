{{ config(materialized='view') }}

{% for model in segment_models() -%}
    select
        customer_id,
        as_of_date,
        is_current,
        '{{ model | replace("segment_", "") }}' as scheme_code,
        segment_code
    from {{ ref(model) }}
    {{ 'union all' if not loop.last }}
{% endfor %}
