{#-
  A model that joins many columns of all customers and dates is filled part by part, each of about `rows_at_once` rows by
  customer and as-of date, in one transaction: its memory does not grow with history. Parts are ranges of as-of dates or of
  customer_bucket, open at both ends, so that everybody is in one. The model asks is_in_part; first_part is its last pre-hook,
  other_parts its post-hook. DuckDB pushes the values of its variables into views as it does literals. Spark joins in parts by itself.
-#}
{% macro parts_of(column, population) %}
    {% set parts %}
        select lag(max(part_column)) over parts, case when lead(part) over parts is not null then max(part_column) end, typeof(max(part_column))
        from (
            select {{ column }} as part_column, floor((sum(count(*)) over (order by {{ column }}) - 1) / {{ var('rows_at_once') }}) as part
            from {{ ref(population) }}
            group by {{ column }}
        ) as sizes
        group by part window parts as (order by part) order by part
    {% endset %}
    {{ return((run_query(parts).rows | list) if execute and by_engine(true, spark=false) else []) }}
{% endmacro %}

{% macro is_in_part(column) -%}
    {% set after, until = "getvariable('part_after')", "getvariable('part_to')" %}
    {{ by_engine("(" ~ after ~ " is null or " ~ column ~ " > " ~ after ~ ") and (" ~ until ~ " is null or " ~ column ~ " <= " ~ until ~ ")", spark='true') }}
{%- endmacro %}

{% macro first_part(column, population='int_customers__spine') %}
    {% for part in parts_of(column, population)[:1] %}{{ set_part(part) }}{% endfor %}
{% endmacro %}

{% macro other_parts(column, population='int_customers__spine') %}
    {% for part in parts_of(column, population)[1:] %}{{ set_part(part) }}; insert into {{ this }} by name ({{ model.compiled_code }});{% endfor %}
    {{ by_engine('reset variable part_after; reset variable part_to', spark='') }}
{% endmacro %}

{% macro set_part(part) -%}{% for name, bound in [('part_after', part[0]), ('part_to', part[1])] -%}
        set variable {{ name }} = {{ "cast('" ~ bound ~ "' as " ~ part[2] ~ ")" if bound is not none else 'null' }}{{ '; ' if loop.first }}
{%- endfor %}{% endmacro %}

{% macro customer_bucket(customer_id='customer_id') %}{{ return(by_engine('hash(' ~ customer_id ~ ') % 1000', spark='0')) }}{% endmacro %}
