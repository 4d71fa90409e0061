{#-
  The as-of dates whose rows data tests read in a large mart, as a list of literals: the newest one, and one before it, each day
  another, so that a row of the past is tested again within as many days as there are dates. none: all of them, since the mart
  is not large (var tested_in_full_rows) or everything is built anew (--full-refresh).
  Literals, since DuckDB reads the other dates too when they are looked up.
-#}
{% macro tested_dates(relation) %}
    {% if not execute or flags.WHICH not in ['build', 'test'] or flags.FULL_REFRESH %}{{ return(none) }}{% endif %}
    {% if run_query('select count(*) from ' ~ relation).rows[0][0] <= var('tested_in_full_rows') %}{{ return(none) }}{% endif %}
    {% set dates_model = graph.nodes['model.tagmart.int_as_of_dates'] %}
    {% set dates = run_query('select as_of_date from ' ~ dates_model.relation_name ~ ' order by as_of_date').columns[0].values() %}
    {% set another = dates[dates[-1].toordinal() % (dates | length)] %}
    {{ return("(date '" ~ ([dates[-1], another] | unique | join("', date '")) ~ "')") }}
{% endmacro %}

{#- dbt asks this for what a generic test reads. A condition that the test names itself (where) wins. -#}
{% macro default__get_where_subquery(relation) %}
    {% set condition = config.get('where', '') %}
    {% set tested = graph.nodes[model.attached_node] if execute and model.attached_node else none %}
    {% if not condition and tested and 'customer_id' in tested.columns and 'as_of_date' in tested.columns %}
        {% set dates = tested_dates(relation) %}
        {% set condition = ('as_of_date in ' ~ dates) if dates %}
    {% endif %}
    {{ return(('(select * from ' ~ relation ~ ' where ' ~ condition ~ ') as tested_rows') if condition else relation) }}
{% endmacro %}
