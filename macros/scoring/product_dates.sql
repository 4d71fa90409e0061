{#-
  How next products keep their history. What is chosen at a date depends on what everybody had bought by then, so a date is
  made again as a whole: score_products__fingerprints gives it a fingerprint of all that, and each row carries it. A pre-hook
  forgets the dates whose fingerprint no longer holds, and the model appends the dates it lacks. How good the choices were
  depends on what was bought after them as well: scoring_next_product__fingerprints covers both.
  Only the dates of score_products__dates are chosen for, and what was said at a month-end while it was the newest date stays.
  A date without any row in the model is made again every time: a model for which that costs something has a row for each date.
-#}

{#- Pre-hook: delete the dates that no longer hold or are no longer asked for. -#}
{% macro forget_stale_dates(fingerprints='score_products__fingerprints', date_column='as_of_date') %}
    {% set fingerprinted = ref(fingerprints) %}
    {% if is_incremental() %}
        {% set are_stale %}not exists (
            select 1
            from {{ fingerprinted }} as fingerprints
            where fingerprints.{{ date_column }} = {{ this.identifier }}.{{ date_column }}
                and fingerprints.input_fingerprint = {{ this.identifier }}.input_fingerprint
        ){% endset %}
        {{ forget_rows(are_stale) }}
    {% endif %}
{% endmacro %}

{#- Body of a CTE: the dates that were not kept from an earlier run; with in_parts, of the buyers of the part (macros/history/parts.sql). -#}
{% macro lacking_dates(fingerprints='score_products__fingerprints', date_column='as_of_date', in_parts=false) %}
    select *
    from {{ ref(fingerprints) }}
    {%- if is_incremental() %}
    where {{ date_column }} not in (select distinct {{ date_column }} from {{ this }}{{ ' where ' ~ is_in_part(customer_bucket('buyer_number')) if in_parts }})
    {%- endif %}
{% endmacro %}
