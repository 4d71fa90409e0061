{#-
  A score from 5 (best) to 1, by var rfm_method.
    threshold  four cuts; `better` says whether a small ('<=') or a large ('>=') value is good
    quantile   the rank of the value among the distinct values of `group_by`, worst first: equal values
               share a rank and are never split, and no tie needs breaking
  The two dense ranks of a value, from either end, add up to the number of distinct values plus one.
-#}
{% macro rfm_score(value, better, cuts, group_by) -%}
    {%- if var('rfm_method') == 'threshold' -%}
    case {% for cut in cuts %}when {{ value }} {{ better }} {{ cut }} then {{ 5 - loop.index0 }} {% endfor %}else 1 end
    {%- else -%}
    {%- set worst_first = 'desc' if better == '<=' else 'asc' -%}
    {%- set best_first = 'asc' if better == '<=' else 'desc' -%}
    {%- set rank = 'dense_rank() over (partition by ' ~ group_by ~ ' order by ' ~ value ~ ' ' ~ worst_first ~ ')' -%}
    {%- set rank_from_best = 'dense_rank() over (partition by ' ~ group_by ~ ' order by ' ~ value ~ ' ' ~ best_first ~ ')' -%}
    cast(floor(5 * cast({{ rank }} - 1 as double) / ({{ rank }} + {{ rank_from_best }} - 1)) as integer) + 1
    {%- endif -%}
{%- endmacro %}

{#- Is a buyer's score above the baseline? The mean is compared as score * buyers > sum of scores: exact in integers. -#}
{% macro is_high(score) -%}
    {%- set comparison = '>=' if var('rfm_high_includes_baseline') else '>' -%}
    {%- if var('rfm_baseline') == 'mean' -%}
    {{ score }} * count(*) over buyers_of_date {{ comparison }} sum({{ score }}) over buyers_of_date
    {%- else -%}
    {{ score }} {{ comparison }} {{ var('rfm_baseline') }}
    {%- endif -%}
{%- endmacro %}

{#- What the scores and the comparisons are made with, for `inputs` of the schemes that read them. -#}
{% macro rfm_inputs() %}
    {% set cuts = 'days of recency up to ' ~ var('rfm_recency_days') | join(', ') ~ '; orders from ' ~ var('rfm_frequency_orders') | join(', ')
        ~ '; net amount from ' ~ var('rfm_monetary_amounts') | join(', ') %}
    {% set scores = cuts if var('rfm_method') == 'threshold' else 'quantile of the distinct values' %}
    {% set baseline = "the buyers' mean" if var('rfm_baseline') == 'mean' else var('rfm_baseline') %}
    {% set high = ('from ' if var('rfm_high_includes_baseline') else 'above ') ~ baseline %}
    {{ return('orders and net amount of ' ~ var('rfm_window_days') ~ ' days; scores 5 to 1 by ' ~ scores ~ '; high is a score ' ~ high) }}
{% endmacro %}
