{#-
  The rows of a raw table, cleaned and typed by the contract, each with a verdict:
    event_date    business date of the table's event_at (null for tables without one)
    verdict       as given, and 'duplicate_key': null for a good row, else 'reason' or 'reason:column' (models/README.md)
    value_losses  what the row lost or had mended, a line each: 'kind|column|raw value'; null for most rows
    copies        how many identical raw rows this row stands for
    row_json      the raw row as JSON, for bad rows only
    raw_hash, judged_with   of tables staged by the day only: see staged_by_day
  Keys that occur once take the short way; only repeated keys are ranked, so that a table of many million rows is read and
  never sorted. An absent table yields no rows.
-#}
{% macro checked_rows(table, verdict) %}
    {% set rules, raw = raw_rules(table), raw_relation(table) %}
    {% set cells = cell_rules(table) if raw.from is not none or not execute else none %}
    {% set columns, names, by_day = rules.columns | join(', '), raw_names(rules, raw) | join(', '), rules.get('by_day') %}
    {% set raw_hash = 'raw_hash,' if by_day else '' %}
    {% if raw.from is none %}
select
    {{ columns }}, event_date, cast(verdict as {{ dbt.type_string() }}) as verdict, cast(value_losses as {{ dbt.type_string() }}) as value_losses,
    cast(0 as bigint) as copies, {% if by_day %}cast(0 as bigint) as raw_hash, cast(0 as bigint) as judged_with,{% endif %}
    cast(null as {{ dbt.type_string() }}) as row_json
from (
    {{ judged_rows('(select 1 as nothing)', rules, raw, cells, verdict) }}
) as judged
where false
    {% else %}
    {% set raw_from = 'raw_rows_to_stage' if is_incremental() and by_day else raw.from %}
    {% set rows, key_hash = typed_rows(raw_from, rules.key, rules, raw, cells), row_hash(typed_keys(rules, raw)) %}
    {% set raw_hash_of_row, json = row_hash(raw_names(rules, raw)) ~ ' as raw_hash,' if by_day else '', row_json(json_columns(rules, raw)) %}
with {% if raw_from == 'raw_rows_to_stage' %}changed_days as {{ changed_days(table, rules) }},

raw_rows_to_stage as (
    select {{ names }}
    from {{ typed_rows(raw.from, rules.key + [rules.event_at], rules, raw, cells) }} as raw_rows
    where
        {{ raw_date('typed__' ~ rules.event_at) }} in (select raw_date from changed_days)
        and {{ key_hash }} not in (
            select {{ row_hash(rules.key) }}
            from {{ this }}
            where {{ raw_date(rules.event_at) }} in (select raw_date from changed_days)
        )
),
{% endif %}

repeated_keys as (
    select {{ key_hash }} as key_hash
    from {{ rows }} as raw_rows
    group by 1
    having count(*) > 1
),

single_rows as (
    select {{ names }}, {{ raw_hash_of_row }} 1 as copies
    from {{ rows }} as raw_rows
    where {{ key_hash }} not in (select key_hash from repeated_keys)
),

repeated_rows as (
    select {{ names }}, {{ raw_hash_of_row }} count(*) as copies
    from {{ rows }} as raw_rows
    where {{ key_hash }} in (select key_hash from repeated_keys)
    group by {{ names }}
),

judged_single as (
    {{ judged_rows('single_rows', rules, raw, cells, verdict) }}
),

judged_repeated as (
    select *, {{ json }} as row_json
    from ({{ judged_rows('repeated_rows', rules, raw, cells, verdict) }}) as judged
),

ranked as (
    select
        *,
        row_number() over (
            partition by {{ rules.key | join(', ') }}
            order by
                case when verdict is null then 0 else 1 end,
                {% if rules.get('event_at') %}
                {% if var('as_of_date') %}case when event_date > cast('{{ var("as_of_date") }}' as date) then 1 else 0 end,{% endif %}
                {{ rules.event_at }} desc nulls last,
                {% endif %}
                length(row_json) desc,
                row_json nulls last
        ) as key_rank
    from judged_repeated
),

every_row as (
    select {{ columns }}, event_date, verdict, value_losses, copies, {{ raw_hash }} case when verdict is not null then {{ json }} end as row_json
    from judged_single
    union all
    select
        {{ columns }}, event_date, coalesce(verdict, case when key_rank > 1 then 'duplicate_key' end) as verdict, value_losses, copies, {{ raw_hash }}
        case when verdict is not null or key_rank > 1 then row_json end as row_json
    from ranked
)

select
    {{ columns }}, event_date,
    cast(verdict as {{ dbt.type_string() }}) as verdict,
    cast(case when verdict is null then value_losses end as {{ dbt.type_string() }}) as value_losses,
    cast(copies as bigint) as copies,
    {{ (raw_hash ~ judged_with(rules, cells) ~ ' as judged_with,') if by_day }}
    cast(row_json as {{ dbt.type_string() }}) as row_json
from every_row
    {% endif %}
{% endmacro %}

{#- JSON has no NaN and no infinity. -#}
{% macro json_columns(rules, raw) %}
    {% set json = {} %}
    {% for column in rules.columns if column in raw.columns %}
        {% set is_double = is_double_type(raw.columns[column].type) %}
        {% do json.update({column: ('cast(raw__' ~ column ~ ' as ' ~ dbt.type_string() ~ ')') if is_double else 'raw__' ~ column}) %}
    {% endfor %}
    {{ return(json) }}
{% endmacro %}
