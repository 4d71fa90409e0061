{#-
  Pre-hook: the rows of an incremental model that meet a condition, gone. A table of Parquet knows no delete. History is partitioned
  by its as-of date there, and the dates that hold such rows are overwritten without them, so that rows which stay are never away:
  what was said at a date in the past could not be said again. Another table is written again as a whole.
-#}
{% macro forget_rows(condition) %}{{ return(adapter.dispatch('forget_rows')(condition)) }}{% endmacro %}

{% macro default__forget_rows(condition) %}{{ return('delete from ' ~ this ~ ' where ' ~ condition) }}{% endmacro %}

{% macro spark__forget_rows(condition) %}
    {% set rest = this.incorporate(path={'identifier': this.identifier ~ '__rest'}) %}
    {% set columns = adapter.get_columns_in_relation(this) | map(attribute='name') | list %}
    {% set kept = 'create table ' ~ rest ~ ' using parquet as select ' ~ (columns | join(', ')) ~ ' from ' ~ this
        ~ ' where not coalesce(' ~ condition ~ ', false)' %}
    {% do run_query('drop table if exists ' ~ rest) %}
    {% if 'as_of_date' not in columns %}
        {% for step in [kept, 'drop table ' ~ this, 'alter table ' ~ rest ~ ' rename to ' ~ this] %}{% do run_query(step) %}{% endfor %}
        {{ return('') }}
    {% endif %}
    {% set dates = run_query('select distinct as_of_date from ' ~ this ~ ' where ' ~ condition).columns[0].values() %}
    {% if dates %}
        {% do run_query(kept ~ " and as_of_date in (date '" ~ (dates | join("', date '")) ~ "')") %}
        {% do run_query('insert overwrite ' ~ this ~ ' partition (as_of_date) select ' ~ (columns | join(', ')) ~ ' from ' ~ rest) %}
        {% set left = run_query('select distinct as_of_date from ' ~ rest).columns[0].values() %}
        {% for date in dates if date not in left %}
            {% do run_query('alter table ' ~ this ~ " drop if exists partition (as_of_date = date '" ~ date ~ "')") %}
        {% endfor %}
        {% do run_query('drop table ' ~ rest) %}
    {% endif %}
    {{ return('') }}
{% endmacro %}

{% macro spark__partition_cols(label, required=false) %}
    {% set is_history = config.get('materialized') == 'incremental' and 'as_of_date' in get_columns_in_query(model.compiled_code) %}
    {{ return(label ~ ' (as_of_date)' if is_history else '') }}
{% endmacro %}
