{#-
  An expression that stops the build with a message made from the data. It must stand in a CASE branch that only rows at
  fault reach.
-#}
{% macro raise_error(message) %}{{ return(by_engine("error(", spark="raise_error(") ~ message ~ ")") }}{% endmacro %}
