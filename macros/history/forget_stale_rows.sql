{#-
  Pre-hook of a model by customer and as-of date that is computed once: deletes the rows that no longer hold or are no
  longer asked for. int_customers__spine gives each customer and as-of date a fingerprint of all that happened to them up
  to then, and each row keeps the one it was computed from. A late event, a merged identity or a new current date changes it.
  The model then appends the rows it lacks (open_history), so a build that is killed between the two leaves rows missing
  and the next one fills them. Whether a row exists, and what it says, may depend only on what the fingerprint covers.
-#}
{% macro forget_stale_rows() %}
    {% set spine = ref('int_customers__spine') %}
    {% if is_incremental() %}
        {% set are_stale %}not exists (
            select 1
            from {{ spine }} as spine
            where spine.customer_id = {{ this.identifier }}.customer_id
                and spine.as_of_date = {{ this.identifier }}.as_of_date
                and spine.input_fingerprint = {{ this.identifier }}.input_fingerprint
        ){% endset %}
        {{ forget_rows(are_stale) }}
    {% endif %}
{% endmacro %}
