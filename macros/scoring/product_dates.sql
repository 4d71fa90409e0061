{#-
  How next products keep their history. What is chosen at a date depends on what everybody had bought by then, so a date is
  kept or made again as a whole: score_products__dated gives it a fingerprint of all that, and each row carries it. A pre-hook
  forgets the dates whose fingerprint no longer holds, and the model appends the dates it lacks. How good the choices were
  depends on what was bought after them as well: score_products__evaluated has a fingerprint of both.
  A model that keeps dates so has at least one row for each: else a date would be made again every time.
-#}

{#- Pre-hook: delete the dates that no longer hold or are no longer asked for. -#}
{% macro forget_stale_dates(dates='score_products__dated', date_column='as_of_date') %}
    {% set dated = ref(dates) %}
    {% if is_incremental() %}
        delete from {{ this }}
        where not exists (
            select 1
            from {{ dated }} as dated
            where dated.{{ date_column }} = {{ this.identifier }}.{{ date_column }}
                and dated.input_fingerprint = {{ this.identifier }}.input_fingerprint
        )
    {% endif %}
{% endmacro %}

{#- Body of a CTE: the dates that were not kept from an earlier run. -#}
{% macro lacking_dates(dates='score_products__dated', date_column='as_of_date') %}
    select *
    from {{ ref(dates) }}
    {%- if is_incremental() %}
    where {{ date_column }} not in (select distinct {{ date_column }} from {{ this }})
    {%- endif %}
{% endmacro %}

{#- CTE `spans`: a hash of all purchases that count from one day and until another, for the fingerprints of dates. -#}
{% macro purchase_spans() %}
spans as (
    select
        ordered_date,
        undone_date,
        {{ hash_sum(['customer_id', 'sku_id', 'ordered_date']) }} as purchases_hash
    from {{ ref('score_products__purchased') }}
    group by ordered_date, undone_date
)
{% endmacro %}
