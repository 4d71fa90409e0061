{#-
  A model that joins many columns of all customers and dates is filled part by part, each of about `rows_at_once` rows of
  int_customers__spine: its memory grows with a part and not with the brand. Parts are ranges of a column of the spine, as-of
  dates or customer_bucket. The model asks is_in_part of it; first_part is its last pre-hook and other_parts its post-hook,
  in one transaction. Session variables of DuckDB, since it pushes their values into views as it does literals. Spark joins
  in parts by itself.
-#}
{% macro parts_of(column) %}
    {% set parts %}
        select min(part_column), max(part_column), typeof(min(part_column))
        from (
            select {{ column }} as part_column, floor((sum(count(*)) over (order by {{ column }}) - 1) / {{ var('rows_at_once') }}) as part
            from {{ ref('int_customers__spine') }}
            group by {{ column }}
        ) as sizes
        group by part
        order by part
    {% endset %}
    {{ return((run_query(parts).rows | list) if execute and by_engine(true, spark=false) else []) }}
{% endmacro %}

{% macro is_in_part(column) -%}
    {{ by_engine("(getvariable('part_from') is null or " ~ column ~ " between getvariable('part_from') and getvariable('part_to'))", spark='true') }}
{%- endmacro %}

{% macro first_part(column) %}{% for part in parts_of(column)[:1] %}{{ set_part(part) }}{% endfor %}{% endmacro %}

{% macro other_parts(column) %}
    {% for part in parts_of(column)[1:] %}
        {{ set_part(part) }}; insert into {{ this }} by name ({{ model.compiled_code }});
    {% endfor %}
    {{ by_engine('reset variable part_from; reset variable part_to', spark='') }}
{% endmacro %}

{% macro set_part(part) %}set variable part_from = cast('{{ part[0] }}' as {{ part[2] }}); set variable part_to = cast('{{ part[1] }}' as {{ part[2] }}){% endmacro %}

{% macro customer_bucket(customer_id='customer_id') %}{{ return(by_engine('hash(' ~ customer_id ~ ') % 1000', spark='0')) }}{% endmacro %}
