{#- The median of all values so far. Spark has no ordered window for median(), but for percentile(). -#}
{% macro running_median(value, partition_by, order_by) %}
    {{ return(adapter.dispatch('running_median')(value, partition_by, order_by)) }}
{% endmacro %}

{% macro default__running_median(value, partition_by, order_by) %}
    {{ return("median(" ~ value ~ ") over (partition by " ~ partition_by ~ " order by " ~ order_by ~ " rows between unbounded preceding and current row)") }}
{% endmacro %}

{% macro spark__running_median(value, partition_by, order_by) %}
    {{ return("percentile(" ~ value ~ ", 0.5) over (partition by " ~ partition_by ~ " order by " ~ order_by ~ " rows between unbounded preceding and current row)") }}
{% endmacro %}
