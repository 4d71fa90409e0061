{#-
  The first thing that is wrong with a row by its contract, as 'reason' or 'reason:column'; null for a good row. `orphan_of`: SQL
  that is true when the row's parent is missing. Orders, touchpoints, consents and contact blocks have theirs written out.
-#}
{% macro row_verdict(table, orphan_of=none) %}
    {% set rules, horizon = raw_rules(table), ref('stg_event_horizon') %}
    {% set describes, event_at = rules.get('describes', []), rules.get('event_at') %}
    case
        {% for column in rules.key %}when {{ column }} is null and not {{ column }}__unreadable then 'missing_key:{{ column }}'
        {% endfor %}
        {% for column in rules.columns if column not in describes %}when {{ column }}__unreadable then 'unreadable_value:{{ column }}'
        {% endfor %}
        {% if 'quantity' in rules.columns %}when quantity * unit_price not between -100000000000 and 100000000000 then 'unreadable_value:quantity'
        {% endif %}
        {% for column in rules.get('needs', []) %}when {{ column }} is null then 'missing_value:{{ column }}'
        {% endfor %}
        {% for column, codes in rules.get('codes', {}).items() if codes.unknown == 'reject' -%}
        when not {{ is_one_of(column, known_codes(column, codes)) }} then 'unknown_code:{{ column }}'
        {% endfor %}
        {% if event_at %}when {{ event_at }} < timestamp '{{ var("earliest_date") }}' then 'implausible_date:{{ event_at }}'
        {% endif %}
        {% if rules.get('is_event') %}when event_date >= (select rejected_from_date from {{ horizon }}) then 'implausible_future:{{ event_at }}'
        {% endif %}
        {% for column in rules.get('not_negative', []) if column not in describes %}when {{ column }} < 0 then 'negative_amount:{{ column }}'
        {% endfor %}
        {% if orphan_of %}when {{ orphan_of }} then 'orphan'
        {% endif %}
    end
{% endmacro %}
