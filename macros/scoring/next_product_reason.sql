{#- Why a product is offered, as a sentence for whoever writes to the customer. -#}
{% macro next_product_reason() %}
    {%- set text = dbt.type_string() -%}
    case
        when kind = 'novel' then concat('often bought by those who buy ', because_sku_id)
        when kind = 'upgrade' then concat('the step up from ', because_sku_id, ', bought ', cast(days_count as {{ text }}), case when days_count = 1 then ' time' else ' times' end)
        when days_count = 1 then concat('bought once, ', cast({{ dbt.datediff('last_date', 'as_of_date', 'day') }} as {{ text }}), ' days ago')
        else concat(
            'bought ', cast(days_count as {{ text }}), ' times, usually every ',
            cast(cast(round({{ dbt.datediff('first_date', 'last_date', 'day') }} / (days_count - 1e0)) as integer) as {{ text }}), ' days'
        )
    end
{% endmacro %}
