{#- What to say when neither a column nor var date_order tells the day from the month. -#}
{% macro date_order_sentence() %}
    {{ return("case when day_first_example is null
                then 'The dates in column ' || column_name || ' of raw table ' || table_name || ', such as ' || either_example
                    || ', do not say whether the day or the month comes first: set var date_order to day_first or month_first.'
                else 'The column ' || column_name || ' of raw table ' || table_name || ' holds dates that can only be read day first (' || day_first_example
                    || ') and others that can only be read month first (' || month_first_example
                    || '): repair the file, or set var date_order to day_first or month_first, and those of the other kind are rejected.'
            end") }}
{% endmacro %}
