{#- An amount at an exchange rate, to four decimals; the amount itself where there is no rate, which is in the base currency. -#}
{% macro in_base_currency(amount, rate) -%}
    case
        when {{ rate }} is null then cast({{ amount }} as decimal(18, 4))
        else cast(round(cast({{ amount }} as decimal(18, 4)) * {{ rate }}, 4) as decimal(18, 4))
    end
{%- endmacro %}
