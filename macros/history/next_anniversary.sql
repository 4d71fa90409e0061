{#- The next day after a date on which something of an earlier date comes round; 29 February is the 28th in years without one. -#}
{% macro next_anniversary(date, after) %}
    {% set this_year = anniversary(date, "extract(year from " ~ after ~ ")") %}
    case
        when {{ this_year }} > {{ after }} then {{ this_year }}
        else {{ anniversary(date, "(extract(year from " ~ after ~ ") + 1)") }}
    end
{% endmacro %}

{% macro anniversary(date, year) %}
    {% set month, day = "extract(month from " ~ date ~ ")", "extract(day from " ~ date ~ ")" %}
    {% set is_leap = year ~ " % 4 = 0 and (" ~ year ~ " % 100 <> 0 or " ~ year ~ " % 400 = 0)" %}
    {{ return("make_date(" ~ [
        "cast(" ~ year ~ " as integer)", "cast(" ~ month ~ " as integer)",
        "cast(case when " ~ month ~ " = 2 and " ~ day ~ " = 29 and not (" ~ is_leap ~ ") then 28 else " ~ day ~ " end as integer)"
    ] | join(", ") ~ ")") }}
{% endmacro %}
