{#-
  Raw rows on their way to a verdict, a step a level: the raw cell (raw__c), its text scrubbed (scrubbed__c), clean
  (clean__c), the value that it reads as (typed__c), the value that is kept (c), the business date, the verdict.
-#}
{% macro judged_rows(rows, rules, raw, cells, null_identifiers, orphan_of) %}
    {% set scrubbed, clean, typed, kept, losses = [], [], [], [], [] %}
    {% for column, type in rules.columns.items() %}
        {% if column in raw.columns %}
            {% set raw_type = raw.columns[column].type %}
            {% set steps = cell_steps('raw__' ~ column, column, rules, raw_type, cells) %}
            {% do scrubbed.append(steps.scrubbed) %}{% do clean.append(steps.clean) %}{% do typed.append(steps.typed) %}
            {% do kept.append(kept_value(column, rules) ~ ' as ' ~ column) %}
            {% if column not in rules.get('describes', []) %}{% do kept.append(is_unreadable(column, rules) ~ ' as ' ~ column ~ '__unreadable') %}{% endif %}
            {% do losses.extend(value_losses(column, rules, raw_type, cells)) %}
        {% else %}
            {% do kept.append('cast(null as ' ~ contract_sql_type(type) ~ ') as ' ~ column) %}
        {% endif %}
    {% endfor %}
    {% if 'coupon_amount' in rules.columns %}{% do losses.extend(reduction_losses(rules, raw)) %}{% endif %}
    select *, {{ row_verdict(rules, raw, orphan_of) }} as verdict
    from (
        select *, {{ event_date_of(rules) }} as event_date
        from (
            select *, {{ kept | join(', ') }}, nullif(concat_ws(chr(10), {{ losses | join(', ') }}), '') as value_losses
            from (
                select cleaned.*, {{ typed | join(', ') }}
                    {#- `in`, not a join: to DuckDB a CSV file has a few dozen rows, and it would build the join from the millions. -#}
                    {%- for column in person_identifiers() if column in raw.columns and column in rules.columns %},
                    coalesce(lower(cleaned.clean__{{ column }}) in (select word from {{ null_identifiers }}), false) as nothing__{{ column }}{% endfor %}
                from (
                    select *, {{ clean | join(', ') }}
                    from (
                        select *, {{ scrubbed | join(', ') }}
                        from {{ rows }}
                    ) as scrubbed
                ) as cleaned
            ) as typed
        ) as kept
    ) as dated
{% endmacro %}

{#- Identifiers of people: the ones in which filler, or the hash of nothing, would make one customer of strangers. -#}
{% macro person_identifiers() %}
    {{ return(['customer_id', 'unionid', 'openid', 'external_userid', 'phone_hash', 'device_id', 'referrer_customer_id']) }}
{% endmacro %}

{% macro raw_columns(rules, raw) %}
    {% for column in rules.columns if column in raw.columns %}raw_rows.{{ raw.columns[column].name }} as raw__{{ column }}, {% endfor %}
{% endmacro %}

{#- JSON has no NaN and no infinity. -#}
{% macro json_columns(rules, raw) %}
    {% set json = {} %}
    {% for column in rules.columns if column in raw.columns %}
        {% do json.update({column: ('cast(raw__' ~ column ~ ' as ' ~ dbt.type_string() ~ ')') if is_double_type(raw.columns[column].type) else 'raw__' ~ column}) %}
    {% endfor %}
    {{ return(json) }}
{% endmacro %}

{#- A date names its day itself: no time zone moves it. -#}
{% macro event_date_of(rules) %}
    {% if not rules.get('event_at') %}{{ return('cast(null as date)') }}{% endif %}
    {{ return(rules.event_at if rules.columns[rules.event_at] == 'date' else business_date(rules.event_at)) }}
{% endmacro %}

{% macro contract_sql_type(type) %}
    {{ return({'text': dbt.type_string(), 'timestamp': 'timestamp', 'date': 'date', 'money': 'decimal(18, 4)', 'integer': 'bigint', 'number': 'double'}[type]) }}
{% endmacro %}
