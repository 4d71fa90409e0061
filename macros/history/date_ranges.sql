{#-
  A model that joins many columns of all customers and dates is filled range by range of as-of dates, each of about
  `rows_at_once` rows of int_customers__spine: its memory grows with a date and not with history. The model asks
  is_in_range of its as_of_date; first_range is its last pre-hook and other_ranges its post-hook, in one transaction.
  Session variables of DuckDB, since it pushes their values into views as it does literals. Spark joins in parts by itself.
-#}
{% macro date_ranges() %}
    {% set ranges %}
        select min(as_of_date), max(as_of_date)
        from (
            select as_of_date, floor((sum(count(*)) over (order by as_of_date) - 1) / {{ var('rows_at_once') }}) as part
            from {{ ref('int_customers__spine') }}
            group by as_of_date
        ) as dates
        group by part
        order by part
    {% endset %}
    {{ return((run_query(ranges).rows | list) if execute and by_engine(true, spark=false) else []) }}
{% endmacro %}

{% macro is_in_range(date_column) -%}
    {{ by_engine("(getvariable('first_date') is null or " ~ date_column ~ " between getvariable('first_date') and getvariable('last_date'))", spark='true') }}
{%- endmacro %}

{% macro first_range() %}{% for range in date_ranges()[:1] %}{{ set_range(range) }}{% endfor %}{% endmacro %}

{% macro other_ranges() %}
    {% for range in date_ranges()[1:] %}
        {{ set_range(range) }}; insert into {{ this }} by name ({{ model.compiled_code }});
    {% endfor %}
    {{ by_engine('reset variable first_date; reset variable last_date', spark='') }}
{% endmacro %}

{% macro set_range(dates) %}set variable first_date = date '{{ dates[0] }}'; set variable last_date = date '{{ dates[1] }}'{% endmacro %}
