{#-
  Raw rows on their way to a verdict, a step a level: the raw cell (raw__c), its text scrubbed (scrubbed__c), clean
  (clean__c), the value that it reads as (typed__c), the value that is kept (c) and whether there is one that cannot be read
  (c__unreadable), the business date, the verdict.
-#}
{% macro judged_rows(rows, rules, raw, cells, verdict) %}
    {% set null_identifiers = ref('stg_null_identifiers') %}
    {% set nothing, kept, losses = [], [], ['null'] %}
    {% for column, type in rules.columns.items() %}
        {% if column in raw.columns %}
            {#- `in`, not a join: to DuckDB a CSV file has a few dozen rows, and it would build the join from the millions. -#}
            {% if column in person_identifiers() %}
                {% do nothing.append(', coalesce(lower(clean__' ~ column ~ ') in (select word from ' ~ null_identifiers ~ '), false) as nothing__' ~ column) %}
            {% endif %}
            {% do kept.append(kept_value(column, rules) ~ ' as ' ~ column ~ ', ' ~ is_unreadable(column, rules) ~ ' as ' ~ column ~ '__unreadable') %}
            {% do losses.extend(value_losses(column, rules, raw.columns[column].type, cells)) %}
        {% else %}
            {% do kept.append('cast(null as ' ~ contract_sql_type(type) ~ ') as ' ~ column ~ ', false as ' ~ column ~ '__unreadable') %}
        {% endif %}
    {% endfor %}
    {% if 'coupon_amount' in rules.columns %}{% do losses.extend(reduction_losses(rules, raw)) %}{% endif %}
    select *, {{ verdict }} as verdict
    from (
        select *, {{ event_date_of(rules) }} as event_date
        from (
            select *, {{ kept | join(', ') }}, nullif(concat_ws(chr(10), {{ losses | join(', ') }}), '') as value_losses
            from (
                select *{{ nothing | join('') }}
                from {{ typed_rows(rows, rules.columns, rules, raw, cells) }} as typed_rows
            ) as known
        ) as kept
    ) as dated
{% endmacro %}

{#- Identifiers of people: the ones in which filler, or the hash of nothing, would make one customer of strangers. -#}
{% macro person_identifiers() %}
    {{ return(['customer_id', 'unionid', 'openid', 'external_userid', 'phone_hash', 'device_id', 'referrer_customer_id']) }}
{% endmacro %}

{#- A date names its day itself: no time zone moves it. -#}
{% macro event_date_of(rules) %}
    {% if not rules.get('event_at') %}{{ return('cast(null as date)') }}{% endif %}
    {{ return(rules.event_at if rules.columns[rules.event_at] == 'date' else business_date(rules.event_at)) }}
{% endmacro %}

{% macro contract_sql_type(type) %}
    {% set others = {'text': dbt.type_string(), 'money': 'decimal(18, 4)', 'integer': 'bigint', 'number': 'double'} %}
    {{ return(others.get(type, type)) }}
{% endmacro %}
