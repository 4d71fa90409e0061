{#-
  How next products keep their history. What is chosen at a date depends on what everybody had bought by then, so a date is
  kept or made again as a whole: score_products__dated gives it a fingerprint of all that, and each row carries it. A pre-hook
  forgets the dates whose fingerprint no longer holds, and the model appends the dates it lacks.
-#}

{#- Pre-hook: delete the dates that no longer hold or are no longer asked for. -#}
{% macro forget_stale_dates() %}
    {% set dated = ref('score_products__dated') %}
    {% if is_incremental() %}
        delete from {{ this }}
        where not exists (
            select 1
            from {{ dated }} as dated
            where dated.as_of_date = {{ this.identifier }}.as_of_date
                and dated.input_fingerprint = {{ this.identifier }}.input_fingerprint
        )
    {% endif %}
{% endmacro %}

{#- Body of a CTE: the dates that were not kept from an earlier run. -#}
{% macro lacking_dates() %}
    select
        as_of_date,
        input_fingerprint
    from {{ ref('score_products__dated') }}
    {%- if is_incremental() %}
    where as_of_date not in (select distinct as_of_date from {{ this }})
    {%- endif %}
{% endmacro %}
