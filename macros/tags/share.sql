{#- A share as double, null when there is nothing to share. -#}
{% macro share(part, whole) %}
    {{ return("cast(" ~ part ~ " as double) / nullif(cast(" ~ whole ~ " as double), 0)") }}
{% endmacro %}

{#- A share pulled towards zero by one imaginary other choice: 1 of 1 says less than 9 of 10. -#}
{% macro shrunk_share(part, whole) %}
    {{ return("cast(" ~ part ~ " as double) / (cast(" ~ whole ~ " as double) + 1)") }}
{% endmacro %}
