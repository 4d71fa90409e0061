{#- The median of all values so far. Spark has no ordered window for median(), but for percentile(). -#}
{% macro running_median(value, partition_by, order_by) %}
    {% set median = by_engine("median(" ~ value ~ ")", spark="percentile(" ~ value ~ ", 0.5)") %}
    {{ return(median ~ " over (partition by " ~ partition_by ~ " order by " ~ order_by ~ " nulls last rows between unbounded preceding and current row)") }}
{% endmacro %}
