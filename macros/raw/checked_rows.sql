{#-
  The rows of a raw table, typed by the contract, each with a verdict:
    event_date  business date of the table's event_at (null for tables without one)
    verdict     null for a good row, else 'reason' or 'reason:column' (see models/README.md)
    copies      how many identical raw rows this row stands for
    row_json    the raw row as JSON, for bad rows only
    raw_hash, judged_with   of tables staged by the day only: see staged_by_day
  Keys that occur once take the short way; only repeated keys are ranked, so that a table of many
  million rows is read and never sorted. An absent table yields no rows.
  `orphan_of`: SQL that is true when the row's parent is missing.
-#}
{% macro checked_rows(table, orphan_of=none) %}
    {% set rules = raw_contract()[table] %}
    {% set columns = rules.columns.keys() | join(', ') %}
    {% set declared_for_lineage = source('raw', table) %}
    {% set event_horizon = ref('stg_event_horizon') %}
    {% set days_for_lineage = ref('stg_raw_days') if rules.get('by_day') %}
    {% set code_seeds = seed_codes(rules) %}
    {% set raw = raw_relation(table) if execute else {'from': none, 'columns': {}} %}
    {% if raw.from is none %}
        {{ return(no_rows(rules)) }}
    {% endif %}
    {% set typed, json = {}, {} %}
    {% for column, type in rules.columns.items() if column in raw.columns %}
        {% set raw_column = 'raw_rows.' ~ raw.columns[column].name %}
        {% do typed.update({column: typed_value(raw_column, type, raw.columns[column].type)}) %}
        {#- JSON has no NaN and no infinity. -#}
        {% do json.update({column: ('cast(raw__' ~ column ~ ' as ' ~ dbt.type_string() ~ ')') if raw.columns[column].type in ['double', 'float', 'real'] else 'raw__' ~ column}) %}
    {% endfor %}
    {% set key_hash = row_hash(raw_keys(rules, raw)) %}
    {% set raw_hash = 'raw_hash,' if rules.get('by_day') else '' %}
    {% set raw_hash_of_row = (row_hash(raw_column_names(rules, raw)) ~ ' as raw_hash,') if rules.get('by_day') else '' %}
    {% set raw_from = 'raw_rows_to_stage' if is_incremental() and rules.get('by_day') else raw.from %}
with {{ raw_rows_to_stage(table, rules, raw) if raw_from == 'raw_rows_to_stage' }}

repeated_keys as (
    select {{ key_hash }} as key_hash
    from {{ raw_from }} as raw_rows
    group by 1
    having count(*) > 1
),

horizon as (
    select rejected_from_date from {{ event_horizon }}
),

{{ code_seeds }}
single_rows as (
    select {{ typed_columns(rules, raw, typed) }} {{ raw_hash_of_row }} 1 as copies
    from {{ raw_from }} as raw_rows
    where {{ key_hash }} not in (select key_hash from repeated_keys)
),

repeated_rows as (
    select {{ typed_columns(rules, raw, typed) }} {{ raw_hash_of_row }} count(*) as copies
    from {{ raw_from }} as raw_rows
    where {{ key_hash }} in (select key_hash from repeated_keys)
    group by {{ raw_column_names(rules, raw) | join(', ') }}
),

judged_single as (
    select *, {{ row_verdict(rules, orphan_of) }} as verdict
    from (select *, {{ event_date_of(rules) }} as event_date from single_rows) as dated
),

judged_repeated as (
    select *, {{ row_verdict(rules, orphan_of) }} as verdict, {{ row_json(json) }} as row_json
    from (select *, {{ event_date_of(rules) }} as event_date from repeated_rows) as dated
),

ranked as (
    select
        *,
        row_number() over (
            partition by {{ rules.key | join(', ') }}
            order by
                case when verdict is null then 0 else 1 end,
                {% if rules.get('event_at') and var('as_of_date') %}case when event_date > cast('{{ var("as_of_date") }}' as date) then 1 else 0 end,{% endif %}
                {% if rules.get('event_at') %}{{ rules.event_at }} desc nulls last,{% endif %}
                length(row_json) desc,
                row_json
        ) as key_rank
    from judged_repeated
),

every_row as (
    select {{ columns }}, event_date, verdict, copies, {{ raw_hash }} case when verdict is not null then {{ row_json(json) }} end as row_json
    from judged_single
    union all
    select
        {{ columns }},
        event_date,
        coalesce(verdict, case when key_rank > 1 then 'duplicate_key' end) as verdict,
        copies,
        {{ raw_hash }}
        case when verdict is not null or key_rank > 1 then row_json end as row_json
    from ranked
)

select
    {% for column in rules.columns %}{{ known_code(column, rules) }} as {{ column }},
    {% endfor -%}
    event_date,
    cast(verdict as {{ dbt.type_string() }}) as verdict,
    cast(copies as bigint) as copies,
    {% if rules.get('by_day') %}
    raw_hash,
    {{ judged_with(rules) }} as judged_with,
    {% endif %}
    cast(row_json as {{ dbt.type_string() }}) as row_json
from every_row
{% endmacro %}

{% macro no_rows(rules) %}
select
    {% for column, type in rules.columns.items() %}cast(null as {{ contract_sql_type(type) }}) as {{ column }},
    {% endfor -%}
    cast(null as date) as event_date,
    cast(null as {{ dbt.type_string() }}) as verdict,
    cast(null as bigint) as copies,
    {% if rules.get('by_day') %}
    cast(null as bigint) as raw_hash,
    cast(null as bigint) as judged_with,
    {% endif %}
    cast(null as {{ dbt.type_string() }}) as row_json
where false
{% endmacro %}

{#- The select list of the typed columns: the value, the raw value, and whether a value is there but unreadable. -#}
{% macro typed_columns(rules, raw, typed) %}
    {% for column, type in rules.columns.items() %}
        {% if column not in typed %}
        cast(null as {{ contract_sql_type(type) }}) as {{ column }},{% if type != 'text' %} false as {{ column }}__unreadable,{% endif %}
        {% else %}
        {% set raw_column = 'raw_rows.' ~ raw.columns[column].name %}
        {{ raw_column }} as raw__{{ column }},
        {{ typed[column] }} as {{ column }},
        {% if type != 'text' %}
        {{ typed[column] }} is null and nullif(trim(cast({{ raw_column }} as {{ dbt.type_string() }})), '') is not null as {{ column }}__unreadable,
        {% endif %}
        {% endif %}
    {% endfor %}
{% endmacro %}

{% macro event_date_of(rules) %}
    {{ return(business_date(rules.event_at) if rules.get('event_at') else 'cast(null as date)') }}
{% endmacro %}

{% macro contract_sql_type(type) %}
    {{ return({'text': dbt.type_string(), 'timestamp': 'timestamp', 'date': 'date', 'money': 'decimal(18, 4)', 'integer': 'bigint', 'number': 'double'}[type]) }}
{% endmacro %}
