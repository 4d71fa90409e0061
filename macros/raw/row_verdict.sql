{#-
  The first thing that is wrong with a raw row, as 'reason' or 'reason:column'; null for a good row.
  A number beyond a hundred thousand million is a misread one (a barcode in the price column), and so is a
  line worth more: kept, a few of them would overflow the sums downstream and break the build.
-#}
{% macro row_verdict(rules, orphan_of) %}
    {% set limits = 'not between -100000000000 and 100000000000' %}
    case
        {% for column in rules.key %}when {{ column }} is null and not {{ unreadable(column, rules) }} then 'missing_key:{{ column }}'
        {% endfor %}
        {% for column, type in rules.columns.items() if type != 'text' %}when {{ column }}__unreadable then 'unreadable_value:{{ column }}'
        {% endfor %}
        {% for column, type in rules.columns.items() if type in ['money', 'integer'] and column not in rules.key %}when {{ column }} {{ limits }} then 'unreadable_value:{{ column }}'
        {% endfor %}
        {% if 'quantity' in rules.columns %}when quantity * unit_price {{ limits }} then 'unreadable_value:quantity'
        {% endif %}
        {% for column in rules.get('needs', []) %}when {{ column }} is null then 'missing_value:{{ column }}'
        {% endfor %}
        {% for column, codes in rules.get('codes', {}).items() if codes.unknown == 'reject' %}when {{ column }} not in ({{ code_list(column, codes) }}) then 'unknown_code:{{ column }}'
        {% endfor %}
        {% if rules.get('event_at') %}
        when {{ rules.event_at }} < timestamp '{{ var("earliest_date") }}' then 'implausible_date:{{ rules.event_at }}'
        {% endif %}
        {% if rules.get('is_event') %}
        when event_date >= (select rejected_from_date from horizon) then 'implausible_future:{{ rules.event_at }}'
        {% endif %}
        {% for column in rules.get('not_negative', []) %}when {{ column }} < 0 then 'negative_amount:{{ column }}'
        {% endfor %}
        {% if orphan_of %}when {{ orphan_of }} then 'orphan'
        {% endif %}
    end
{% endmacro %}

{% macro unreadable(column, rules) %}{{ return('false' if rules.columns[column] == 'text' else column ~ '__unreadable') }}{% endmacro %}

{% macro code_list(column, codes) %}
    {% if codes.get('seed') %}{{ return("select " ~ column ~ " from " ~ codes.seed ~ "_codes") }}{% endif %}
    {{ return("'" ~ (codes['values'] | join("', '")) ~ "'") }}
{% endmacro %}

{#- Code lists that stand in a seed, as CTEs. -#}
{% macro seed_codes(rules) %}
    {% for column, codes in rules.get('codes', {}).items() if codes.get('seed') %}
        {{ codes.seed }}_codes as (
            select {{ column }} from {{ ref(codes.seed) }}
        ),
    {% endfor %}
{% endmacro %}

{#- A descriptive code outside its list becomes 'other': the row still counts. -#}
{% macro known_code(column, rules) %}
    {% set codes = rules.get('codes', {}).get(column) %}
    {% if codes and codes.unknown == 'other' and rules.columns[column] == 'text' %}
        {{ return("case when " ~ column ~ " is null or " ~ column ~ " in ('" ~ (codes['values'] | join("', '")) ~ "') then " ~ column ~ " else 'other' end") }}
    {% endif %}
    {{ return(column) }}
{% endmacro %}
