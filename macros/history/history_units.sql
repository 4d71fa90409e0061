{#-
  A unit is a month of one customer in a thousand, as a whole number: the piece in which events of customers are kept. A merged
  identity changes a few months of one unit each, a new day the last month of all of them. Nothing depends on who shares a unit.
-#}
{% macro history_unit(customer_id, date) -%}
    (cast(12 * extract(year from {{ date }}) + extract(month from {{ date }}) as bigint) * 1000 + {{ row_hash([customer_id]) }} % 1000)
{%- endmacro %}

{#-
  Pre-hook of a model by customer and day: deletes the units whose events are no longer those that the kept days were made from.
  Each row keeps the hashes of its events as one number (`hash_column`), so that both sides add up to the same number or differ.
-#}
{% macro forget_changed_units(events, date_column, hash_column) %}
    {% set delivered = ref(events) %}
    {% if is_incremental() %}
        {% set have_changed %}{{ history_unit('customer_id', date_column) }} in (
            select coalesce(delivered.unit, kept.unit)
            from (
                select {{ history_unit('customer_id', date_column) }} as unit, bit_xor({{ hash_column }}) as unit_hash
                from {{ delivered }}
                group by 1
            ) as delivered
            full outer join (
                select {{ history_unit('customer_id', date_column) }} as unit, bit_xor({{ hash_column }}) as unit_hash
                from {{ this }}
                group by 1
            ) as kept on delivered.unit = kept.unit
            where delivered.unit_hash is distinct from kept.unit_hash
        ){% endset %}
        {{ forget_rows(have_changed) }}
    {% endif %}
{% endmacro %}

{#- Condition: the unit of a row of `rows` is not kept from an earlier run. -#}
{% macro is_in_lacking_unit(rows, date_column) -%}
    {% if is_incremental() -%}
        {{ history_unit(rows ~ '.customer_id', rows ~ '.' ~ date_column) }} not in (
            select distinct {{ history_unit('kept.customer_id', 'kept.' ~ date_column) }} from {{ this }} as kept
        )
    {%- else -%}
        true
    {%- endif %}
{%- endmacro %}
