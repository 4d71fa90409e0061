{#- Whole years from a birth date to another date; null outside 0 to 120. -#}
{% macro full_years(birth_date, on_date) %}
    {% set years -%}
        extract(year from {{ on_date }}) - extract(year from {{ birth_date }})
        - case when extract(month from {{ on_date }}) * 100 + extract(day from {{ on_date }})
            < extract(month from {{ birth_date }}) * 100 + extract(day from {{ birth_date }}) then 1 else 0 end
    {%- endset %}
    {{ return("cast(case when " ~ years ~ " between 0 and 120 then " ~ years ~ " end as integer)") }}
{% endmacro %}

{#- A share as double, null when there is nothing to share. -#}
{% macro share(part, whole) %}
    {{ return("cast(" ~ part ~ " as double) / nullif(cast(" ~ whole ~ " as double), 0)") }}
{% endmacro %}

{#- A share pulled towards zero by one imaginary other choice: 1 of 1 says less than 9 of 10. -#}
{% macro shrunk_share(part, whole) %}
    {{ return("cast(" ~ part ~ " as double) / (cast(" ~ whole ~ " as double) + 1)") }}
{% endmacro %}
