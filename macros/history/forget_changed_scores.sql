{#-
  Pre-hook of a model whose rows also carry scores: a score of a closed date changes with everybody's data, one late order
  is enough, and the fingerprint of one customer does not see that. So rows whose scores are no longer these are forgotten.
-#}
{% macro forget_changed_scores(scores, columns) %}
    {% if is_incremental() %}
        {% set have_changed %}exists (
            select 1
            from {{ scores }} as scores
            where scores.customer_id = {{ this.identifier }}.customer_id
                and scores.as_of_date = {{ this.identifier }}.as_of_date
                and (
                    {% for column in columns -%}
                    scores.{{ column }} is distinct from {{ this.identifier }}.{{ column }}{{ ' or ' if not loop.last }}
                    {%- endfor %}
                )
        ){% endset %}
        {{ forget_rows(have_changed) }}
    {% endif %}
{% endmacro %}
