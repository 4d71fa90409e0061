{#-
  Pre-hook: the rows of an incremental model that meet a condition, gone. A table of Parquet knows no delete: on Spark, where history
  is partitioned by its as-of date, Python writes what stays again (tagmart/spark/forgetting.py).
-#}
{% macro forget_rows(condition) %}{{ return(adapter.dispatch('forget_rows', 'tagmart')(condition)) }}{% endmacro %}

{% macro default__forget_rows(condition) %}{{ return('delete from ' ~ this ~ ' where ' ~ condition) }}{% endmacro %}

{% macro spark__forget_rows(condition) %}
    {% do ask_python('forget_rows', [this.render(), condition]) if execute %}
    {{ return('') }}
{% endmacro %}

{% macro spark__partition_cols(label, required=false) %}
    {% set is_history = config.get('materialized') == 'incremental' and 'as_of_date' in get_columns_in_query(model.compiled_code) %}
    {{ return(label ~ ' (as_of_date)' if is_history else '') }}
{% endmacro %}
