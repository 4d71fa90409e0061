{#- The log odds of a fit (a relation with a row of fit_churn) for features (of score_churn__features): TERMS of tagmart/scoring/churn.py. -#}
{% macro churn_log_odds(fit, features, silence_logit) %}
    {% set sum = [fit ~ '.intercept', fit ~ '.silence_logit * ' ~ features ~ '.' ~ silence_logit] %}
    {% for term in ['recency', 'frequency', 'age', 'overdue', 'one_time', 'active_days_7d', 'active_days_15d'] %}
        {% do sum.append(fit ~ '.' ~ term ~ ' * ' ~ features ~ '.' ~ term) %}
    {% endfor %}
    {{ return(sum | join(' + ')) }}
{% endmacro %}
