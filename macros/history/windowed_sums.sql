{#-
  Select-list pieces for difference encoding. `windowed` is {days: [measures]}, `lifelong` [measures];
  a windowed measure becomes the column <measure>_<days>d. What enters is added at the entry date
  (if still in the window there), what leaves is subtracted at its leaving date.
-#}
{% macro measured_columns(windowed, lifelong) %}
    {% set columns = lifelong | list %}
    {% for window, measures in windowed.items() %}
        {% for measure in measures %}{% do columns.append(measure ~ '_' ~ window ~ 'd') %}{% endfor %}
    {% endfor %}
    {{ return(columns) }}
{% endmacro %}

{% macro entering_sums(windowed, lifelong) %}
    {% for measure in lifelong %}sum({{ measure }}) as {{ measure }},
        {% endfor %}
    {% for window, measures in windowed.items() %}{% for measure in measures %}coalesce(sum({{ measure }}) filter (where {{ in_window(window) }}), 0) as {{ measure }}_{{ window }}d,
        {% endfor %}{% endfor %}
{% endmacro %}

{% macro leaving_sums(windowed, lifelong, leaving) %}
    {% for measure in lifelong %}0 as {{ measure }},
        {% endfor %}
    {% for window, measures in windowed.items() %}{% for measure in measures %}{{ '-sum(' ~ measure ~ ')' if window == leaving else 0 }} as {{ measure }}_{{ window }}d,
        {% endfor %}{% endfor %}
{% endmacro %}
