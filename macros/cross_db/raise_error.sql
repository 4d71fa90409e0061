{#-
  An expression that stops the build with a message made from the data. It must stand in a CASE branch that only rows at
  fault reach. Engines call the function differently.
-#}
{% macro raise_error(message) %}{{ return(adapter.dispatch('raise_error')(message)) }}{% endmacro %}

{% macro default__raise_error(message) %}{{ return("error(" ~ message ~ ")") }}{% endmacro %}

{% macro spark__raise_error(message) %}{{ return("raise_error(" ~ message ~ ")") }}{% endmacro %}
