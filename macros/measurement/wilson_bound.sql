{#- Lower ('-') or upper ('+') bound of Wilson's 95 % interval of a share, as double between 0 and 1; null without trials. -#}
{% macro wilson_bound(successes, trials, sign) %}
    {% set z, n = 1.959963984540054, "nullif(cast(" ~ trials ~ " as double), 0)" %}
    {% set p = "(cast(" ~ successes ~ " as double) / " ~ n ~ ")" %}
    {% set half = z ~ " * sqrt(" ~ p ~ " * (1 - " ~ p ~ ") / " ~ n ~ " + " ~ z * z / 4 ~ " / " ~ n ~ " / " ~ n ~ ")" %}
    {% set bound = "(" ~ p ~ " + " ~ z * z / 2 ~ " / " ~ n ~ " " ~ sign ~ " " ~ half ~ ") / (1 + " ~ z * z ~ " / " ~ n ~ ")" %}
    {{ return("case when " ~ trials ~ " > 0 then least(greatest(" ~ bound ~ ", 0), 1) end") }}
{% endmacro %}
