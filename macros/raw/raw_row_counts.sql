{#-
  (table_name, rows_count, amount) counted in the raw input itself, independent of the checked tables.
  Every column that staging reads is read here too: a CSV line with bad bytes is only skipped when it is.
-#}
{% macro raw_row_counts() %}
    {% set parts = [] %}
    {% for table, rules in raw_contract().items() %}
        {% set declared_for_lineage = source('raw', table) %}
        {% set raw = raw_relation(table) if execute else {'from': none, 'columns': {}} %}
        {#- What cell_rules refers to must be known when the project is parsed. -#}
        {% set cells = cell_rules(table) if not execute or (raw.columns and money_columns(table)) else {} %}
        {% if raw.from is not none %}
            {% set money = [] %}
            {% for column in money_columns(table) %}{% do money.append('typed__' ~ column if column in raw.columns else 'null') %}{% endfor %}
            {% set rows = typed_rows(raw.from, money_columns(table), rules, raw, cells) if money else raw.from %}
            {% do parts.append("select '" ~ table ~ "' as table_name, count(" ~ row_hash(raw_column_names(rules, raw)) ~ ") as rows_count, "
                ~ (("sum(" ~ (money | join(' * ')) ~ ")") if money else "cast(null as decimal(38, 4))") ~ " as amount from " ~ rows ~ " as raw_rows") %}
        {% endif %}
    {% endfor %}
    {% do parts.append("select cast(null as " ~ dbt.type_string() ~ ") as table_name, cast(0 as bigint) as rows_count, cast(null as decimal(38, 4)) as amount where false") %}
    {{ return(parts | join('\n    union all\n    ')) }}
{% endmacro %}

{#- The columns whose product is the money of a row; none for tables without money. -#}
{% macro money_columns(table) %}
    {{ return({'orders': ['order_amount'], 'order_items': ['quantity', 'unit_price'], 'refunds': ['refund_amount'], 'costs': ['amount'], 'campaigns': ['cost_amount']}.get(table, [])) }}
{% endmacro %}

{% macro money_of(table, condition, weight='1') %}
    {% set money = money_columns(table) %}
    {{ return("coalesce(sum(" ~ (money | join(' * ')) ~ " * (" ~ weight ~ ")) filter (where " ~ condition ~ "), 0)" if money else "cast(0 as decimal(38, 4))") }}
{% endmacro %}
