{#-
  What is kept of a typed value. A row is rejected for what decides it (key, time, money, deciding codes); what only
  describes it (`describes` in the contract, codes whose unknown words become 'other') costs no more than the value.
-#}
{% macro kept_value(column, rules) %}
    {% set type, typed = rules.columns[column], 'typed__' ~ column %}
    {% set codes = rules.get('codes', {}).get(column) %}
    {% if column in person_identifiers() %}{{ return("case when not nothing__" ~ column ~ " then " ~ typed ~ " end") }}
    {% elif codes and codes.unknown == 'other' and type == 'text' %}
        {{ return("case when " ~ typed ~ " is null or " ~ is_one_of(typed, codes['values']) ~ " then " ~ typed ~ " else 'other' end") }}
    {% elif column in rules.get('describes', []) and type in ['money', 'integer', 'number'] %}
        {{ return("case when " ~ typed ~ between_limits(column, rules) ~ " then " ~ typed ~ " end") }}
    {% elif type == 'timestamp' and column != rules.get('event_at') and column not in rules.key %}
        {#- Second zero of the epoch, in any time zone, is what systems show for a time that is not set. -#}
        {{ return("case when " ~ typed ~ " < timestamp '1969-12-31 10:00:00' or " ~ typed ~ " > timestamp '1970-01-01 14:00:00' then " ~ typed ~ " end") }}
    {% endif %}
    {{ return(typed) }}
{% endmacro %}

{#-
  A number beyond a hundred thousand million is a misread one (a barcode in the price column): kept, a few of them would
  overflow the sums downstream and break the build.
-#}
{% macro between_limits(column, rules) %}
    {{ return(" between " ~ ('0' if column in rules.get('not_negative', []) else '-100000000000') ~ " and 100000000000") }}
{% endmacro %}

{#- A value is there and cannot be read. Free text and words for codes always can. -#}
{% macro is_unreadable(column, rules) %}
    {% set type = rules.columns[column] %}
    {% set unreadable = "typed__" ~ column ~ " is null and clean__" ~ column ~ " is not null" %}
    {% if type == 'text' and column not in rules.get('identifiers', []) %}{{ return('false') }}{% endif %}
    {% if type in ['money', 'integer'] and column not in rules.key %}
        {{ return("(" ~ unreadable ~ " or coalesce(typed__" ~ column ~ " not between -100000000000 and 100000000000, false))") }}
    {% endif %}
    {{ return("(" ~ unreadable ~ ")") }}
{% endmacro %}

{#- What a cell lost or had mended: SQL expressions of 'kind|column|raw value', each null for most rows. -#}
{% macro value_losses(column, rules, raw_type, cells) %}
    {% set kind, type, codes = cell_kind(column, rules), rules.columns[column], rules.get('codes', {}).get(column) %}
    {% set raw, clean, typed = 'raw__' ~ column, 'clean__' ~ column, 'typed__' ~ column %}
    {% set is_text, cases = raw_type in ['varchar', 'string', 'text'], [] %}
    {% set was_scrubbed = "when scrubbed__" ~ column ~ " is not null and " %}
    {% if is_text %}
        {% set said = "length(trim(" ~ raw ~ ")) > 0" ~ ((" and not " ~ matches(raw, '[-0:./ T]*')) if kind == 'time') %}
        {% do cases.append(was_scrubbed ~ clean ~ " is null then case when " ~ said ~ " then 'word_for_nothing' end") %}
    {% endif %}
    {% if column in person_identifiers() %}{% do cases.append("when nothing__" ~ column ~ " then 'word_for_nothing'") %}{% endif %}
    {% if column in rules.get('describes', []) and is_unreadable(column, rules) != 'false' %}
        {% do cases.append("when " ~ typed ~ " is null and " ~ clean ~ " is not null then 'unreadable_value'") %}
        {% if type in ['money', 'integer', 'number'] %}
            {% do cases.append("when " ~ typed ~ " not" ~ between_limits(column, rules) ~ " then 'out_of_range'") %}
        {% endif %}
    {% endif %}
    {% if codes and codes.unknown == 'other' and type == 'text' %}
        {% do cases.append("when not " ~ is_one_of(typed, codes['values'] + ['other']) ~ " then 'unknown_code'") %}
    {% endif %}
    {% if is_text and kind == 'number' and cells.synonyms.get(column) %}
        {% do cases.append("when " ~ typed ~ " is not null and not " ~ matches(clean, digits_of_a_number()) ~ " then 'code_synonym'") %}
    {% elif is_text and kind == 'code' %}
        {% do cases.append("when " ~ typed ~ " <> " ~ clean ~ " then 'code_synonym'") %}
    {% endif %}
    {% if is_text and kind in ['number', 'time'] %}
        {% do cases.append(was_scrubbed ~ raw ~ " <> " ~ clean ~ " then case when " ~ typed ~ " is not null then '" ~ kind ~ "_format' end") %}
    {% elif is_text %}
        {% do cases.append(was_scrubbed ~ raw ~ " <> " ~ clean ~ " then case when " ~ matches(raw, "(?s).*=\".*|[^0-9A-Za-z]*['`‘’].*")
            ~ " then 'excel_guard' when " ~ matches(raw, '[0-9]+[.]0+') ~ " then 'decimal_zero' when " ~ (kind != 'text')
            ~ " and " ~ matches(raw, '(?s).*[\\x{ff01}-\\x{ff5e}\\x{2212}].*') ~ " then 'full_width' else 'white_space' end") %}
    {% endif %}
    {% set said = "left(replace(cast(" ~ raw ~ " as " ~ dbt.type_string() ~ "), chr(10), ' '), 60)" %}
    {{ return(["case " ~ (cases | join(" ")) ~ " end || '|" ~ column ~ "|' || " ~ said] if cases else []) }}
{% endmacro %}

{#- Reductions above the goods' amount: what is above it was never paid (net amount in docs/definitions.md). -#}
{% macro reduction_losses(rules, raw) %}
    {% set reductions = ['discount_amount', 'coupon_amount'] | select('in', raw.columns) | list %}
    {% if not reductions %}{{ return([]) }}{% endif %}
    {% set taken = "coalesce(typed__" ~ (reductions | join(", 0) + coalesce(typed__")) ~ ", 0)" %}
    {{ return(["case when " ~ taken ~ " > typed__order_amount then 'reduction_above_goods|" ~ reductions[-1] ~ "|' || cast(" ~ taken ~ " as "
        ~ dbt.type_string() ~ ") || ' off ' || cast(typed__order_amount as " ~ dbt.type_string() ~ ") end"]) }}
{% endmacro %}
