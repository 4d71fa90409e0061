{#-
  Pre-hook of customer_tags: a profile has no history, so when a customer's registration facts change,
  all rows of that customer are forgotten and computed again, as a full refresh would.
-#}
{% macro forget_changed_customers() %}
    {% set current_facts = ref('customer_tags__facts') %}
    {% if is_incremental() %}
        {% set facts = ['gender', 'age', 'age_band', 'province', 'city', 'city_tier', 'occupation', 'marital_status', 'member_level', 'source_channel', 'registered_date', 'followers_count'] %}
        {% set changed = [] %}
        {% for fact in facts %}{% do changed.append('kept.' ~ fact ~ ' is distinct from facts.' ~ fact) %}{% endfor %}
        delete from {{ this }}
        where customer_id in (
            select kept.customer_id
            from {{ this }} as kept
            left join {{ current_facts }} as facts
                on kept.customer_id = facts.customer_id and kept.as_of_date = facts.as_of_date
            where facts.customer_id is null or {{ changed | join(' or ') }}
        )
    {% endif %}
{% endmacro %}
