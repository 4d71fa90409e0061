{#- Why a product is offered, as a sentence for whoever writes to the customer; `offers` is the CTE that holds it. -#}
{% macro next_product_reason(offers) %}
    {%- set text = dbt.type_string() -%}
    {%- set rhythm = dbt.datediff(offers ~ '.first_date', offers ~ '.last_date', 'day') ~ ' / (' ~ offers ~ '.days_count - 1e0)' -%}
    case
        when {{ offers }}.kind = 'novel' then concat('often bought by those who buy ', {{ offers }}.because_sku_id)
        when {{ offers }}.kind = 'upgrade'
            then concat(
                'the step up from ', {{ offers }}.because_sku_id, ', bought ',
                case when {{ offers }}.days_count = 1 then 'once' else concat(cast({{ offers }}.days_count as {{ text }}), ' times') end
            )
        when {{ offers }}.days_count = 1
            then case {{ dbt.datediff(offers ~ '.last_date', offers ~ '.as_of_date', 'day') }}
                when 0 then 'bought once, today'
                when 1 then 'bought once, 1 day ago'
                else concat('bought once, ', cast({{ dbt.datediff(offers ~ '.last_date', offers ~ '.as_of_date', 'day') }} as {{ text }}), ' days ago')
            end
        else concat(
            'bought ', cast({{ offers }}.days_count as {{ text }}), ' times, usually every ',
            case cast(round({{ rhythm }}) as integer) when 1 then 'day' else concat(cast(cast(round({{ rhythm }}) as integer) as {{ text }}), ' days') end
        )
    end
{% endmacro %}
