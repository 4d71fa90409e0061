{#- An expression that ends the build with the sentence that `message` evaluates to. -#}
{% macro raise_error(message) %}{{ return(adapter.dispatch('raise_error')(message)) }}{% endmacro %}

{% macro default__raise_error(message) %}{{ return("error(" ~ message ~ ")") }}{% endmacro %}

{% macro spark__raise_error(message) %}{{ return("raise_error(" ~ message ~ ")") }}{% endmacro %}
