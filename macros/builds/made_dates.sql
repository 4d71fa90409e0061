{#-
  Makes a table again at some of its dates, in one transaction: rows of the others stay. Each date is a part of its own for a model
  that asks is_in_part (macros/history/parts.sql); for the others a filter on the result cuts it.
  none: all of it is to be made, since nothing is there yet, or every date has changed.
-#}
{% macro changed_dates(lines, known) %}
    {% set found = {'changed': [], 'gone': []} %}
    {% for date in lines | sort if known.get(date) != lines[date] %}{% do found.changed.append(date) %}{% endfor %}
    {% for date in known if date not in lines %}{% do found.gone.append(date) %}{% endfor %}
    {{ return(found if known and found.changed | length < lines | length else none) }}
{% endmacro %}

{% macro make_dates(lines, dates) %}
    {% if not dates.changed + dates.gone %}
        {% call noop_statement('main', 'KEPT', 'KEPT', 0) %}{% endcall %}
        {{ return({'relations': [this]}) }}
    {% endif %}
    {% set column = model.config.meta.kept_by_date %}
    {% set stale = "(date '" ~ ((dates.changed + dates.gone) | join("', date '")) ~ "')" %}
    {% call statement('main', auto_begin=True) %}
        delete from {{ this }} where {{ column }} in {{ stale }};
        {% for date in lines | sort if date in dates.changed -%}
            {% set before = lines | sort | select('lt', date) | list %}
            {{ set_part([before[-1] if before else none, date, 'date']) }};
            insert into {{ this }} by name (select * from ({{ compiled_code }}) as made where {{ column }} = date '{{ date }}');
        {% endfor -%}
        {{ 'reset variable part_after; reset variable part_to' }}
    {% endcall %}
    {{ adapter.commit() }}
    {{ return({'relations': [this]}) }}
{% endmacro %}
