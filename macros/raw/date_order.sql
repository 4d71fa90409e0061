{#-
  Which comes first in the dates of a column (stg_column_formats, counted): its own cells say, else var date_order; when
  neither does, the build stops and asks. A few strays in a column of another form are not worth a question: they are
  rejected.
-#}
{% macro date_order() %}
    {% set sentence -%}
        case
            when day_first_example is null
                then 'The dates in column ' || column_name || ' of raw table ' || table_name || ', such as ' || either_example
                    || ', do not say whether the day or the month comes first: set var date_order to day_first or month_first.'
            else 'The column ' || column_name || ' of raw table ' || table_name || ' holds dates that can only be read day first (' || day_first_example
                || ') and others that can only be read month first (' || month_first_example
                || '): repair the file, or set var date_order to day_first or month_first, and those of the other kind are rejected.'
        end
    {%- endset %}
    {{ return("case when day_first_example is not null and month_first_example is null then 'day_first' "
        ~ "when month_first_example is not null and day_first_example is null then 'month_first' "
        ~ "when day_month_count * 10 >= cells_count and day_month_count > 0 and coalesce(day_first_example, either_example) is not null then "
        ~ (raise_error(sentence) if var('date_order') == 'auto' else "'" ~ var('date_order') ~ "'") ~ " end") }}
{% endmacro %}
