{#- Condition: the row of `rows` is not kept from an earlier run. -#}
{% macro is_lacking(rows) -%}
    {% if is_incremental() -%}
        not exists (
            select 1
            from {{ this }} as kept
            where kept.customer_id = {{ rows }}.customer_id and kept.as_of_date = {{ rows }}.as_of_date
        )
    {%- else -%}
        true
    {%- endif %}
{%- endmacro %}
