{#-
  P(alive) of the BTYD models = 1 / (1 + odds of having dropped out). `outlook` is a relation with the row of fit_btyd__outlook
  for their x and T, `fit` one with the row of fit_btyd; x and t_x are the columns' names in the literature: repeat days, days
  from the first to the last purchase. The same as tagmart/scoring/expectation.py, to 1e-12; a test compares them.
  exp() of more than 700 would be infinite. Without a fit null.
-#}
{% macro btyd_p_alive(fit, outlook, x, t_x) -%}
    case
        when {{ outlook }}.log_exposure is null then null
        when {{ outlook }}.drop_out_log_odds is null then 1
        else 1 / (1 + exp(least(
            {{ outlook }}.drop_out_log_odds
            + ({{ fit }}.r + {{ x }}) * ({{ outlook }}.log_exposure - ln({{ fit }}.alpha + {{ t_x }})), 700
        )))
    end
{%- endmacro %}
